# shellcheck shell=bash source=tools/lab/guest/lib.sh
# A script outlives its boot and its node, and acts on neither: a second boot of the same disks, then
# another machine.
# runs: pve1, pve1, pve2
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=ssd-ha01
boot=$1
name() { echo "ssd--ha01-vm--$1--disk--0"; }
mount_pve
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

C
vm_conf pve1 800 vm800 'scsi0: ssd-ha01:vm-800-disk-0,size=16M'
vm_conf pve2 801 vm801 'scsi0: ssd-ha01:vm-801-disk-0,size=16M'
# behind the last volume there is room for what outlives a boot
AT=1800
if [ "$boot" = 1 ]; then
	pve_mkvg $V "$LAB_SHARED" >/dev/null
	for i in 800 801; do pve_alloc $V vm-$i-disk-0 16384 >/dev/null; done
	settle
	later 2
	plan first || exit 1
	cell 'phase 1 goes' status_of 0 sh /root/first.sh --yes
	cell 'both went' said '^2 done'
	tar -c -C / root/first.sh var/lib/dmtools var/log/dmtools-cleanup.log | dd of="$LAB_SHARED" bs=1M seek=$AT conv=notrunc,fsync status=none
else
	dd if="$LAB_SHARED" bs=1M skip=$AT count=8 status=none | tar -x -C /
	# as autoactivation does at boot: the same volumes, the same uuids
	lvchange -ay $V
	settle
	later 2
	truth >/root/before
	words=rebooted
	[ "$LAB_NODE" = pve1 ] || words='this is pve2; the steps are for pve1'
	for mode in --check --yes --interactive; do
		cell "boot $boot, $LAB_NODE: $mode is refused" status_of 3 sh /root/first.sh $mode
		cell "boot $boot, $LAB_NODE: says why" said "$words"
	done
	cell "boot $boot: so is --undo" status_of 3 sh /root/first.sh --undo /var/lib/dmtools/undo-*
	truth >/root/after
	cell "boot $boot: nothing was touched" cmp /root/before /root/after
	cell "boot $boot: mappings are there" has "$(name 800)"
	if [ "$LAB_NODE" = pve1 ]; then
		plan second || exit 1
		cell 'dmanalyze says that what went is back' difference 1 first second
		cell 'says that it was rebooted' said '^Rebooted in between'
		cell 'back: 800' said "^  back  *$(name 800)  LVM-.*; removed 20"
		cell 'a script of this boot acts' status_of 0 sh /root/second.sh --yes
		cell 'both went again' said '^2 done'
	fi
fi
summary
