# shellcheck shell=bash source=tools/lab/guest/lib.sh
# Five hundred steps: the check reads the node once and takes ten seconds at most.
. /lab/guest/lib.sh
# shellcheck source=tools/lab/guest/cleanup.sh
. /lab/guest/cleanup.sh
V=ssd-ha01
mount_pve
pve_mkvg $V "$LAB_SHARED" >/dev/null
storage_cfg <<'C'
lvm: ssd-ha01
	vgname ssd-ha01
	content images,rootdir
	shared 1

C
vm_conf pve2 399 other 'scsi0: none,media=cdrom'
group=$(vgs --noheadings -o vg_uuid $V | tr -d ' -')
# leftovers of 500 volumes that are gone, 8 sectors each
all=""
for ((i = 1000; i < 1500; i++)); do
	all="$all;ssd--ha01-vm--$i--disk--0,LVM-$group$(printf '%032d' $i),,rw,0 8 linear $(lsblk -dno MAJ:MIN "$LAB_SHARED" | tr -d ' ') $((4096 + 8 * i))"
done
dmsetup create --concise "${all#;}"
settle
plan many || exit 1
cell '500 steps' test "$(grep -c "^ *step '" /root/many.sh)" = 500
truth >/root/before
start=$(date +%s%N)
cell 'check' status_of 0 sh /root/many.sh
took=$((($(date +%s%N) - start) / 1000000))
echo "check of 500 steps: $took ms"
cell 'all are still true' said '^500 still true, 0 changed'
cell 'ten seconds at most' test $took -le 10000
start=$(date +%s%N)
sh /root/many.sh --help >/dev/null
echo "start: $((($(date +%s%N) - start) / 1000000)) ms"
start=$(date +%s%N)
cell 'one step of 500' status_of 0 sh /root/many.sh --yes --only ssd--ha01-vm--1234--disk--0
echo "one step: $((($(date +%s%N) - start) / 1000000)) ms"
truth >/root/after
cell 'that one alone is gone' kept_but /root/before /root/after 'vm--1234--'
summary
