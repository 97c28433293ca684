# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Answers, kills after and before each write, a guest that starts again and again.
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
for i in 500 501 502 503; do pve_alloc $V vm-$i-disk-0 16384 >/dev/null; done
for i in 500 501; do vm_conf pve1 $i vm$i "scsi0: ssd-ha01:vm-$i-disk-0,size=16M"; done
vm_conf pve2 502 vm502 'scsi0: none,media=cdrom'
settle
printf 'label: dos\n2048,8192,83\n' | sfdisk -q --no-reread /dev/$V/vm-500-disk-0 2>/dev/null
kpartx -a /dev/$V/vm-500-disk-0
other_node lvremove -qf $V/vm-503-disk-0 >/dev/null
settle; later 2
plan kills || exit 1
truth >/root/before
again() { # puts back everything that the plan is about
	lvchange -ay $V/vm-500-disk-0; lvchange -ay $V/vm-501-disk-0; lvchange -ay $V/vm-502-disk-0
	settle; kpartx -a /dev/$V/vm-500-disk-0; settle
}

say answers
answer() { # TEXT STATUS
	local status=0
	# shellcheck disable=SC2059
	printf "$1" | sh /root/kills.sh --interactive >/root/said 2>&1 || status=$?
	[ $status = "$2" ] || { cat /root/said; return 1; }
}
cell 'the end of input quits' answer '' 4
cell 'Enter skips, q quits' answer '\nq\n' 4
cell 'counts' said '0 done, 1 skipped, 0 refused, 0 failed'
cell 'a is not for phase 2' answer 'n\nn\na\nyes\nY\nq\n' 4
truth >/root/after
cell 'no answer but y removes anything' cmp /root/before /root/after
cell 'explains before it asks' said 'A stopped guest.s disk is mapped'
cell 'a takes the rest of phase 1' answer 'a\ny\n\n' 0
cell 'counts again' said '3 done, 1 skipped, 0 refused, 0 failed'
truth >/root/after
cell 'gone as answered' kept_but /root/before /root/after 'vm--(500|501|502|503)--disk'
again

say kills
mkdir -p /root/kill
for tool in sync lvchange dmsetup; do
	cat >/root/kill/$tool <<END
#!/bin/bash
strike() { [ "\$(cat /root/moment)" != "\$1" ] || { kill -"\$(cat /root/signal)" -- "\$(cat /root/victim)"; sleep 0.2; }; }
case "$tool \$1" in 'dmsetup remove' | sync* | lvchange*) ;; *) exec $(command -v $tool) "\$@" ;; esac
count=\$((\$(cat /root/count) + 1)); echo \$count >/root/count
strike before\$count
$(command -v $tool) "\$@"; status=\$?
strike after\$count
exit \$status
END
	chmod +x /root/kill/$tool
done
killed_at() { # MOMENT SIGNAL GROUP
	local script
	echo "$1" >/root/moment; echo "$2" >/root/signal; echo 0 >/root/count
	PATH=/root/kill:$PATH setsid sh /root/kills.sh --yes >/root/said 2>&1 </dev/null &
	script=$!
	echo "$3$script" >/root/victim
	wait $script
	killed_with=$?
	for _ in $(seq 60); do flock -n /var/lib/dmtools/lock true && break; sleep 0.5; done
}
survives() { # MOMENT SIGNAL GROUP
	truth >/root/start
	killed_at "$@"
	[ "$2" = TERM ] || [ $killed_with = 137 ] || { echo "ended with $killed_with"; cat /root/said; return 1; }
	[ "$2" = KILL ] || [ $killed_with = 4 ] || { echo "ended with $killed_with"; cat /root/said; return 1; }
	status_of 0 sh /root/kills.sh --yes || return 1
	truth >/root/after
	kept_but /root/start /root/after 'vm--(500|501)--disk' || return 1
	for i in 500 501; do ! has "$(name $i)" || { echo "$i is still there"; return 1; }; done
	for i in 500 501; do said "gone .*$(name $i)\|removed .*$(name $i)" || return 1; done
}
# six writes: undo record and removal of a partition, its parent, and the other volume
for moment in before1 after1 before2 after2 before4 after4 after6; do
	cell "killed $moment, run again" survives $moment KILL -
	grep -h 'cut off' /root/said
	again
done
for moment in after2 after4; do
	cell "only the script killed $moment, run again" survives $moment KILL ''
	again
done
cell 'ended by TERM after4, run again' survives after4 TERM ''
again
truth >/root/after
cell 'everything is as it was' kept_but /root/before /root/after 'vm--503'

say 'a guest that starts again and again'
# How long the script takes here when nothing is in its way: the guest's pauses are parts of that, so that its
# starts meet every moment of a step on a machine of any speed. In the end it waits until the script has acted.
pve_activate $V/vm-501-disk-0; settle
start=$EPOCHREALTIME
cell 'a step that nothing meets' status_of 0 sh /root/kills.sh --yes --only "$(name 501)"
end=$EPOCHREALTIME
took=$(((${end/./} - ${start/./}) / 1000))
time_locks /root/held
# whether anyone could have had the guest's lock while its mapping was removed
cat >/root/timed/lvchange <<END
#!/bin/bash
/usr/bin/flock -n /run/lock/qemu-server/lock-501.conf true && echo "\$*" >>/root/unlocked
exec $(command -v lvchange) "\$@"
END
chmod +x /root/timed/lvchange
: >/root/unlocked
starts=0 broken=0 waited=0
(while [ ! -e /root/enough ]; do PATH=/root/timed:$PATH sh /root/kills.sh --yes --only "$(name 501)"; done) >/root/loop 2>&1 </dev/null &
loop=$!
for percent in 10 25 40 55 70 80 90 100 120 acted; do
	# as PVE does: the guest's lock is held until its process runs
	exec 7>>/run/lock/qemu-server/lock-501.conf
	start=$EPOCHREALTIME
	flock -w 60 7 || broken=$((broken + 1))
	end=$EPOCHREALTIME
	waits=$(((${end/./} - ${start/./}) / 1000))
	[ $waits -le $waited ] || waited=$waits
	{ pve_activate $V/vm-501-disk-0 7>&- && [ -b /dev/$V/vm-501-disk-0 ]; } || broken=$((broken + 1))
	run_vm 501 /dev/$V/vm-501-disk-0 7>&-
	exec 7>&-
	for pause in 0.1 1; do
		dd if=/dev/$V/vm-501-disk-0 of=/dev/null bs=4096 count=1 iflag=direct status=none || broken=$((broken + 1))
		sleep $pause
	done
	starts=$((starts + 1))
	stop_hold "$HOLD_PID"; rm -f /run/qemu-server/501.pid
	if [ $percent = acted ]; then
		acted=$(grep -c '^removed' /root/loop)
		for _ in $(seq 200); do [ "$(grep -c '^removed' /root/loop)" = "$acted" ] || break; sleep 1; done
	else
		milliseconds=$((took * percent / 100))
		sleep "$(printf '%d.%03d' $((milliseconds / 1000)) $((milliseconds % 1000)))"
	fi
done
: >/root/enough; wait $loop
figure "$starts starts, $broken broken, $(grep -c '^removed' /root/loop) removals, $(grep -c '^refused' /root/loop) refusals meanwhile"
figure "a step alone: $took ms; the guest waited for its lock for $waited ms at most"
held /root/held
cell 'no start was broken' test $broken = 0
cell 'the guest was locked during each removal' test ! -s /root/unlocked
cell 'no removal was undone' not grep '^FAILED.*ended with 0' /root/loop
cell 'the script acted meanwhile' grep -q '^removed' /root/loop
cell 'the script was refused meanwhile' grep -q '^refused' /root/loop
cp /root/loop /var/log/dmtools-cleanup.log "$LAB_OUT/"
summary
