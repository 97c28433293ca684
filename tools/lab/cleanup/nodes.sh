# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Two nodes on one disk: each has leftovers of the other's guests, both clean up at once, and the guests
# of both go on reading and writing.
# runs: pve1 pve2
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=ssd-ha01
name() { echo "ssd--ha01-vm--$1--disk--0"; }
# 900 runs on pve1; 901, 904 and 905 run on pve2; 902 is stopped; 903 was destroyed on pve2, and 904
# destroyed and made again there: pve1 still has the mappings of both
configurations() {
	for i in 900 902; do vm_conf pve1 $i vm$i "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
	for i in 901 904 905; do vm_conf pve2 $i vm$i "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
}
mount_pve
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

C
configurations
# a guest's own work: writes a number, reads it back past the cache, and counts what came back wrong
work_on() { # DEVICE FILE
	local count=0 wrong=0 back
	while [ ! -e /root/enough ]; do
		count=$((count + 1))
		printf '%-511d\n' $count | dd of="$1" bs=512 seek=64 oflag=direct conv=notrunc status=none 2>/dev/null || wrong=$((wrong + 1))
		back=$(dd if="$1" bs=512 skip=64 count=1 iflag=direct status=none | tr -d ' \n')
		[ "$back" = $count ] || wrong=$((wrong + 1))
		echo "$count $wrong" >"$2"
	done
}
worked() { # FILE: went on, and nothing came back wrong
	local count wrong
	read -r count wrong <"$1"
	figure "$LAB_NODE: $count writes read back, $wrong wrong"
	[ "$count" -gt 5 ] && [ "$wrong" = 0 ]
}
case $LAB_NODE in
	pve1)
		pve_mkvg $V "$LAB_SHARED" >/dev/null
		for i in 900 901 902 903 904 905; do pve_alloc $V vm-$i-disk-0 16384 >/dev/null; settle; stamp $V/vm-$i-disk-0; done
		pve_deactivate $V/vm-905-disk-0
		run_vm 900 /dev/$V/vm-900-disk-0
		work_on /dev/$V/vm-900-disk-0 /root/900 &
		sync
		lab_signal 1
		lab_wait 2 600 || exit 1
		;;
	pve2)
		lab_wait 1 600 || exit 1
		for i in 901 902 905; do pve_activate $V/vm-$i-disk-0; done
		pve_free $V/vm-903-disk-0; pve_free $V/vm-904-disk-0
		# the first free blocks were 903's
		pve_alloc $V vm-904-disk-0 16384 >/dev/null
		settle
		stamp $V/vm-904-disk-0
		for i in 901 904 905; do
			run_vm $i /dev/$V/vm-$i-disk-0
			work_on /dev/$V/vm-$i-disk-0 /root/$i &
		done
		lab_signal 2
		;;
esac
settle
later 2
plan "$LAB_NODE" || exit 1
truth >/root/before
case $LAB_NODE in
	pve1) lab_signal 3; lab_wait 4 600 || exit 1; leftovers='901 902 903 904' guests='900' ;;
	pve2) lab_signal 4; lab_wait 3 600 || exit 1; leftovers='902' guests='901 904 905' ;;
esac
# both nodes at once
cell "$LAB_NODE: phase 1" status_of 0 sh /root/"$LAB_NODE".sh --yes
phase2 /root/"$LAB_NODE".sh >/root/phase2
while read -r step; do
	cell "$LAB_NODE: phase 2, $step" status_of 0 sh /root/"$LAB_NODE".sh --yes --only "$step"
done </root/phase2
for i in $leftovers; do cell "$LAB_NODE: gone: $i" eval "! has $(name "$i")"; done
truth >/root/after
cell "$LAB_NODE: nothing else is gone" kept_but /root/before /root/after "vm--(${leftovers// /|})--disk"
for i in $guests; do cell "$LAB_NODE: there: $i" has "$(name "$i")"; done
# each sees its guests go on after the other node is done
case $LAB_NODE in pve1) lab_signal 5; lab_wait 6 600 ;; pve2) lab_signal 6; lab_wait 5 600 ;; esac
sleep 1
: >/root/enough
for i in $guests; do
	cell "$LAB_NODE: guest $i reads what it wrote" worked "/root/$i"
	cell "$LAB_NODE: data of $i" stamped $V/vm-"$i"-disk-0
done
if [ "$LAB_NODE" = pve1 ]; then
	pve_activate $V/vm-902-disk-0
	cell 'the stopped guest has its data' stamped $V/vm-902-disk-0
	lab_signal 7
else
	lab_wait 7 600
fi
cp /var/log/dmtools-cleanup.log "$LAB_OUT/"
summary
