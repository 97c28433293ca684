#!/bin/bash
# Writes raw captures of the device-mapper and LVM state into DIR (read-only commands).
#   capture.sh DIR [small]
export LVM_SUPPRESS_FD_WARNINGS=1
d=$1; small=${2:-}; mkdir -p "$d"
c() { local f=$1; shift; "$@" >"$d/$f" 2>"$d/$f.err"; local rc=$?; [ $rc = 0 ] || echo "$f rc=$rc: $*" >>"$d/failed.txt"; [ -s "$d/$f.err" ] || rm -f "$d/$f.err"; }
names() (cd "$1" && set -- * && [ -e "$1" ] && echo "$*")
c dmsetup-version.txt dmsetup version
c dmsetup-info-c.txt dmsetup info -c
c dmsetup-info-c-sep.txt dmsetup info -c --noheadings --separator '|' -o name,uuid,major,minor,open,segments,events,attr,suspended,tables_loaded,readonly,blkdevname,blkdevs_used,devnos_used,names_using_dev,subsystem,vg_name,lv_name,lv_layer
c dmsetup-info-c-mangled.txt dmsetup info -c --noheadings --separator '|' -o mangled_name,mangled_uuid,devno,open,attr
c dmsetup-info-c-nameprefixes.txt dmsetup info -c --noheadings --nameprefixes -o name,uuid,major,minor,open,attr
c dmsetup-table.txt dmsetup table
c dmsetup-deps.txt dmsetup deps -o devname
c lvs.json lvs -a -o vg_name,lv_name,lv_uuid,lv_attr,lv_active,lv_size,lv_kernel_major,lv_kernel_minor,lv_dm_path,lv_permissions,lv_role,lv_layout,origin,pool_lv,lv_tags,lv_time,devices,seg_type,seg_start_pe,seg_size_pe,seg_pe_ranges --units b --nosuffix --reportformat json
c lsblk.json lsblk -J -b -o NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,RO,FSTYPE,UUID,MOUNTPOINT
cat /proc/mounts >"$d/proc-mounts.txt"; cat /proc/swaps >"$d/proc-swaps.txt"; cat /proc/devices >"$d/proc-devices.txt"
[ "$small" = small ] && exit 0
c dmsetup-info.txt dmsetup info
c dmsetup-deps-devno.txt dmsetup deps
c dmsetup-ls.txt dmsetup ls
c dmsetup-ls-tree.txt dmsetup ls --tree
c dmsetup-ls-tree-dev.txt dmsetup ls --tree -o device,blkdevname,uuid,active,open,rw
c dmsetup-status.txt dmsetup status
c dmsetup-info-mangle-none.txt dmsetup info -c --manglename none
c dmsetup-targets.txt dmsetup targets
c lvs-plain.txt lvs -a
c lvs-pve.txt lvs --separator : --noheadings --units b --unbuffered --nosuffix --config 'report/time_format="%s"' --options vg_name,lv_name,lv_size,lv_attr,pool_lv,data_percent,metadata_percent,snap_percent,uuid,tags,metadata_size,time
c vgs.json vgs -o vg_name,vg_uuid,vg_attr,vg_size,vg_free,vg_seqno,vg_extent_size,pv_count,lv_count,vg_systemid,vg_shared --units b --nosuffix --reportformat json
c pvs.json pvs -o pv_name,pv_uuid,vg_name,pv_fmt,pv_attr,pv_size,pv_free,pe_start,dev_size --units b --nosuffix --reportformat json
c pvs-segments.txt pvs --segments -o pv_name,pvseg_start,pvseg_size,vg_name,lv_name,segtype
for vg in $(vgs --noheadings -o vg_name 2>/dev/null); do vgcfgbackup -f "$d/vgcfg-$vg.txt" "$vg" >/dev/null 2>&1; done
c lsblk.txt lsblk
c ls-dev-mapper.txt ls -la --time-style=+ /dev/mapper
(for v in $(vgs --noheadings -o vg_name 2>/dev/null); do ls -la --time-style=+ /dev/"$v" 2>/dev/null; done) >"$d/ls-dev-vg.txt"
{
	for s in /sys/block/dm-*; do
		[ -e "$s" ] || continue
		printf '%s dev=%s size=%s ro=%s suspended=%s name=%q uuid=%q slaves=[%s] holders=[%s] inflight=[%s]\n' \
			"${s##*/}" "$(cat "$s/dev")" "$(cat "$s/size")" "$(cat "$s/ro")" "$(cat "$s/dm/suspended")" \
			"$(cat "$s/dm/name")" "$(cat "$s/dm/uuid")" \
			"$(names "$s/slaves")" "$(names "$s/holders")" \
			"$(tr -s ' ' <"$s/inflight" | sed 's/^ //')"
	done
} >"$d/sys-block-dm.txt"
for t in qm pct; do command -v $t >/dev/null && $t list >"$d/$t-list.txt" 2>&1; done
[ -d /etc/pve ] && (cd /etc/pve && find . -type f -o -type l | sort | while read -r f; do
	if [ -L "$f" ]; then echo "== $f -> $(readlink "$f")"; else echo "== $f"; cat "$f"; fi; done) >"$d/etc-pve.txt"
{ uname -a; cat /etc/lab-versions; } >"$d/versions.txt"
for p in /run/qemu-server/*.pid; do
	[ -e "$p" ] && { echo "$p $(cat "$p") $(cat /proc/"$(cat "$p")"/comm 2>/dev/null)"; find /proc/"$(cat "$p")"/fd -lname '/dev/*' -printf '  %l\n' 2>/dev/null; }
done >"$d/run-qemu-server.txt"
[ -s "$d/run-qemu-server.txt" ] || rm -f "$d/run-qemu-server.txt"
exit 0
