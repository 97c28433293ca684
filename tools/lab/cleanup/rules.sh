# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Every removable rule: check, --yes, phase 2, rerun, undo; living volumes keep their data.
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=ssd-ha01
name() { echo "ssd--ha01-vm--$1--disk--0"; }
mount_pve
pve_mkvg $V "$LAB_SHARED" >/dev/null; pve_mkvg pve "$LAB_LOCAL" >/dev/null
pve_thinpool pve data 512m >/dev/null 2>&1
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

lvmthin: local-lvm
	thinpool data
	vgname pve
	content rootdir,images

C
thick="200 201 202 203 204 205 206 207 208 209"
for i in $thick; do pve_alloc $V "vm-$i-disk-0" 16384 >/dev/null; settle; stamp "$V/vm-$i-disk-0"; done
for i in 220 221 222; do pve_alloc_thin pve data vm-$i-disk-0 16384 >/dev/null; settle; stamp pve/vm-$i-disk-0; done
for i in 200 201 202 205 206 207 208; do vm_conf pve1 $i vm$i "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
vm_conf pve2 203 vm203 "scsi0: ssd-ha01:vm-203-disk-0,size=16M"
for i in 220 221; do vm_conf pve1 $i vm$i "scsi0: local-lvm:vm-$i-disk-0,size=16M"; done
printf 'label: dos\n2048,8192,83\n' | sfdisk -q --no-reread /dev/$V/vm-202-disk-0 2>/dev/null
kpartx -a /dev/$V/vm-202-disk-0
settle
run_vm 200 /dev/$V/vm-200-disk-0
# what another node does
other_node lvremove -qf $V/vm-205-disk-0 >/dev/null; other_node_alloc $V vm-299-disk-0 16384 >/dev/null
other_node_alloc $V vm-205-disk-0 32768 >/dev/null; vm_conf pve2 299 vm299 "scsi0: ssd-ha01:vm-299-disk-0,size=16M"
other_node lvrename -q $V vm-206-disk-0 snap_vm-206-disk-0_s.qcow2 >/dev/null
other_node_alloc $V vm-206-disk-0.qcow2 16384 >/dev/null
vm_conf pve1 206 vm206 "scsi0: ssd-ha01:vm-206-disk-0.qcow2,size=16M"
other_node lvextend -q -l +2 $V/vm-207-disk-0 >/dev/null
other_node lvremove -qf $V/vm-204-disk-0 >/dev/null
vgcfgbackup -q -f /tmp/vg $V >/dev/null
awk '/vm-208-disk-0 \{/ { on = 1 } on && /"pv0", [0-9]+/ { sub(/[0-9]+$/, "400"); on = 0 } { print }' /tmp/vg >/tmp/vg2
other_node vgcfgrestore --yes -f /tmp/vg2 --force $V; diff /tmp/vg /tmp/vg2
other_node lvextend -q -L +8m pve/vm-221-disk-0 >/dev/null 2>&1
# this kernel's pool is out of another node's reach: it says that it failed, and the volume is gone all the same
other_node lvremove -qf pve/vm-222-disk-0 >/dev/null 2>&1
dmsetup create test--vm--999--disk--0 --table "0 2048 zero"
later 2
plan rules || exit 1
truth >/root/before

cell 'check says what may go' status_of 0 sh /root/rules.sh
cp /root/said "$LAB_OUT/rules.check"
truth >/root/after
cell 'check changes nothing' cmp /root/before /root/after
cell 'check leaves no state' test ! -e /var/lib/dmtools -a ! -e /var/log/dmtools-cleanup.log
for i in 201 202 203; do cell "check: phase 1 has $i" said "still true  $(name $i) (phase 1"; done
for i in 204 205 206 207 208 209; do cell "check: phase 2 has $i" said "still true  $(name $i) (phase 2"; done
cell 'check: hand-made' said 'still true  test--vm--999--disk--0 (phase 2, hand-made-mapping'
cell 'check by bash' status_of 0 bash /root/rules.sh
cell 'words by bash are the same' cmp /root/said "$LAB_OUT/rules.check"
cell 'check by busybox sh' status_of 0 busybox sh /root/rules.sh
cell 'words by busybox sh are the same' cmp /root/said "$LAB_OUT/rules.check"

cell 'yes removes phase 1' status_of 0 sh /root/rules.sh --yes
cp /root/said "$LAB_OUT/rules.yes"
truth >/root/after
cell 'phase 1 alone is gone' kept_but /root/before /root/after "vm--20[123]--disk"
for i in 201 202 203; do cell "gone: $i" test ! -e /dev/mapper/"$(name $i)"; done
cell 'gone: the partition' test ! -e /dev/mapper/"$(name 202)p1"
cell 'rerun knows what was done' status_of 0 sh /root/rules.sh --yes
cell 'rerun says so' said "gone        $(name 201); this script removed it at"

for i in 204 205 206 207 208 209; do
	cell "yes --only removes $i" status_of 0 busybox sh /root/rules.sh --yes --only "$(name $i)"
	cell "gone: $i" eval "! has $(name $i)"
done
cell 'yes --only hand-made' status_of 0 sh /root/rules.sh --yes --only test--vm--999--disk--0
cell 'yes --only thin' status_of 0 sh /root/rules.sh --yes --only pve-vm--221--disk--0
cell 'check: a thin ghost' status_of 0 sh /root/rules.sh --only pve-vm--222--disk--0
cell 'is removed by its uuid' said 'still true  pve-vm--222--disk--0 (phase 2, ghost-mapping, remove-by-uuid'
cell 'yes --only a thin ghost' status_of 0 sh /root/rules.sh --yes --only pve-vm--222--disk--0
cell 'gone: the thin ghost' eval '! has pve-vm--222--disk--0'
truth >/root/after
cell 'nothing else is gone' kept_but /root/before /root/after "vm--20[1-9]--disk|vm--999|vm--22[12]"
cell 'the running guest reads its disk' stamped $V/vm-200-disk-0
cell 'a guest that was blocked starts' pve_activate $V/vm-205-disk-0
lvchange -an $V/vm-205-disk-0
cell 'a renamed chain starts' pve_activate $V/vm-206-disk-0.qcow2
lvchange -an $V/vm-206-disk-0.qcow2

say undo
for file in /var/lib/dmtools/undo-*; do
	sh /root/rules.sh --undo "$file"
done
truth >/root/after
# a renamed, resized or moved volume comes back as LVM has it now; 205's blocks are another volume's now
cell 'undo brings mappings back with uuid and table' kept_but /root/before /root/after "vm--20[5678]--disk|vm--221|p1: "
lies_on_parent() { [ "$(dmsetup deps "$(name 202)p1")" = "1 dependencies	: ($(dmsetup info -c --noheadings --separator ', ' -o major,minor "$(name 202)"))" ]; }
cell 'the partition lies on its parent again' lies_on_parent
cell 'undo refuses blocks that LVM gave away' eval "! has $(name 205)"
for i in 201 202 203 209; do cell "data of $i" stamped $V/vm-$i-disk-0; done
for i in 220 221; do cell "data of thin $i" stamped pve/vm-$i-disk-0; done
cell 'the thin ghost is back and reads' stamped_at /dev/mapper/pve-vm--222--disk--0 pve/vm-222-disk-0
cell 'the ghost has its uuid again' grep -q "^$(name 204)|LVM-" /root/after
cp /var/log/dmtools-cleanup.log /var/lib/dmtools/* "$LAB_OUT/"
summary
