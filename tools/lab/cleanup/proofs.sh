# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Evidence that is missing, other, or of another kind than a name: each step is left alone.
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
for i in 300 301 302 303 304 305 306 307 308 309; do pve_alloc $V "vm-$i-disk-0" 16384 >/dev/null; done
pve_alloc $V vm-310-disk-1 16384 >/dev/null
vm_conf pve1 310 vm310 "unused0: ssd-ha01:vm-310-disk-1"
for i in 300 302 303 304 308; do vm_conf pve1 "$i" "vm$i" "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
vm_conf pve2 305 vm305 "scsi0: ssd-ha01:vm-305-disk-0,size=16M"
vm_conf pve2 399 other 'scsi0: none,media=cdrom'
for i in 220 222; do pve_alloc_thin pve data vm-$i-disk-0 16384 >/dev/null; done
vm_conf pve1 220 vm220 "scsi0: local-lvm:vm-220-disk-0,size=16M"
settle
printf 'label: dos\n2048,8192,83\n' | sfdisk -q --no-reread /dev/$V/vm-302-disk-0 2>/dev/null
kpartx -a /dev/$V/vm-302-disk-0
mkfs.ext4 -q -L backups /dev/$V/vm-307-disk-0
settle
# 300: removed and made again by another node; leftovers: 301, 306, 307, 309 and the thin 222
other_node lvremove -qf $V/vm-300-disk-0 >/dev/null
other_node_alloc $V vm-300-disk-0 16384 >/dev/null
for i in 301 306 307 309; do other_node lvremove -qf "$V/vm-$i-disk-0" >/dev/null; done
other_node lvremove -qf pve/vm-222-disk-0 >/dev/null 2>&1
other_node lvextend -q -l +2 $V/vm-308-disk-0 >/dev/null
later 2
plan proofs || exit 1
cell 'before the changes all is true' status_of 0 sh /root/proofs.sh
for i in 300 301 302 303 304 305 306 307 308 309; do cell "there is a step for $i" said "still true  $(name $i) "; done
cp /etc/pve/.members /root/members
cp /etc/fstab /root/fstab 2>/dev/null || : >/root/fstab
truth >/root/before
kept() { # WORDS STEP SAID: the check and the run leave it
	cell "$1: the check says so" eval "! sh /root/proofs.sh --only $2 >/root/said 2>&1 </dev/null && said '$3'"
	cell "$1: it is refused" status_of 1 sh /root/proofs.sh --yes --only "$2"
	cell "$1: it is there" has "$2"
}

# a configuration or fstab names the disk, but not by name
uuid=$(dmsetup info -c --noheadings -o uuid "$(name 301)")
vm_conf pve1 350 new "scsi0: /dev/disk/by-id/dm-uuid-$uuid,size=16M"
cell 'udev has that link' test -e "/dev/disk/by-id/dm-uuid-$uuid"
kept 'by uuid' "$(name 301)" 'guest 350 names it'
number=$(dmsetup info -c --noheadings --separator : -o major,minor "$(name 301)")
vm_conf pve1 350 new "scsi0: /dev/dm-${number#*:},size=16M"
kept 'by number' "$(name 301)" 'guest 350 names it'
ln -s "/dev/dm-${number#*:}" /dev/mine
vm_conf pve1 350 new 'scsi0: /dev/mine,size=16M'
kept 'by a link of a person' "$(name 301)" 'guest 350 names it'
vm_conf pve1 350 new 'scsi0: none,media=cdrom'
for entry in 'LABEL=backups' "UUID=$(blkid -o value -s UUID "/dev/mapper/$(name 307)")" "/dev/block/$(dmsetup info -c --noheadings --separator : -o major,minor "$(name 307)")"; do
	echo "$entry /mnt/x ext4 noauto 0 0" >/etc/fstab
	kept "fstab: ${entry%%=*}" "$(name 307)" 'fstab names it'
done
echo "/dev/mapper/$(name 302)p1 /mnt/x ext4 noauto 0 0" >/etc/fstab
kept 'fstab names the partition' "$(name 302)" 'p1: fstab names it'
e2label "/dev/mapper/$(name 307)" 'my backups'
udevadm trigger "/dev/mapper/$(name 307)"; settle
cell 'udev has a link for a label with a blank' test -e '/dev/disk/by-label/my\x20backups'
printf '%s\n' 'LABEL=my\040backups /mnt/x ext4 noauto 0 0' >/etc/fstab
kept 'fstab: LABEL with a blank' "$(name 307)" 'fstab names it'
cp /root/fstab /etc/fstab

# a new line of its own guest needs what PVE would not activate
unused=ssd--ha01-vm--310--disk--1
cell 'there is a step for the unused disk' eval "sh /root/proofs.sh >/root/said 2>&1 </dev/null; said 'still true  $unused '"
echo "args: -drive file=/dev/$V/vm-310-disk-1,if=virtio" >>/etc/pve/nodes/pve1/qemu-server/310.conf
kept 'args of its own guest' $unused 'configuration of guest 310 names it'
vm_conf pve1 310 vm310 "unused0: ssd-ha01:vm-310-disk-1"

# pmxcfs without its cluster; a search that does not come to its end
printf '{\n"nodename": "pve1",\n"version": 0\n}\n' >/etc/pve/.members
kept 'no cluster' "$(name 305)" 'the node was in a cluster'
cp /root/members /etc/pve/.members
mkfifo /etc/pve/nodes/pve1/qemu-server/360.conf
vm_conf pve1 361 new 'scsi0: ssd-ha01:vm-306-disk-0,size=16M'
status_of 1 sh /root/proofs.sh --yes --only "$(name 306)" || bad 'the search hangs: it ends with 1'
cell 'the search hangs: says so' said 'searching configurations'
cell 'the search hangs: it is there' has "$(name 306)"
rm /etc/pve/nodes/pve1/qemu-server/360.conf /etc/pve/nodes/pve1/qemu-server/361.conf
_vmlist

# another command holds the group's lock: the guest's lock is not kept while LVM could wait
(flock 7; sleep 90) 7>>/run/lock/lvm/V_$V &
holder=$!
time_locks /root/held
cell 'LVM is locked: nothing is removed' status_of 1 env PATH="/root/timed:$PATH" sh /root/proofs.sh --yes --only "$(name 303)"
cp /root/said "$LAB_OUT/locked"
cell 'LVM is locked: says so' said "an't get lock"
held /root/held
cell 'LVM is locked: the guest could have started' test "$(sort -n /root/held | awk 'END { print int($1) }')" -lt 3000
kill $holder; wait $holder 2>/dev/null
cell 'LVM is free again' status_of 0 sh /root/proofs.sh --yes --only "$(name 303)"
cell 'gone: 303' not has "$(name 303)"

# something activates it again at once
mkdir -p /root/again
cat >/root/again/lvchange <<END
#!/bin/sh
/usr/sbin/lvchange "\$@"; status=\$?
/usr/sbin/lvchange -ay $V/vm-304-disk-0 >/dev/null 2>&1
exit \$status
END
chmod +x /root/again/lvchange
cell 'activated again: it is a failure' status_of 1 env PATH="/root/again:$PATH" sh /root/proofs.sh --yes --only "$(name 304)"
cell 'activated again: says so' said 'FAILED .*ended with 0'
cell 'activated again: it is there' has "$(name 304)"
truth >/root/after
cell 'none of these touched anything else' kept_but /root/before /root/after 'vm--303--disk'

# the group's metadata changed: a verdict on a size is not true any more
other_node_alloc $V vm-398-disk-0 16384 >/dev/null
kept 'other metadata' "$(name 308)" 'the metadata of its group were changed'
# the new volume of 300 goes as well: the mapping is the last handle to a disk
other_node lvremove -qf $V/vm-300-disk-0 >/dev/null
kept 'the living volume is gone' "$(name 300)" 'the volume that had its name is gone'
# and a leftover whose name lives again
other_node_alloc $V vm-309-disk-0 16384 >/dev/null
kept 'its name lives again' "$(name 309)" 'another volume of its name'

# undo: a thin device whose number an inactive volume has by now, and a partition
T=pve-vm--222--disk--0
cell 'the thin leftover goes' status_of 0 sh /root/proofs.sh --yes --only $T
cell 'it comes back' status_of 0 sh /root/proofs.sh --undo "$(sed -n 's/.*--undo //p' /root/said)"
cell 'it goes again' status_of 0 sh /root/proofs.sh --yes --only $T
undo=$(sed -n 's/.*--undo //p' /root/said)
thin=$(awk -F '|' '/^undo/ { split($11, word, " "); print word[5] }' "$undo")
cell 'the record has its thin device' test -n "$thin"
for i in 223 224 225 226; do
	pve_alloc_thin pve data vm-$i-disk-0 16384 >/dev/null
	lvchange -an pve/vm-$i-disk-0
	[ "$(lvs --noheadings -o thin_id pve/vm-$i-disk-0 | tr -d ' ')" != "$thin" ] || taken=vm-$i-disk-0
done
figure "thin device $thin of $T is ${taken:-nobody}'s now"
if [ -n "${taken:-}" ]; then
	cell 'a thin device that was given away is not mapped' status_of 1 sh /root/proofs.sh --undo "$undo"
	cell 'says whose it is' said "LVM gave its thin volume to $taken"
	cell 'it is not there' not has $T
fi
cp /var/log/dmtools-cleanup.log "$LAB_OUT/"
summary
