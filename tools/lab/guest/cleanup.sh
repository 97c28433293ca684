# shellcheck shell=bash
# What the cleanup script's cells share; source it after lib.sh. The script comes from the host:
# the bundle goes out by the board, dmanalyze runs there, its script comes back the same way.
BLOCK=4096
case $LAB_NODE in pve1) SLOT=0 ;; *) SLOT=1 ;; esac
passed=0 failed=0 requests=0

# /etc/pve is a file system of its own on a node, and a plain folder when pmxcfs is down
mount_pve() { mkdir -p /etc/pve; mountpoint -q /etc/pve || mount -t tmpfs tmpfs /etc/pve; }

board_read() { dd if="$LAB_BOARD" bs=$BLOCK skip="$1" count="$2" iflag=direct status=none; }
board_write() { dd of="$LAB_BOARD" bs=$BLOCK seek="$1" conv=notrunc,fsync,sync status=none; }
ask_host() { # FILE WORDS...: sends the file; the answer is in /root/reply, false without one
	local reply bytes
	requests=$((requests + 1))
	board_write $((SLOT * 32768 + 256)) <"$1"
	printf '%s %s %s\n' $requests "$(stat -c %s "$1")" "${*:2}" | board_write $((16 + SLOT * 2))
	for _ in $(seq 240); do
		reply=$(board_read $((17 + SLOT * 2)) 1 | tr -d '\0')
		[ "${reply%% *}" != $requests ] || break
		sleep 0.25
	done
	read -r _ bytes host_status <<<"$reply"
	if [ "${reply%% *}" != $requests ] || [ "$bytes" -le 0 ]; then
		echo "no answer came to ${*:2}: $reply"
		return 1
	fi
	board_read $((SLOT * 32768 + 16384)) $((bytes / BLOCK + 1)) | head -c "$bytes" >/root/reply
}
plan() { # NAME: records a bundle and leaves the script in /root/NAME.sh
	record "$1"
	ask_host "$LAB_OUT/$1.tar.zst" script "$1" || return 1
	cp /root/reply /root/"$1.sh"
	cp /root/"$1.sh" "$LAB_OUT/"
}
# what the host's dmanalyze says of two bundles and the log is in /root/said; holds when it ends so
difference() { # STATUS OLD NEW
	ask_host "$LAB_OUT/$3.tar.zst" keep "$3" || return 1
	ask_host /var/log/dmtools-cleanup.log diff "$3" "$2" || return 1
	cp /root/reply /root/said
	cp /root/reply "$LAB_OUT/$3.diff"
	[ "$host_status" = "$1" ] || { echo "status $host_status, not $1:"; cat /root/said; return 1; }
}
# the mappings of a script's second phase
phase2() { sed -n "s/^ *step '[0-9]*|2||[^|]*|[^|]*|\([^|]*\)|.*/\1/p" "$1"; } # SCRIPT

# the kernel's truth: NAME|UUID and table of every mapping
truth() {
	{
		dmsetup info -c --noheadings --separator '|' -o mangled_name,mangled_uuid
		dmsetup table | sed 's/ *$//'
	} | LC_ALL=C sort
}
has() { dmsetup info "$1" >/dev/null 2>&1; }

figure() { echo "figure  $*"; }
ok() { passed=$((passed + 1)); echo "ok      $*"; }
bad() { failed=$((failed + 1)); echo "FAILED  $*"; }
cell() { # WORDS COMMAND...: holds when the command succeeds
	local words=$1
	shift
	if "$@"; then ok "$words"; else bad "$words"; fi
}
not() { ! "$@"; }
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
stamped() { stamped_at /dev/"$1" "$1"; }
stamped_at() { [ "$(dd if="$1" bs=512 skip=8 count=1 iflag=direct status=none | tr -d '\0')" = "volume $2" ]; } # DEVICE VOLUME

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
	figure "guest locks: $(wc -l <"$1") held, $held_ms ms in the middle, $(sort -n "$1" | awk 'END { print $1 }') ms at most"
}
