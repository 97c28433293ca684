# shellcheck shell=bash
# What the cleanup script's cells share; source it after lib.sh. The script comes from the host:
# the bundle goes out by the board, dmanalyze runs there, its script comes back the same way.
BLOCK=4096 BUNDLE_AT=256 SCRIPT_AT=16384
passed=0 failed=0 plans=0

# /etc/pve is a file system of its own on a node, and a plain folder when pmxcfs is down
mount_pve() { mkdir -p /etc/pve; mountpoint -q /etc/pve || mount -t tmpfs tmpfs /etc/pve; }

board_read() { dd if="$LAB_BOARD" bs=$BLOCK skip="$1" count="$2" iflag=direct status=none; }
board_write() { dd of="$LAB_BOARD" bs=$BLOCK seek="$1" conv=notrunc,fsync,sync status=none; }
plan() { # NAME: records a bundle and leaves the script in /root/NAME.sh
	local reply bytes
	record "$1"
	plans=$((plans + 1))
	board_write $BUNDLE_AT <"$LAB_OUT/$1.tar.zst"
	printf '%s %s %s\n' $plans "$(stat -c %s "$LAB_OUT/$1.tar.zst")" "$1" | board_write 16
	for _ in $(seq 240); do
		reply=$(board_read 17 1 | tr -d '\0')
		[ "${reply%% *}" != $plans ] || break
		sleep 0.25
	done
	bytes=${reply#* }
	if [ "${reply%% *}" != $plans ] || [ "$bytes" -le 0 ]; then
		echo "no script came for $1: $reply"
		return 1
	fi
	board_read $SCRIPT_AT $((bytes / BLOCK + 1)) | head -c "$bytes" >/root/"$1.sh"
	cp /root/"$1.sh" "$LAB_OUT/"
}

# the kernel's truth: NAME|UUID and table of every mapping
truth() {
	{
		dmsetup info -c --noheadings --separator '|' -o mangled_name,mangled_uuid
		dmsetup table | sed 's/ *$//'
	} | LC_ALL=C sort
}
has() { dmsetup info "$1" >/dev/null 2>&1; }

ok() { passed=$((passed + 1)); echo "ok      $*"; }
bad() { failed=$((failed + 1)); echo "FAILED  $*"; }
cell() { # WORDS COMMAND...: holds when the command succeeds
	local words=$1
	shift
	if "$@"; then ok "$words"; else bad "$words"; fi
}
status_of() { # STATUS COMMAND...: holds when it ends so; its words are in /root/said
	local expected=$1 status=0
	shift
	"$@" >/root/said 2>&1 </dev/null || status=$?
	[ $status = "$expected" ] || { echo "status $status, not $expected:"; cat /root/said; return 1; }
}
said() { grep -q -- "$1" /root/said || { echo "it did not say: $1"; cat /root/said; return 1; }; }
# every mapping of BEFORE is in AFTER as it was, but for those whose name matches
kept_but() { # BEFORE AFTER PATTERN
	local lost
	lost=$(LC_ALL=C comm -23 "$1" "$2" | grep -v -E "$3")
	[ -z "$lost" ] || { echo "lost or changed: $lost"; return 1; }
}
# what a volume holds, by its first MiB
stamp() { printf 'volume %s' "$1" | dd of=/dev/"$1" bs=512 seek=8 conv=notrunc,fsync status=none; }
stamped() { [ "$(dd if=/dev/"$1" bs=512 skip=8 count=1 iflag=direct status=none | tr -d '\0')" = "volume $1" ]; }

summary() { echo "cells: $passed held, $failed failed"; [ $failed = 0 ]; }

# How long the script holds guests' locks: a flock that writes it down, to be put first in PATH.
time_locks() { # FILE that gets a line "MILLISECONDS LOCKFILE" a lock
	mkdir -p /root/timed
	: >"$1"
	cat >/root/timed/flock <<END
#!/bin/bash
/usr/bin/flock "\$@" || exit
[ "\$*" = '-n 9' ] || exit 0
start=\$EPOCHREALTIME file=\$(readlink /proc/\$\$/fd/9)
(
	# waits for the lock to come free
	exec 9>&-
	/usr/bin/flock "\$file" true
	end=\$EPOCHREALTIME
	echo "\$(((\${end/./} - \${start/./}) / 1000)) \$file" >>$1
) >/dev/null 2>&1 </dev/null 3<&- 4<&- 5<&- 6<&- 8>&- &
END
	chmod +x /root/timed/flock
}
held() { # FILE: says for how long locks were held; the middle is left in $held_ms
	sleep 0.3
	held_ms=$(sort -n "$1" | awk '{ ms[NR] = $1 } END { print ms[int((NR + 1) / 2)] }')
	echo "guest locks: $(wc -l <"$1") held, $held_ms ms in the middle, $(sort -n "$1" | awk 'END { print $1 }') ms at most"
}
