# shellcheck shell=bash source=tools/lab/guest/lib.sh
# A healthy PVE node on the installer's layout: VG pve, thin pool data,
# running and stopped VMs, cloud-init, VM snapshot with state, template with a
# linked clone, running and stopped container.
. /lab/guest/lib.sh
pve_mkvg pve "$LAB_LOCAL" >/dev/null
lvcreate -q -y -Wn -L 128m -n swap pve; mkswap -q /dev/pve/swap >/dev/null; swapon /dev/pve/swap
lvcreate -q -y -Wn -L 256m -n root pve; mkfs.ext4 -q /dev/pve/root; mkdir -p /mnt/root; mount /dev/pve/root /mnt/root
pve_thinpool pve data 1g >/dev/null 2>&1
storage_cfg <<'C'
dir: local
	path /var/lib/vz
	content iso,vztmpl,backup

lvmthin: local-lvm
	thinpool data
	vgname pve
	content rootdir,images

C
for i in vm-100-disk-0 vm-100-cloudinit vm-101-disk-0 vm-103-disk-0 vm-110-disk-0 vm-111-disk-0; do
	s=65536; [ $i = vm-100-cloudinit ] && s=4096; pve_alloc_thin pve data $i $s >/dev/null; done
pve_snapshot pve vm-100-disk-0 before >/dev/null; pve_alloc_thin pve data vm-100-state-before 32768 >/dev/null
pve_alloc_thin pve data vm-9000-disk-0 65536 >/dev/null; pve_base pve vm-9000-disk-0 >/dev/null; pve_clone pve base-9000-disk-0 vm-102-disk-0 >/dev/null
vm_conf pve1 100 web 'ide2: local-lvm:vm-100-cloudinit,media=cdrom' 'parent: before' 'scsi0: local-lvm:vm-100-disk-0,iothread=1,size=64M' \
	'' '[before]' 'name: web' 'scsi0: local-lvm:vm-100-disk-0,iothread=1,size=64M' 'snaptime: 1760000000' 'vmstate: local-lvm:vm-100-state-before'
vm_conf pve1 101 db 'scsi0: local-lvm:vm-101-disk-0,size=64M' 'unused0: local-lvm:vm-103-disk-0'
vm_conf pve1 102 clone 'scsi0: local-lvm:vm-102-disk-0,size=64M'
vm_conf pve1 9000 tmpl 'scsi0: local-lvm:base-9000-disk-0,size=64M' 'template: 1'
ct_conf pve1 110 ct-up 'rootfs: local-lvm:vm-110-disk-0,size=64M'
ct_conf pve1 111 ct-down 'rootfs: local-lvm:vm-111-disk-0,size=64M'
run_vm 100 /dev/pve/vm-100-disk-0 /dev/pve/vm-100-cloudinit
mkfs.ext4 -q /dev/pve/vm-110-disk-0; mkdir -p /var/lib/lxc/110/rootfs; mount /dev/pve/vm-110-disk-0 /var/lib/lxc/110/rootfs
run_ct 110
later 2; settle; record thin-local; dmsetup ls --tree
