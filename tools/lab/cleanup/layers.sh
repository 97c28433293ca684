# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Volumes that LVM builds in layers: on a node's own disk they go with the volume and come back with it; on a
# shared storage they stay, since taken down they write metadata that another node may have in use. And
# leftovers whose guests have a disk of the same name on another storage: the usual ones after a disk was moved.
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=ssd-ha01
name() { echo "ssd--ha01-vm--$1--disk--0"; }
back() { # RECORD...: every run's record, the last first
	for record in "$@"; do sh /root/layers.sh --undo "$record" || return; done
}
mount_pve
pve_mkvg $V "$LAB_SHARED" >/dev/null
L=own
pve_mkvg $L "$LAB_LOCAL" >/dev/null
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

lvm: own
	vgname own
	content images,rootdir

zfspool: local-zfs
	pool rpool/data
	content images,rootdir

C
for i in 302 303 304 305; do pve_alloc $V vm-$i-disk-0 16384 >/dev/null; done
for i in 300 301; do pve_alloc $L vm-$i-disk-0 16384 >/dev/null; done
for i in 302 305; do vm_conf pve1 $i vm$i "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
for i in 300 301; do vm_conf pve1 $i vm$i "scsi0: own:vm-$i-disk-9,size=16M"; done
settle
lvcreate -qq -y -L 16m -n c1 $L
lvconvert -y --type cache --cachevol c1 --cachemode writethrough $L/vm-300-disk-0
lvconvert -y --type mirror -m1 --mirrorlog core --alloc anywhere $L/vm-301-disk-0
lvconvert -y --type mirror -m1 --mirrorlog core --alloc anywhere $V/vm-305-disk-0
for i in 300 301; do other_node lvrename -q $L vm-$i-disk-0 vm-$i-disk-9 >/dev/null; done
for i in 303 304; do other_node lvremove -qf $V/vm-$i-disk-0 >/dev/null; done
vm_conf pve1 303 vm303 'scsi0: local-zfs:vm-303-disk-0,size=16M'
vm_conf pve2 304 vm304 'scsi1: local-zfs:vm-304-disk-0,size=16M' '[before]' 'scsi0: local-zfs:vm-304-disk-0,size=16M'
settle
later 2
plan layers || exit 1
truth >/root/before
cell 'phase 1' status_of 0 sh /root/layers.sh --yes
cell 'removed: 302' said "^removed  *$(name 302)$"
cell 'the shared mirror is in no step' status_of 2 sh /root/layers.sh --yes --only "$(name 305)"
cell 'the shared mirror is there' has "$(name 305)"
for i in 303 304; do
	cell "phase 2: $i" status_of 0 sh /root/layers.sh --yes --only "$(name $i)"
	cell "is gone: $i" not has "$(name $i)"
done
for i in 300 301; do cell "phase 2: $i" status_of 0 sh /root/layers.sh --yes --only "own-vm--$i--disk--0"; done
cell 'no layer of them is left' not grep -q -E "own-vm--30[01]--disk" <(truth)
# shellcheck disable=SC2046 # names without blanks
cell 'all come back' status_of 0 back $(ls -t /var/lib/dmtools/undo-*)
truth >/root/after
cell 'as they were, but for numbers and names' test "$(grep -c '|' /root/before)" = "$(grep -c '|' /root/after)"
for i in 302 303 304 305; do cell "is there: $i" has "$(name $i)"; done
for i in 300 301; do cell "is there by its new name: $i" has "own-vm--$i--disk--9"; done
vm_conf pve1 303 vm303 'scsi0: local-zfs:vm-303-disk-0,size=16M' 'scsi1: ssd-ha01:vm-303-disk-0,size=16M'
cell 'a new line is none that was judged' status_of 1 sh /root/layers.sh --yes --only "$(name 303)"
cell 'it says so' said 'configuration .*303.conf was changed'
cp /var/log/dmtools-cleanup.log "$LAB_OUT/"
summary
