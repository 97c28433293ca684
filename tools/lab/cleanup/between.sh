# shellcheck shell=bash source=tools/lab/guest/lib.sh
# What changes between bundle and run: each step says so and is left alone.
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
stopped="300 301 302 303 304 305 306 307 309 310 311 312 313 314 316 319 321"
for i in $stopped 315 317 320 322; do pve_alloc $V "vm-$i-disk-0" 16384 >/dev/null; done
for i in $stopped; do vm_conf pve1 "$i" "vm$i" "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
for i in 317 322; do ct_conf pve1 "$i" "ct$i" "rootfs: ssd-ha01:vm-$i-disk-0,size=16M"; done
vm_conf pve2 399 other 'scsi0: none,media=cdrom'
settle
mkfs.ext4 -q /dev/$V/vm-303-disk-0; mkswap -q /dev/$V/vm-304-disk-0 >/dev/null
printf 'label: dos\n2048,8192,83\n' | sfdisk -q --no-reread /dev/$V/vm-319-disk-0 2>/dev/null
kpartx -a /dev/$V/vm-319-disk-0
for i in 315 320; do other_node lvremove -qf "$V/vm-$i-disk-0" >/dev/null; done
for i in 318 398; do dmsetup create "test--vm--$i--disk--0" --table '0 2048 zero'; done
later 2
plan between || exit 1
cell 'before the changes all is true' status_of 0 sh /root/between.sh
cell 'before the changes: 24 mappings' said '^24 still true, 0 changed'
cp /root/said "$LAB_OUT/before.check"

# the node as a whole, put right again afterwards
hostname pve7; cell 'host renamed' status_of 3 sh /root/between.sh --yes; hostname pve1
cp /etc/machine-id /root/machine-id; echo 0123456789abcdef0123456789abcdef >/etc/machine-id
cell 'another machine' status_of 3 sh /root/between.sh --yes; cp /root/machine-id /etc/machine-id
sed 's/^boot_id=.*/boot_id=00000000-0000-0000-0000-000000000000/' /root/between.sh >/root/rebooted.sh
cell 'rebooted' status_of 3 sh /root/rebooted.sh --yes
sed 's/^node=.*/node=pve2/' /root/between.sh >/root/foreign.sh
cell "another node's script" status_of 3 sh /root/foreign.sh --yes
date -s "@$(($(date +%s) + 25 * 3600))" >/dev/null; cell 'expired' status_of 3 sh /root/between.sh --yes
date -s "@$(($(date +%s) - 25 * 3600))" >/dev/null
mkdir -p /mnt; mount --move /etc/pve /mnt; mkdir -p /etc/pve; cell 'pmxcfs is not mounted' status_of 1 sh /root/between.sh; mount --move /mnt /etc/pve
sed -i 's/"quorate": 1/"quorate": 0/' /etc/pve/.members
cell 'no quorum' status_of 1 sh /root/between.sh; cell 'says quorum' said 'not quorate'; _members
mkdir /root/stubs; printf '#!/bin/sh\nexec sleep 300\n' >/root/stubs/lvs; chmod +x /root/stubs/lvs
cell 'lvs hangs' status_of 1 env PATH="/root/stubs:$PATH" sh /root/between.sh --only "$(name 300)"
cell 'says that LVM could not be read' said 'unproved .*lvs ended with 124'
printf '#!/bin/sh\n/usr/sbin/vgs "$@" | sed "s/|0||/|1|partial|/"\n' >/root/stubs/vgs; rm /root/stubs/lvs; chmod +x /root/stubs/vgs
cell 'the group is partial' status_of 1 env PATH="/root/stubs:$PATH" sh /root/between.sh --only "$(name 300)"
cell 'says so' said 'a physical volume is missing'
truth >/root/before; cell 'none of these touched anything' test ! -e /var/lib/dmtools

# what changes under single steps
run_vm 301 /dev/$V/vm-301-disk-0
hold /dev/$V/vm-302-disk-0
mkdir -p /mnt/303; mount /dev/$V/vm-303-disk-0 /mnt/303
swapon /dev/$V/vm-304-disk-0
dmsetup create over305 --table "0 2048 linear /dev/$V/vm-305-disk-0 0"
other_node lvremove -qf $V/vm-306-disk-0 >/dev/null; other_node_alloc $V vm-306-disk-0 16384 >/dev/null
lvextend -q -l +1 $V/vm-307-disk-0 >/dev/null
dmsetup suspend "$(name 309)"
echo 'unused0: ssd-ha01:vm-310-disk-1' >>/etc/pve/nodes/pve1/qemu-server/310.conf
echo 'lock: migrate' >>/etc/pve/nodes/pve1/qemu-server/311.conf
mkdir -p /run/lock/qemu-server
(exec 7>>/run/lock/qemu-server/lock-312.conf; flock 7; sleep 1000) &
holder=$!
sleep 1000 &
task=$!
mkdir -p /var/log/pve/tasks
printf 'UPID:pve1:%08X:%08X:%08X:qmclone:313:root@pam: 0\n' $task "$(cut -d' ' -f22 /proc/$task/stat)" "$(date +%s)" >/var/log/pve/tasks/active
printf 'UPID:pve1:%08X:%08X:%08X:qmclone:300:root@pam: 0\n' $task 1 "$(date +%s)" >>/var/log/pve/tasks/active
move_conf 314 pve1 pve2
echo 'scsi1: ssd-ha01:vm-315-disk-0,size=16M' >>/etc/pve/nodes/pve2/qemu-server/399.conf
dmsetup remove "$(name 316)"
run_ct 317
dmsetup remove test--vm--318--disk--0; dmsetup create test--vm--318--disk--0 --uuid OTHER --table '0 2048 zero'
dmsetup remove test--vm--398--disk--0; dmsetup create test--vm--398--disk--0 --table '0 4096 zero'
hold /dev/mapper/"$(name 319)p1"
vm_conf pve2 320 again 'scsi0: none,media=cdrom'
settle
truth >/root/before
cell 'after the changes the check says no' status_of 1 sh /root/between.sh
cp /root/said "$LAB_OUT/after.check"
changed() { cell "$1: $2" said "$2 *$(name "$1").*$3"; }
changed 301 'in use' 'open 1 times by process [0-9]* (perl)'
changed 302 'in use' 'open 1 times by process'
changed 303 'in use' 'mounted at /mnt/303'
changed 304 'in use' 'swap'
changed 305 'in use' 'by mapping over305'
changed 306 changed 'LVM no longer has the volume'
changed 307 changed 'its table is'
changed 309 changed 'its state is'
changed 310 changed '310.conf was changed'
changed 311 changed 'locked'
changed 312 'still true' ''
changed 313 changed 'a task runs: qmclone 313'
changed 314 changed '314.conf is gone'
changed 315 changed 'guest 399 names it now'
changed 316 gone ''
changed 317 'in use' 'container 317 runs'
cell '318: another mapping' said 'changed *test--vm--318.*another mapping has the name, with the uuid OTHER'
cell '398: another table' said 'changed *test--vm--398.*its table is'
changed 319 'in use' 'partition'
changed 320 changed '320 has a configuration now'
cell 'the rest: 300, 312, 321, 322' said '^4 still true'

(flock 7; sleep 4; : >/root/released) 7>>/run/lock/qemu-server/lock-321.conf &
status_of 1 sh /root/between.sh --yes || bad '--yes ends with 1'
cp /root/said "$LAB_OUT/yes"
cell '312 is busy' said "refused  *$(name 312): busy: PVE holds"
cell '300 and 322 are removed' said '^[23] done'
phase2 /root/between.sh >/root/phase2
while read -r step; do
	cell "phase 2 refuses $step" status_of 1 sh /root/between.sh --yes --only "$step"
done </root/phase2
truth >/root/after
cell 'only what was free is gone' kept_but /root/before /root/after 'vm--3(00|21|22)--disk'
cell 'gone: 300' eval "! has $(name 300)"
cell 'gone: 322, a container' eval "! has $(name 322)"
cell 'the guest runs' kill -0 "$(cat /run/qemu-server/301.pid)"

# two at once, and a guest's lock that comes free
kill $holder
(flock 7; sleep 15) 7>>/var/lib/dmtools/lock &
sleep 1
cell 'two at once: the second refuses' status_of 1 sh /root/between.sh --yes
cell 'says who' said 'another run holds'
dmsetup resume "$(name 309)"
cp /var/log/dmtools-cleanup.log "$LAB_OUT/"
summary
