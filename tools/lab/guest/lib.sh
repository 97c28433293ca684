# shellcheck shell=bash
# Helpers for lab scenarios; source it: . /lab/guest/lib.sh
# The pve_* functions run the commands of Proxmox's pve-storage
# (LVMPlugin.pm / LvmThinPlugin.pm), same options, same order.
set -u
export LVM_SUPPRESS_FD_WARNINGS=1 PERL_BADLANG=0
say() { printf '\n### %s\n' "$*"; }
# run and show: command, output, exit status
run() { printf '$ %s\n' "$*"; "$@" 2>&1; local rc=$?; printf '[rc=%s]\n' $rc; return $rc; }
settle() { udevadm settle -t 20; }
udevd() { /usr/lib/systemd/systemd-udevd "$@"; }
# volumes made just now look like work in progress: move the clock on
later() { date -s "@$(($(date +%s) + $1 * 3600))" >/dev/null; } # HOURS

# --- storage as PVE makes it --------------------------------------------------
pve_mkvg() { # VG DEVICE             (lvm_create_volume_group)
	printf '%512s' '' | tr ' ' 0 | dd of="$2" bs=512 count=1 conv=notrunc status=none
	pvcreate -q --metadatasize 250k "$2" && vgcreate -q "$1" "$2"
}
pve_thinpool() { # VG POOL SIZE      (as the installer: lvcreate + lvconvert)
	lvcreate -q -y -Wy -L "$3" -n "$2" "$1" && lvconvert -q -y --type thin-pool "$1/$2"
}
pve_alloc() { # VG NAME KIB          (LVMPlugin: lvcreate)
	local id; id=$(echo "$2" | sed -n 's/^[a-z]*-\([0-9]*\)-.*/\1/p')
	lvcreate -aly -Wy --yes --size "${3}k" --name "$2" --setautoactivation n --addtag "pve-vm-$id" "$1"
}
pve_activate() { lvchange -aey "$1" && lvchange --refresh "$1"; } # VG/LV (activate_volume)
pve_deactivate() { lvchange -aln "$1"; }
pve_free() { lvremove -f "$1"; }
pve_alloc_thin() { # VG POOL NAME KIB (LvmThinPlugin: alloc_image)
	lvcreate -aly -V "${4}k" --name "$3" --thinpool "$1/$2" && lvchange --setautoactivation n "$1/$3"
}
pve_activate_thin() { lvchange -ay -K "$1"; }
pve_snapshot() { lvcreate -n "snap_${2}_$3" -pr -s "$1/$2"; }            # VG LV SNAP
pve_clone() { lvcreate -n "$3" -prw -kn -s "$1/$2" && lvchange --setautoactivation n "$1/$3"; } # VG BASE NEW
pve_base() { # VG vm-N-disk-M        (create_base)
	local new=base-${2#vm-}
	lvrename "$1" "$2" "$new" && lvchange -pr -ky "$1/$new" && lvchange -an "$1/$new"
}
# what another node does to a shared VG: metadata only, this kernel is not touched
# (lvcreate/lvrename need -an -Wn -Zn; see other_node_alloc)
other_node() { local c=$1; shift; "$c" --driverloaded n "$@" 2> >(grep -v 'Activation disabled' >&2); }
other_node_alloc() { # VG NAME KIB
	other_node lvcreate -an -Wn -Zn --yes --size "${3}k" --name "$2" --setautoactivation n \
		--addtag "pve-vm-$(echo "$2" | sed -n 's/^[a-z]*-\([0-9]*\)-.*/\1/p')" "$1"
}

# --- guests -------------------------------------------------------------------
_node_dirs() {
	local n
	for n in "$LAB_NODE" "$@"; do mkdir -p /etc/pve/nodes/"$n"/{qemu-server,lxc}; done
	ln -sfn nodes/"$LAB_NODE" /etc/pve/local
	ln -sfn nodes/"$LAB_NODE"/qemu-server /etc/pve/qemu-server
	ln -sfn nodes/"$LAB_NODE"/lxc /etc/pve/lxc
	mkdir -p /run/qemu-server
}
_vmlist() {
	local f id n sep=""
	{
		printf '{\n"version": 1,\n"ids": {'
		for f in /etc/pve/nodes/*/{qemu-server,lxc}/*.conf; do
			[ -e "$f" ] || continue
			id=${f##*/}; id=${id%.conf}; n=${f#/etc/pve/nodes/}; n=${n%%/*}
			printf '%s\n"%s": { "node": "%s", "type": "%s", "version": 1 }' "$sep" "$id" "$n" \
				"$(case $f in */lxc/*) echo lxc ;; *) echo qemu ;; esac)"; sep=,
		done
		printf '}\n\n}\n'
	} >/etc/pve/.vmlist
	_members
}
_members() { # .members as pmxcfs shows it: a cluster when there is more than one node
	local n i=0 sep="" count; count=$(find /etc/pve/nodes -mindepth 1 -maxdepth 1 -type d | wc -l)
	{
		printf '{\n"nodename": "%s",\n"version": %s' "$LAB_NODE" "$count"
		if [ "$count" -gt 1 ]; then
			printf ',\n"cluster": { "name": "lab", "version": 2, "nodes": %s, "quorate": 1 },\n"nodelist": {' "$count"
			for n in /etc/pve/nodes/*/; do
				n=${n%/}; n=${n##*/}; i=$((i + 1))
				printf '%s\n  "%s": { "id": %s, "online": 1, "ip": "192.0.2.%s"}' "$sep" "$n" $i $i; sep=,
			done
			printf '\n  }'
		fi
		printf '\n}\n'
	} >/etc/pve/.members
}
vm_conf() { # NODE ID NAME [line...]  a VM configuration
	local n=$1 id=$2 name=$3; shift 3; _node_dirs "$n"
	{ printf 'boot: order=scsi0\ncores: 1\nmemory: 512\nname: %s\nscsihw: virtio-scsi-single\n' "$name"
		[ $# = 0 ] || printf '%s\n' "$@"; } >/etc/pve/nodes/"$n"/qemu-server/"$id".conf
	_vmlist
}
ct_conf() { # NODE ID NAME [line...]  a container configuration
	local n=$1 id=$2 name=$3; shift 3; _node_dirs "$n"
	{ printf 'arch: amd64\ncores: 1\nhostname: %s\nmemory: 512\nostype: debian\n' "$name"
		[ $# = 0 ] || printf '%s\n' "$@"; } >/etc/pve/nodes/"$n"/lxc/"$id".conf
	_vmlist
}
storage_cfg() { # text on stdin
	mkdir -p /etc/pve; cat >/etc/pve/storage.cfg
}
move_conf() { # ID FROM TO: what a migration does to the configuration
	_node_dirs "$2" "$3"; mv /etc/pve/nodes/"$2"/qemu-server/"$1".conf /etc/pve/nodes/"$3"/qemu-server/; _vmlist
}
run_vm() { # ID DEVICE...: a process that looks like qemu to PVE (arg 0, -id, -pidfile) and holds the disks open
	local id=$1; shift
	_hold /usr/bin/kvm -id "$id" -name "vm$id" -pidfile "/run/qemu-server/$id.pid" -- "$@"
	echo "$HOLD_PID" >/run/qemu-server/"$id".pid
}
run_ct() { # ID: the command socket that a running container has (mount its volume yourself)
	perl -MSocket -e 'socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die; bind($s, pack_sockaddr_un("\0/var/lib/lxc/$ARGV[0]/command")) or die $!;
		listen($s, 1); sleep 100000;' "$1" &
}
hold() { _hold "${2:-holder}" -- "$1"; }   # DEVICE [NAME] -> HOLD_PID
_hold() { # NAME ARG... -- DEVICE...: opens read-write, sleeps
	local name=$1; shift
	rm -f /run/hold.$$; (exec -a "$name" perl -e '
		while (@ARGV) { last if shift(@ARGV) eq "--" } my @f;
		for (@ARGV) { open(my $h, "+<", $_) or open($h, "<", $_) or die "$_: $!"; push @f, $h }
		open(my $r, ">", "/run/hold.'$$'"); close $r; sleep 100000;' -- "$@") &
	HOLD_PID=$!
	local i; for i in $(seq 100); do [ -e /run/hold.$$ ] && break; sleep 0.05; done
}
stop_hold() { kill "${1:-$HOLD_PID}"; wait "${1:-$HOLD_PID}" 2>/dev/null; }

# --- two nodes on one disk: a byte per signal on the board ------------------------
lab_signal() { printf '\001' | dd of="$LAB_BOARD" bs=1 seek=$(($1 * 4096)) conv=notrunc,fsync status=none; }
lab_wait() { # N [SECONDS]
	local i
	for ((i = 0; i < ${2:-120} * 2; i++)); do
		[ "$(dd if="$LAB_BOARD" bs=4096 skip="$1" count=1 iflag=direct status=none | head -c1 | od -An -tu1 | tr -d ' ')" = 1 ] && return 0
		sleep 0.5
	done
	echo "lab_wait $1: nobody signalled" >&2; return 1
}

# --- what a run brings back -------------------------------------------------------
capture() { bash /lab/guest/capture.sh "$LAB_OUT/${1:-capture}"; }
# the collector's bundle NAME.tar.zst with its .rc and .err; raw captures where there is no collector, or
# when the scenario's argument is "capture"
case " $* " in *" capture "*) LAB_CAPTURE=1 ;; *) LAB_CAPTURE="" ;; esac
record() { # NAME
	if [ -x "$LAB_FILES/dmcollect" ]; then
		"$LAB_FILES/dmcollect" -o "$LAB_OUT/$1.tar.zst" 2>"$LAB_OUT/$1.err"
		echo $? >"$LAB_OUT/$1.rc"
		[ -n "$LAB_CAPTURE" ] || return 0
	fi
	capture "$1"
}
