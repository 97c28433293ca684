# shellcheck shell=bash source=tools/lab/guest/lib.sh
# What can go wrong around the script for real: a lost disk, a group of another system or lock manager,
# tools that not even KILL ends, a removal that does more than it should.
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=san
name() { echo "san-vm--$1--disk--0"; }
mount_pve
# a group on two disks, with all volumes on the first
truncate -s 64M /root/second
losetup /dev/loop0 /root/second
pve_mkvg $V "$LAB_SHARED" >/dev/null
vgextend -q $V /dev/loop0 >/dev/null
storage_cfg <<'C'
lvm: san
	vgname san
	content images,rootdir
	shared 1

C
for i in 730 731 732; do
	lvcreate -q -aly -Wy --yes --size 16m --name vm-$i-disk-0 $V "$LAB_SHARED" >/dev/null 2>&1
	vm_conf pve1 $i vm$i "scsi0: san:vm-$i-disk-0,size=16M"
done
vm_conf pve2 399 other 'scsi0: none,media=cdrom'
dmsetup create bystander --table '0 2048 zero'
settle
later 2
plan whole || exit 1
cell 'all is true' status_of 0 sh /root/whole.sh
cell 'three steps' said '^3 still true'
truth >/root/before
refused() { # WHAT WORDS: the check finds nothing true, and says why
	cell "$1: nothing is true" status_of 1 sh /root/whole.sh
	cell "$1: says why" said "unproved .*$2"
	cell "$1: nothing is done" status_of 1 sh /root/whole.sh --yes
	cell "$1: no removal" said '^0 done'
}

losetup -d /dev/loop0
refused 'a disk of the group is lost' 'a physical volume is missing'
record partial
cell 'a bundle of the partial group has no script' not ask_host "$LAB_OUT/partial.tar.zst" script partial
losetup /dev/loop0 /root/second
settle
cell 'the disk is back' status_of 0 sh /root/whole.sh

# what other systems would have written into the metadata
for disk in "$LAB_SHARED" /dev/loop0; do dd if="$disk" of=/root/"${disk##*/}".head bs=1M count=1 status=none; done
group_has() { [ "$(vgs --foreign --shared --noheadings --readonly -o "$1" $V | tr -d ' ')" = "$2" ]; } # COLUMN VALUE
put_back() {
	for disk in "$LAB_SHARED" /dev/loop0; do dd of="$disk" if=/root/"${disk##*/}".head bs=1M count=1 conv=notrunc,fsync status=none; done
	settle
}
other_node vgchange -q -y --config 'global/system_id_source="uname"' --systemid other $V >/root/said 2>&1
cell 'the group has a foreign system id' group_has vg_systemid other
refused 'a foreign system id' 'LVM does not show the volume group'
put_back
vgcfgbackup -q -f /root/metadata $V >/dev/null
sed -i 's/^\(\t*\)max_lv = .*/&\n\1lock_type = "sanlock"\n\1lock_args = "1.0.0:lvmlock"/' /root/metadata
other_node vgcfgrestore -q --yes --force -f /root/metadata $V >/root/said 2>&1
cell 'the group has a lock manager' group_has vg_lock_type sanlock
refused 'a lock manager' 'LVM does not show the volume group'
put_back
cell 'all is true again' status_of 0 sh /root/whole.sh
truth >/root/after
cell 'nothing was touched' cmp /root/before /root/after

# a reader of a suspended device is in state D until that is resumed
dmsetup create sleeper --table '0 2048 zero'
dmsetup suspend sleeper
mkdir -p /root/stubs
printf '#!/bin/sh\nexec dd if=/dev/mapper/sleeper of=/dev/null bs=4096 count=1 iflag=direct\n' >/root/stubs/vgs
chmod +x /root/stubs/vgs
sed 's/bounded [36]0 /bounded 2 /' /root/whole.sh >/root/hasty.sh
in_state_d() { for one in $(pgrep -f if=/dev/mapper/sleeper); do grep -q '^State:.D' "/proc/$one/status" && return; done; return 1; }
cell 'a tool that not even KILL ends: the check goes on' status_of 1 timeout 300 env PATH="/root/stubs:$PATH" sh /root/hasty.sh
cell 'says that LVM could not be read' said 'unproved .*vgs ended with 137'
cell 'the tool still waits' in_state_d
mv /root/stubs/vgs /root/stubs/lvchange
cell 'the same while a lock is held: the run goes on' status_of 1 timeout 300 env PATH="/root/stubs:$PATH" \
	sh /root/hasty.sh --yes --only "$(name 730)"
cell 'the step failed' said 'FAILED  *san-vm--730.*ended with 137'
cell 'its guest is not locked' flock -n /run/lock/qemu-server/lock-730.conf true
cell 'the tool waits there, too' in_state_d
cell 'the mapping is as it was' has "$(name 730)"
dmsetup resume sleeper
for _ in $(seq 50); do in_state_d || break; sleep 0.1; done
dmsetup remove --retry sleeper

# a tool that takes more than it was told
cat >/root/stubs/lvchange <<END
#!/bin/sh
$(command -v lvchange) "\$@"
status=\$?
$(command -v dmsetup) remove bystander
exit \$status
END
cell 'a surprise ends the run' status_of 1 env PATH="/root/stubs:$PATH" sh /root/whole.sh --yes
cell 'says what' said 'FAILED  *san-vm--730.*the mapping bystander is gone'
cell 'says that it stopped' said '^Stopped: something other than planned happened'
cell 'the next step was not begun' has "$(name 731)"
cell 'the log has it' grep -q "$(printf '\tsurprise\t')" /var/log/dmtools-cleanup.log
truth >/root/after
cell 'no more than that is gone' kept_but /root/before /root/after 'vm--730|bystander'
cell 'the way back is named' said '^To put them back: sh '
undo=$(sed -n 's/^To put them back: sh .* --undo //p' /root/said)
cell 'and goes' status_of 0 sh /root/whole.sh --undo "$undo"
cell '730 is back' has "$(name 730)"
cp /var/log/dmtools-cleanup.log "$LAB_OUT/"
summary
