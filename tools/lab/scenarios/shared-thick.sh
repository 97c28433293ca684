# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Thick shared VG with hyphens in its name (ssd-ha01), seen from pve1; the other
# node's work is metadata only.  One entry of every state, before and after.
. /lab/guest/lib.sh
D=${LAB_SHARED:-$LAB_LOCAL}; pve_mkvg ssd-ha01 "$D" >/dev/null
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

C
V=ssd-ha01
mk() { pve_alloc $V "$1" "${2:-32768}" >/dev/null; }
conf() { vm_conf "$1" "$2" "vm$2" "scsi0: ssd-ha01:vm-$2-disk-0,size=32M"; }
for i in 100 101 102 103 104 105 106 107 108; do mk vm-$i-disk-0; done; mk vm-100-disk-1
vm_conf pve1 100 vm100 'scsi0: ssd-ha01:vm-100-disk-0,size=32M' 'scsi1: ssd-ha01:vm-100-disk-1,size=32M'
for i in 101 102 103 105 106 107 108; do conf pve1 $i; done; conf pve2 104
settle; run_vm 100 /dev/$V/vm-100-disk-0 /dev/$V/vm-100-disk-1   # valid, in use
run_vm 108 /dev/$V/vm-108-disk-0
pve_deactivate $V/vm-101-disk-0                                  # stopped: no mapping, as PVE leaves it
                                                                 # 102 stopped, mapping kept: valid or left over
later 2; settle; record before
move_conf 103 pve1 pve2                                          # 103 migrated away, mapping stays: stale
                                                                 # 104 belongs to pve2, active here: stale
other_node lvremove -f $V/vm-105-disk-0; rm /etc/pve/nodes/pve1/qemu-server/105.conf; _vmlist   # 105 destroyed elsewhere: orphan
other_node lvremove -f $V/vm-106-disk-0; other_node_alloc $V vm-120-disk-0 65536; other_node_alloc $V vm-106-disk-0 16384; conf pve2 120
                                                                 # 106 re-created elsewhere: wrong (other uuid, other extents)
other_node lvextend -q -l +4 $V/vm-107-disk-0                    # 107 grown elsewhere: same uuid, stale table
other_node lvremove -f $V/vm-108-disk-0; other_node_alloc $V vm-108-disk-0 49152  # 108 re-created while RUNNING here: wrong and in use
dmsetup create test--vm--999--disk--0 --table "0 65536 zero"     # hand-made dummy
dmsetup table ssd--ha01-vm--102--disk--0 | dmsetup create ssd--ha01-vm--102--disk--0--dup   # duplicate
printf 'label: dos\n2048,8192,83\n' | sfdisk -q --no-reread /dev/$V/vm-102-disk-0 2>/dev/null; kpartx -a /dev/$V/vm-102-disk-0   # child
mk vm-109-disk-0; conf pve1 109; settle; dmsetup suspend ssd--ha01-vm--109--disk--0          # suspended
settle; record after; dmsetup table; lvs -o lv_name,lv_uuid,lv_attr,seg_pe_ranges
dmsetup resume ssd--ha01-vm--109--disk--0
