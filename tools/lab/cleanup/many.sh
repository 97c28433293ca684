# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Five hundred steps: the check reads the node once; acting holds a guest's lock no longer than with a few.
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=ssd-ha01
name() { echo "ssd--ha01-vm--$1--disk--0"; }
mount_pve
pve_mkvg $V "$LAB_SHARED" >/dev/null
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

C
vm_conf pve2 399 other 'scsi0: none,media=cdrom'
group=$(vgs --noheadings -o vg_uuid $V | tr -d ' -')
disk=$(lsblk -dno MAJ:MIN "$LAB_SHARED" | tr -d ' ')
# leftovers of volumes that are gone, 8 sectors each
leftovers() { # FIRST LAST
	local all="" i
	for ((i = $1; i <= $2; i++)); do
		all="$all;$(name "$i"),LVM-$group$(printf %032d "$i"),,rw,0 8 linear $disk $((4096 + 8 * i))"
	done
	# udev would look into each, and that would take longer than all the rest
	udevadm control --exit
	dmsetup create --noudevrules --noudevsync --concise "${all#;}"
	udevd --daemon
	settle
}
# milliseconds of a command, in $took
timed() {
	local start=$EPOCHREALTIME end status=0
	"$@" || status=$?
	end=$EPOCHREALTIME
	took=$(((${end/./} - ${start/./}) / 1000))
	return $status
}
leftovers 1000 1002
later 2
plan few || exit 1
time_locks /root/held
cell 'check of 3 steps' timed status_of 0 sh /root/few.sh
few=$took
for i in 1000 1001 1002; do
	cell "$i of 3" timed status_of 0 env PATH="/root/timed:$PATH" sh /root/few.sh --yes --only "$(name $i)"
done
figure "check of 3 steps: $few ms; one step: $took ms"
held /root/held
few_held=$held_ms

leftovers 1003 1502
plan many || exit 1
cell '500 steps' test "$(grep -c "^ *step '" /root/many.sh)" = 500
truth >/root/before
timed sh /root/many.sh --help >/root/said
figure "start with 500 steps: $took ms"
time_locks /root/held
cell 'check' timed status_of 0 sh /root/many.sh
many=$took
cell 'all are still true' said '^500 still true, 0 changed'
figure "check of 500 steps: $many ms"
# a reading by the step would take 500 / 3 times as long
cell 'the check reads the node once' test $many -le $((few * 40))
for i in 1234 1235 1236; do
	cell "$i of 500" timed status_of 0 env PATH="/root/timed:$PATH" sh /root/many.sh --yes --only "$(name $i)"
done
figure "one step of 500: $took ms"
held /root/held
cell 'the locks are held no longer for the others' test "$held_ms" -le $((few_held * 4))
truth >/root/after
cell 'those alone are gone' kept_but /root/before /root/after 'vm--123[456]--'
summary
