# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Random nodes from seeds: collect, analyse, --yes and all of phase 2, compare with what was made.
# Arguments: BOOT FIRST-SEED STATES
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=ssd-ha01
first=${2:-1} states=${3:-30}
name() { echo "ssd--ha01-vm--$1--disk--0"; }
mount_pve
alloc() { pve_alloc $V "vm-$1-disk-0" 8192 >/dev/null; }
here() { vm_conf pve1 "$1" "vm$1" "scsi0: ssd-ha01:vm-$1-disk-0,size=8M" "${@:2}"; }
there() { vm_conf pve2 "$1" "vm$1" "scsi0: ssd-ha01:vm-$1-disk-0,size=8M"; }
gone() { removable="$removable|$(name "$1")"; expected=$((expected + 1)); }

# One kind of mapping each; whether it has to go is said by calling gone.
make() { # KIND ID
	case $1 in
		running) alloc "$2"; here "$2"; settle; run_vm "$2" "/dev/$V/vm-$2-disk-0" ;;
		stopped) alloc "$2"; here "$2"; gone "$2" ;;
		moved) alloc "$2"; there "$2"; gone "$2" ;;
		locked) alloc "$2"; here "$2" 'lock: backup' ;;
		held) alloc "$2"; there "$2"; settle; hold "/dev/$V/vm-$2-disk-0" ;;
		ghost) alloc "$2"; late="$late;other_node lvremove -qf $V/vm-$2-disk-0"; gone "$2" ;;
		ghost-held) alloc "$2"; settle; hold "/dev/$V/vm-$2-disk-0"; late="$late;other_node lvremove -qf $V/vm-$2-disk-0" ;;
		lost) alloc "$2"; here "$2"; late="$late;other_node lvremove -qf $V/vm-$2-disk-0" ;;
		recreated)
			alloc "$2"; here "$2"; gone "$2"
			late="$late;other_node lvremove -qf $V/vm-$2-disk-0;other_node_alloc $V vm-$2-disk-0 16384" ;;
		renamed)
			alloc "$2"; vm_conf pve1 "$2" "vm$2" "scsi0: ssd-ha01:vm-$2-disk-7,size=8M"; gone "$2"
			late="$late;other_node lvrename -q $V vm-$2-disk-0 vm-$2-disk-7" ;;
		resized) alloc "$2"; here "$2"; late="$late;other_node lvextend -q -l +2 $V/vm-$2-disk-0"; gone "$2" ;;
		unreferenced) alloc "$2"; gone "$2" ;;
		mentioned) alloc "$2"; vm_conf pve2 "$2" "vm$2" "description: was on /dev/$V/vm-$2-disk-0" ;;
		suspended) alloc "$2"; here "$2"; late="$late;dmsetup suspend $(name "$2")" ;;
		parted)
			alloc "$2"; here "$2"; settle; gone "$2"
			printf 'label: dos\n2048,2048,83\n' | sfdisk -q --no-reread "/dev/$V/vm-$2-disk-0" 2>/dev/null
			kpartx -a "/dev/$V/vm-$2-disk-0"; removable="$removable|$(name "$2")p1" ;;
		by-hand) dmsetup create "$(name "$2")" --table '0 2048 zero'; gone "$2" ;;
		container) alloc "$2"; ct_conf pve1 "$2" "ct$2" "rootfs: ssd-ha01:vm-$2-disk-0,size=8M"; gone "$2" ;;
	esac
}
kinds=(running stopped moved locked held ghost ghost-held lost recreated renamed resized unreferenced mentioned suspended parted by-hand container)

reset() {
	local pid
	for pid in $(jobs -p); do kill -9 "$pid" 2>/dev/null; done
	wait
	rm -rf /etc/pve/nodes /run/qemu-server /var/lib/dmtools /var/log/dmtools-cleanup.log
	dmsetup ls 2>/dev/null | cut -f1 | while read -r mapping; do dmsetup resume "$mapping" 2>/dev/null; done
	for _ in 1 2; do dmsetup ls | cut -f1 | grep -v '^No' | while read -r mapping; do dmsetup remove "$mapping" 2>/dev/null; done; done
	vgremove -qff $V >/dev/null 2>&1
	pve_mkvg $V "$LAB_SHARED" >/dev/null
	settle
}
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

C
steps=0 removed=0 wrong=0 left=0
for ((seed = first; seed < first + states; seed++)); do
	RANDOM=$seed
	reset
	late="" removable="^nothing" expected=0 made=""
	_node_dirs pve2
	vm_conf pve1 399 other 'scsi0: none,media=cdrom'
	for ((i = 400; i < 404 + RANDOM % 6; i++)); do
		kind=${kinds[RANDOM % ${#kinds[@]}]}
		made="$made $kind"
		make "$kind" $i
	done
	settle
	# other nodes' removals come after all allocations, so that no block is given away twice
	eval "${late#;}" >/dev/null 2>&1
	later 1
	if [ "$expected" = 0 ]; then ok "seed $seed:$made: nothing to do"; continue; fi
	plan "seed$seed" >/dev/null || { bad "seed $seed:$made: no script"; continue; }
	truth >/root/before
	sh "/root/seed$seed.sh" --yes >/root/said 2>&1
	phase2 "/root/seed$seed.sh" >/root/phase2
	while read -r step; do
		sh "/root/seed$seed.sh" --yes --only "$step" >>/root/said 2>&1 </dev/null
	done </root/phase2
	truth >/root/after
	steps=$((steps + $(grep -c "^ *step '" "/root/seed$seed.sh")))
	removed=$((removed + $(grep -c '^removed' /root/said)))
	lost=$(LC_ALL=C comm -23 /root/before /root/after | grep -v -E "($removable)[:|]" || true)
	kept=$(LC_ALL=C comm -12 /root/before /root/after | grep -E "($removable)[|]" || true)
	[ -z "$lost" ] || wrong=$((wrong + 1))
	[ -z "$kept" ] || left=$((left + 1))
	if [ -z "$lost$kept" ]; then ok "seed $seed:$made"; else
		bad "seed $seed:$made: lost <$lost> left <$kept>"
		cat /root/said
	fi
	rm -f "$LAB_OUT/seed$seed".*
done
figure "soak: $states states from seed $first, $steps steps, $removed removals, $wrong states with a wrong removal, $left with something left"
summary
