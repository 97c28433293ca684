# shellcheck shell=bash source=tools/lab/guest/lib.sh
# A case from the first bundle to the last: collect, plan, act, collect again, and dmanalyze diff names
# exactly what went; syslog has it, too.
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
for i in 700 701 702 703 704; do pve_alloc $V vm-$i-disk-0 16384 >/dev/null; done
for i in 700 703 704; do vm_conf pve1 $i vm$i "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
vm_conf pve2 701 vm701 'scsi0: ssd-ha01:vm-701-disk-0,size=16M'
settle
run_vm 703 /dev/$V/vm-703-disk-0
other_node lvremove -qf $V/vm-702-disk-0 >/dev/null
perl -MSocket -e 'socket(my $s, PF_UNIX, SOCK_DGRAM, 0) or die; bind($s, pack_sockaddr_un("/dev/log")) or die $!;
	$| = 1; while (defined(recv($s, my $line, 4096, 0))) { print "$line\n" }' >/root/syslog &
later 2
plan first || exit 1
run_vm 704 /dev/$V/vm-704-disk-0
holder=$HOLD_PID
cell 'a step is refused' status_of 1 sh /root/first.sh --yes
cell 'phase 2' status_of 0 sh /root/first.sh --yes --only "$(name 702)"
pve_alloc $V vm-705-disk-0 16384 >/dev/null
vm_conf pve1 705 vm705 'scsi0: ssd-ha01:vm-705-disk-0,size=16M'
settle
printf '\033[2J no line of the script\n' >>/var/log/dmtools-cleanup.log
record second
cell 'the case is open' difference 1 first second
cell 'three of four went' said '^Planned to go: 4, 3 went, 1 there'
for i in 700 701 702; do cell "went: $i" said "^  went  *$(name $i)  LVM-.*; removed 20.*: ended with 0"; done
cell 'remains: 704' said "^  remains  *$(name 704)  .*; refused 20.*in use"
cell 'new: 705' said "^New mappings: 1"
cell 'judged differently: 704' said "$(name 704)  LVM-.*stale stopped-guest -> valid running-disk"
cell 'went: the finding of the ghost' said "ghost-mapping  $(name 702)"
cell 'a foreign line is named, not shown' said 'has 1 field instead of 9'
cell 'nothing in it reaches the terminal' not grep -q "$(printf '\033')" /root/said
stop_hold "$holder"
rm -f /run/qemu-server/704.pid
cell 'the last one goes' status_of 0 sh /root/first.sh --yes
record third
difference 0 first third || true
cell 'all went' said '^Planned to go: 4, 4 went, 0 there'
cell 'not rebooted' not grep -q Rebooted /root/said
for i in 700 701 702 704; do cell "syslog: $i" grep -q "dmtools-cleanup: removed: $(name $i) LVM-" /root/syslog; done
cell 'syslog: refused' grep -q "dmtools-cleanup: refused: $(name 704) LVM-" /root/syslog
cp /root/syslog /var/log/dmtools-cleanup.log "$LAB_OUT/"
summary
