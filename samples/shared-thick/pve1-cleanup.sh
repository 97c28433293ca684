#!/bin/sh
trap 'printf "%s\n" "This script is not whole: nothing was done." >&2; exit 1' EXIT
# Cleanup of leftover device-mapper mappings on node pve1
#
# Made by dmanalyze 0.1.0 from the bundle of 2026-11-23T00:04:12Z
# (SHA-256 cfb3b1758a2959ed501334134af981538b70edf6e57650f4d5e5491836605309).
# Plan d34124189e4f33d75dfb7fa61a5b061fae3d9ce037fb85f709cc08c6ff369c54.
# It acts on this node alone, until its next boot and not after 2026-11-24T00:04:12Z.
#
# Run without options it checks each step on the node and changes nothing; --help has the rest.
# Right before it acts on a mapping it proves again: host, machine and boot; pmxcfs, and quorum
# for shared storage; uuid, table, attributes, open count, holders, mounts and swap; no process,
# lock or task of its guest, and its configuration as it was; LVM's metadata as it was. What is
# no longer so is left alone. It acts by uuid, or by name where there is none, looks again, and
# stops if anything else changed.
#
# Phase 1, without questions: 3 steps and 1 partition
#   2 x moved-guest: The disk of another node's guest is mapped here
#   1 x stopped-guest: A stopped guest's disk is mapped
# Phase 2, one question each: 4 steps
#   1 x ghost-mapping: A leftover of a deleted volume
#   1 x hand-made-mapping: Made by hand, named like a guest's disk
#   1 x recreated-volume: A leftover mapping blocks a living volume's name
#   1 x resized-volume: The volume was resized, the mapping was not
#
# deactivate     lvchange -an of the volume with these uuids: its data and its metadata stay
# remove-by-uuid dmsetup remove of the mapping with this uuid, which LVM no longer knows
# remove-by-name dmsetup remove of a mapping that has no uuid
#
# Before each removal the way back is written to /var/lib/dmtools/undo-TIME; --undo with that file
# puts back what the run removed.
# Every step is logged to /var/log/dmtools-cleanup.log and to syslog.

node=pve1
machine_id=b5d0d7eb0e7ec76c1264813df4bcd483
boot_id=a5a0ef98-8c99-4c43-ad60-ecb439af640b
bundle_time=2026-11-23T00:04:12Z
collected=1795392252
not_after=1795478652
plan=d34124189e4f33d75dfb7fa61a5b061fae3d9ce037fb85f709cc08c6ff369c54

# One line a step: number, phase, number of the step it is a partition of, rule, action,
# mapping, uuid, attributes, volume (present or absent, and the uuids of group and volume),
# volume's name, uuid of the living volume of that name, number of the group's metadata where
# sizes matter, quorum (1 or alone) where it is shared, guests, configurations and digests, the
# volume as they may have it attached, table.
step() { printf '%s\n' "$1"; }
steps() {
  step '1|1|2|partition|remove-by-uuid|ssd--ha01-vm--102--disk--0p1|part1-LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3x9L55f4Mf494f4nypn4m3JtETKUwElXB|L--w||||||||||||0 8192 linear 254:2 2048'
  step '2|1||stopped-guest|deactivate|ssd--ha01-vm--102--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3x9L55f4Mf494f4nypn4m3JtETKUwElXB|L--w|present 9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3 x9L55f-4Mf4-94f4-nypn-4m3J-tETK-UwElXB|vm-102-disk-0|||1|102|pve1/qemu-server/102.conf=8983d0b955d4946ccf6719f7766245515fde6e07c0bcf0f8cd8e5f5abb3f2a63|ssd-ha01:vm-102-disk-0|0+8@/dev/ubdd:16-23||ssd-ha01|0 65536 linear 98:48 133120'
  step '3|1||moved-guest|deactivate|ssd--ha01-vm--103--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3QFT7nGN1UdyI4voRQcS6IOosNp4qDTsU|L--w|present 9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3 QFT7nG-N1Ud-yI4v-oRQc-S6IO-osNp-4qDTsU|vm-103-disk-0|||1|103|pve2/qemu-server/103.conf=f585b954a796d8130a4bb3ed54418b088eb8957b9eb269ab1e9fa1446f40da4c|ssd-ha01:vm-103-disk-0|0+8@/dev/ubdd:24-31||ssd-ha01|0 65536 linear 98:48 198656'
  step '4|1||moved-guest|deactivate|ssd--ha01-vm--104--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW37gzDeIr1ivc5FXfLP7EoY77IYdtGZGxo|L--w|present 9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3 7gzDeI-r1iv-c5FX-fLP7-EoY7-7IYd-tGZGxo|vm-104-disk-0|||1|104|pve2/qemu-server/104.conf=f9cf1eaf13fc1095212f3d6ac818a542df48068291f7a6e00da7fbda07dea82a|ssd-ha01:vm-104-disk-0|0+8@/dev/ubdd:32-39||ssd-ha01|0 65536 linear 98:48 264192'
  step '5|2||ghost-mapping|remove-by-uuid|ssd--ha01-vm--105--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3JzT8os7m03NqVkwyZRgHCyK2K3AqjccF|L--w|absent 9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3 JzT8os-7m03-NqVk-wyZR-gHCy-K2K3-AqjccF|vm-105-disk-0|||1|105||ssd-ha01:vm-105-disk-0|||ssd-ha01|0 65536 linear 98:48 329728'
  step '6|2||recreated-volume|remove-by-uuid|ssd--ha01-vm--106--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3DfsSjvHzejMSiUfdfPyM1qbdXWWSaOpa|L--w|absent 9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3 DfsSjv-Hzej-MSiU-fdfP-yM1q-bdXW-WSaOpa|vm-106-disk-0|j5MK5r-SzBg-MelP-ThDD-cgmA-i3vF-qsQXr2||1|106|pve1/qemu-server/106.conf=7bb2b2695d0a90c497511667587eaae367081087d2c3b3baeb9cc84563a24be2|ssd-ha01:vm-106-disk-0|||ssd-ha01|0 65536 linear 98:48 395264'
  step '7|2||resized-volume|deactivate|ssd--ha01-vm--107--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3weQ1fN1ALqlnynJAijLGwGhAzTNtKyyh|L--w|present 9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3 weQ1fN-1ALq-lnyn-JAij-LGwG-hAzT-NtKyyh|vm-107-disk-0||19|1|107|pve1/qemu-server/107.conf=8bc0a3e9e86f9c21e2d4e6cac7300e6c32c7fe6e395055a231a6161a84a5a1af|ssd-ha01:vm-107-disk-0|0+8@/dev/ubdd:56-63;8+4@/dev/ubdd:84-87||ssd-ha01|0 65536 linear 98:48 460800'
  step '8|2||hand-made-mapping|remove-by-name|test--vm--999--disk--0||L--w||||||999||||||0 65536 zero'
}

# What is wrong with a mapping, and why that matters.
about() { # RULE
  case $1 in
    ghost-mapping)
      say '  A leftover of a deleted volume.'
      say '  LVM no longer has the volume, nobody uses the mapping, nothing names it.'
      say '  PVE gives the lowest free id to the next guest. When this name is used again here, its creation fails: create ioctl, Device or resource busy. The mapping still reaches blocks that may belong to another volume.'
      ;;
    hand-made-mapping)
      say '  Made by hand, named like a guest'\''s disk.'
      say '  It has no uuid, so neither LVM nor PVE made it; nobody uses it, nothing names it.'
      say '  It holds a name that a guest'\''s disk may need, and perhaps a window onto a disk.'
      ;;
    moved-guest)
      say '  The disk of another node'\''s guest is mapped here.'
      say '  The volume is on shared storage, and only guests of other nodes have it.'
      say '  When that node deletes or renames the volume, the mapping stays here as a leftover and blocks the name.'
      ;;
    recreated-volume)
      say '  A leftover mapping blocks a living volume'\''s name.'
      say '  The mapping'\''s volume is gone from LVM, another volume has taken its name, and it is not open.'
      say '  The guest of the new volume cannot start or migrate here: create ioctl, Device or resource busy. The old mapping may show blocks that belong to others now.'
      ;;
    resized-volume)
      say '  The volume was resized, the mapping was not.'
      say '  The live table'\''s length differs from the volume'\''s size in LVM'\''s metadata.'
      say '  A guest that uses it sees a disk that is too short or too long.'
      ;;
    stopped-guest)
      say '  A stopped guest'\''s disk is mapped.'
      say '  The guest is configured on this node and stopped, and its thick disk is mapped.'
      say '  Harmless on local storage. On shared storage it becomes a leftover as soon as another node deletes, resizes or starts the disk.'
      ;;
  esac
}

# What is not for a script.
notes() {
  say ''
  say 'Not for this script:'
  say ''
  say '  critical  recreated-volume  ssd--ha01-vm--108--disk--0'
  say '    LVM'\''s ssd-ha01/vm-108-disk-0 is another volume than this mapping'\''s, which LVM no longer has, and the mapping is open (1), by perl (process 1056): what uses it reads and writes blocks that may belong to others. It is the last handle to the old data.'
  say '    dmsetup-info:11: ssd--ha01-vm--108--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3bCj6mwI1yEss90vSpufbOkgVAvBGJ1Vq|254|8|1|1|0|L--w'
  say '    lvs:14: {"vg_name":"ssd-ha01", "vg_uuid":"9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3", "lv_name":"vm-108-disk-0", "lv_uuid":"Uh7S1z-Chet-Ppmv-CozM-McjW-2uEX-sOfMBO", "lv_attr":"-wi-XX----", "lv_size":"50331648", '
  say '    vgs:5: {"vg_name":"ssd-ha01", "vg_uuid":"9tkRDu-zZ8Y-z7Oq-nVNZ-NEYt-J9iN-KnSdW3", "vg_attr":"wz--n-", "vg_size":"4290772992", "vg_free":"3871342592", "vg_extent_size":"4194304", "vg_seqno":"19", "pv_count":"'
  say '    Don'\''t remove it while it is open: find out what uses it, save what is still needed, and stop it in peace. Then remove the mapping by its uuid. The new volume stays.'
  say '    look: dmsetup info -- ssd--ha01-vm--108--disk--0'
  say '    look: dmsetup table -- ssd--ha01-vm--108--disk--0'
  say '    look: lvs -a -o +lv_uuid -- ssd-ha01'
  say ''
  say '  critical  suspended-mapping  ssd--ha01-vm--109--disk--0'
  say '    It is suspended: every access waits; it is not open.'
  say '    dmsetup-info:12: ssd--ha01-vm--109--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW30mVM6789zOsHZfqffR2h2uBVzCYzOUxi|254|12|0|1|0|L-sw'
  say '    dmsetup-table:12: ssd--ha01-vm--109--disk--0: 0 65536 linear 98:48 526336'
  say '    Look with dmsetup info and table; if the table is right, dmsetup resume NAME.'
  say '    look: dmsetup info -- ssd--ha01-vm--109--disk--0'
  say '    look: dmsetup table -- ssd--ha01-vm--109--disk--0'
  say ''
  say '  warning  overlapping-extents  ssd--ha01-vm--102--disk--0--dup'
  say '    It maps sectors 133120 to 198655 of 98:48, and so does ssd--ha01-vm--102--disk--0. The living one is ssd--ha01-vm--102--disk--0: LVM'\''s metadata confirms it.'
  say '    dmsetup-info:4: ssd--ha01-vm--102--disk--0--dup||254|10|0|1|0|L--w'
  say '    dmsetup-table:4: ssd--ha01-vm--102--disk--0--dup: 0 65536 linear 98:48 133120'
  say '    dmsetup-info:3: ssd--ha01-vm--102--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3x9L55f4Mf494f4nypn4m3JtETKUwElXB|254|2|1|1|0|L--w'
  say '    dmsetup-table:3: ssd--ha01-vm--102--disk--0: 0 65536 linear 98:48 133120'
  say '    Decide which is the living one: the one that LVM'\''s metadata confirms; where it confirms none, whoever uses the blocks has to say. The other one'\''s users must stop before anything is done.'
  say ''
  say '  warning  overlapping-extents  ssd--ha01-vm--108--disk--0'
  say '    It maps sectors 526336 to 591871 of 98:48, and so does ssd--ha01-vm--109--disk--0. The living one is ssd--ha01-vm--109--disk--0: LVM'\''s metadata confirms it.'
  say '    dmsetup-info:11: ssd--ha01-vm--108--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3bCj6mwI1yEss90vSpufbOkgVAvBGJ1Vq|254|8|1|1|0|L--w'
  say '    dmsetup-table:11: ssd--ha01-vm--108--disk--0: 0 65536 linear 98:48 526336'
  say '    dmsetup-info:12: ssd--ha01-vm--109--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW30mVM6789zOsHZfqffR2h2uBVzCYzOUxi|254|12|0|1|0|L-sw'
  say '    dmsetup-table:12: ssd--ha01-vm--109--disk--0: 0 65536 linear 98:48 526336'
  say '    Decide which is the living one: the one that LVM'\''s metadata confirms; where it confirms none, whoever uses the blocks has to say. The other one'\''s users must stop before anything is done.'
  say ''
  say '  warning  overlapping-extents  ssd--ha01-vm--109--disk--0'
  say '    It maps sectors 526336 to 591871 of 98:48, and so does ssd--ha01-vm--108--disk--0. The living one is ssd--ha01-vm--109--disk--0: LVM'\''s metadata confirms it.'
  say '    dmsetup-info:12: ssd--ha01-vm--109--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW30mVM6789zOsHZfqffR2h2uBVzCYzOUxi|254|12|0|1|0|L-sw'
  say '    dmsetup-table:12: ssd--ha01-vm--109--disk--0: 0 65536 linear 98:48 526336'
  say '    dmsetup-info:11: ssd--ha01-vm--108--disk--0|LVM-9tkRDuzZ8Yz7OqnVNZNEYtJ9iNKnSdW3bCj6mwI1yEss90vSpufbOkgVAvBGJ1Vq|254|8|1|1|0|L--w'
  say '    dmsetup-table:11: ssd--ha01-vm--108--disk--0: 0 65536 linear 98:48 526336'
  say '    Decide which is the living one: the one that LVM'\''s metadata confirms; where it confirms none, whoever uses the blocks has to say. The other one'\''s users must stop before anything is done.'
}

# --- Where things are ---------------------------------------------------------
pve=/etc/pve
proc=/proc
sys=/sys
dev=/dev
locks=/run/lock
pid_files=/run/qemu-server
active_tasks=/var/log/pve/tasks/active
machine_file=/etc/machine-id
fstab=/etc/fstab
state_dir=/var/lib/dmtools
log=/var/log/dmtools-cleanup.log
run_lock=/run/dmtools-cleanup.lock

set -u +C
umask 077
# An empty part of PATH, or one that is no full path, is looked for in the current folder.
full=''
set -f
IFS=:
for part in ${PATH:-}; do case $part in /*) full=$full$part: ;; esac; done
unset IFS
set +f
LC_ALL=C TZ=UTC PATH=$full/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
LVM_SUPPRESS_FD_WARNINGS=1
export LC_ALL TZ PATH LVM_SUPPRESS_FD_WARNINGS
unset DM_DEFAULT_NAME_MANGLING_MODE LVM_SYSTEM_DIR DM_UUID_PREFIX DM_DISABLE_UDEV POSIXLY_CORRECT
# A trace would stand among the words of the tools, in which any complaint refuses.
case $- in *x*) set +x; printf '%s\n' 'not traced: what tools say is read here' >&2 ;; esac

usage() {
  cat <<END
sh $0 [--check]            check every step on this node and change nothing
sh $0 --interactive        ask about each step: y removes, n or Enter skips,
                           a removes the rest of phase 1, q or the end of input quits
sh $0 --yes                phase 1 without questions
sh $0 --yes --only MAPPING one step, of either phase
sh $0 --undo FILE          put back what a run removed
      --log FILE           instead of $log
      --state-dir DIR      instead of $state_dir

Exit: 0 done or nothing to do, 1 some step refused or failed, 2 usage,
3 wrong node, rebooted, expired or not root, 4 quit.
END
}

# --- Words --------------------------------------------------------------------
say() { printf '%s\n' "$*"; }

# Says how a step ended. Where nobody reads that, no more is done.
tell() { say "$1" || stopping=${stopping:-PIPE}; }

# Puts a path into $full, from the root on: in another form a tool may take it for something else.
make_full() { # PATH
  case $1 in /*) full=$1 ;; *) full=$(pwd)/$1 ;; esac
}

# Prints words as a shell takes them.
quoted() { # WORD...
  for word in "$@"; do
    case $word in
      *[!0-9A-Za-z/._:=+-]*) printf " '%s'" "$(say "$word" | sed "s/'/'\\\\''/g")" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
}

# Ends the run with a status and a sentence.
die() { # STATUS WORDS
  printf '%s\n' "$2" >&2
  exit "$1"
}

# Prints a file of a tool's words on one line, without characters that a terminal acts upon.
words_in() { # FILE
  tr -s '\n\t ' '   ' <"$1" | tr -cd '\40-\176' | cut -c 1-400
}

# Runs a tool for a time, without input and without our locks: what hangs must not hold them. While
# a guest's lock is held ($hurried) the time is five seconds, whatever it may be elsewhere.
# The outer timeout is for what cannot even be killed (state D): it leaves that behind.
# A shell of its own closes the files: where dash closed 9 for a tool while nothing was open there, it
# takes 9 for closed in a later ( ... ) 9>>FILE as well, and there the next 9>&- closes it for good.
bounded() { # SECONDS COMMAND...
  limit_time "$1"
  shift
  (exec timeout -s KILL $((seconds + 2 * grace)) timeout -k "$grace" "$seconds" "$@" </dev/null 3<&- 4<&- 5<&- 6<&- 7>&- 8>&- 9>&-)
}

limit_time() { # SECONDS
  seconds=$1 grace=5
  [ -z "$hurried" ] || seconds=5 grace=1
}

# The same with the paths that a file lists behind the command.
bounded_on() { # LIST SECONDS COMMAND...
  listed=$1
  limit_time "$2"
  shift 2
  tr '\n' '\0' <"$listed" |
    xargs -0 -r timeout -s KILL $((seconds + 2 * grace)) timeout -k "$grace" "$seconds" "$@" 3<&- 4<&- 5<&- 6<&- 7>&- 8>&- 9>&-
}

# Makes a file empty. A shell ends at once where it cannot do that for its own : command.
empty() { printf '' >"$1"; } # FILE

# Puts a file's first line into $line; nothing where there is none.
read_line() { # FILE
  line=''
  [ ! -r "$1" ] || IFS= read -r line <"$1" || :
}

# --- The node -----------------------------------------------------------------

# Whether this is the node, the boot and the day that the plan was made for; else $why says.
is_right_node() {
  read_line "$proc/sys/kernel/hostname"
  host=$line
  [ "${host%%.*}" = "$node" ] || { why="this is ${host%%.*}; the steps are for $node"; return 1; }
  read_line "$machine_file"
  [ "$line" = "$machine_id" ] ||
    { why="this machine is another one than the bundle's: $machine_file differs"; return 1; }
  read_line "$proc/sys/kernel/random/boot_id"
  [ "$line" = "$boot_id" ] ||
    { why='the node was rebooted since the bundle: collect again'; return 1; }
}

# Whether the plan is still young enough; else $why says.
is_in_time() {
  now=$(date -u +%s)
  [ "$now" -le "$not_after" ] ||
    { why='the bundle is older than 24 hours: collect again'; return 1; }
  [ "$now" -ge $((collected - 600)) ] ||
    { why="the node's clock is before the bundle's time"; return 1; }
}

# Whether a script of this plan's shape may run on this shell's node: as root, with its tools.
has_tools() {
  [ "$(id -u)" = 0 ] || { why='this needs root'; return 1; }
  for tool in dmsetup lvchange lvs vgs pvs timeout flock sha256sum awk cmp find xargs grep readlink sync; do
    command -v "$tool" >/dev/null || { why="there is no $tool in PATH"; return 1; }
  done
}

# --- Reading the node: FOLDER gets one file a question --------------------------

# Ends a reading that failed: $why says what.
unread() { # QUESTION FOLDER/ERRORS
  why="$1 failed: $(words_in "$2")"
  return 1
}

# Ends a reading whose helper died or could not write: half of it is no reading.
cut_off() { # QUESTION
  why="$1 was cut off"
  return 1
}

mapping_columns=mangled_name,mangled_uuid,major,minor,open,attr

# The mappings and their tables.
read_mappings() { # FOLDER
  bounded 20 dmsetup info -c --manglename none --noheadings --separator '|' \
    -o "$mapping_columns" >"$1/info" 2>"$1/err" ||
    unread 'dmsetup info' "$1/err" || return 1
  bounded 20 dmsetup table --manglename none >"$1/table" 2>"$1/err" ||
    unread 'dmsetup table' "$1/err" || return 1
  printf '%s\n' "$sys"/block/dm-*/holders/* >"$1/holders"
}

disk_columns=pv_name,pe_start,pv_major,pv_minor,vg_extent_size,vg_uuid,pv_uuid,pv_duplicate
group_columns=vg_uuid,vg_name,vg_missing_pv_count,vg_partial,vg_exported,vg_systemid,vg_lock_type,pv_count,lv_count,vg_seqno

# LVM's groups, volumes and disks; one that cannot be read makes no mapping a leftover.
read_lvm() { # FOLDER
  : >"$1/lvm-failed"
  bounded 30 vgs --readonly --noheadings --separator '|' -o \
    "$group_columns" \
    >"$1/vgs" 2>"$1/lvm-words" || say "vgs ended with $?" >"$1/lvm-failed"
  bounded 30 lvs -a --readonly --noheadings --separator '|' -o vg_uuid,lv_uuid,lv_name,vg_seqno,lv_attr \
    >"$1/lvs" 2>>"$1/lvm-words" || say "lvs ended with $?" >"$1/lvm-failed"
  bounded 30 pvs --readonly --noheadings --separator '|' --units s --nosuffix -o "$disk_columns" \
    >"$1/pvs" 2>>"$1/lvm-words" || say "pvs ended with $?" >"$1/lvm-failed"
  bounded 30 lvs -a --readonly --noheadings --separator '|' -o \
    lv_uuid,lv_name,seg_start_pe,seg_size_pe,seg_pe_ranges,pool_lv_uuid,thin_id \
    >"$1/ranges" 2>>"$1/lvm-words" || say "lvs ended with $?" >"$1/lvm-failed"
}

# The guests of the steps whose pid file names a QEMU that lives, whatever its arguments say.
read_pid_files() { # FOLDER
  awk -F '|' '{ count = split($14, guest, " "); for (i = 1; i <= count; i++) if (!(guest[i] in seen)) {
    seen[guest[i]]; print guest[i] } }' "$1/steps" >"$1/guests" || return 1
  while IFS= read -r guest; do
    read_line "$pid_files/$guest.pid"
    case $line in '' | *[!0-9]*) continue ;; esac
    [ -r "$proc/$line/cmdline" ] || continue
    case $(tr '\0' '\n' <"$proc/$line/cmdline" | head -n 1) in
      */kvm | kvm | *qemu-system-*) say "$guest" || return 1 ;;
    esac
  done <"$1/guests" >"$1/pid-files"
}

# Processes' arguments and running tasks.
read_processes() { # FOLDER
  printf '\0%s\0' "end of $work" >"$1/last" || cut_off "reading $proc" || return 1
  # cat says 1 where a process ended meanwhile, and where it could not write: it came to its end where
  # the last file's words are there, and so did tr.
  status=0
  bounded 10 cat "$proc"/[0-9]*/cmdline "$1/last" >"$1/cmdline" 2>"$1/err" || status=$?
  [ $status -le 1 ] && ! cmp -s "$1/last" "$1/cmdline" && tr '\0' '\n' <"$1/cmdline" >"$1/arguments" &&
    is_to_the_end "$1/arguments" || unread "reading $proc" "$1/err" || return 1
  read_pid_files "$1" || cut_off "reading $pid_files" || return 1
  { read_tasks && say "end of $work"; } >"$1/tasks" && is_to_the_end "$1/tasks" ||
    cut_off "reading $active_tasks" || return 1
}

# Whether a reading has its last words.
is_to_the_end() { [ "$(tail -n 1 "$1")" = "end of $work" ]; } # FILE

# Prints the subjects of tasks that run: their process lives and started when the task did.
read_tasks() {
  [ -e "$active_tasks" ] || return 0
  [ -f "$active_tasks" ] || { say 'unreadable list'; return; }
  while IFS=: read -r word _ pid start _ kind subject || [ -n "$word" ]; do
    case $word$pid$start in
      UPID[0-9A-F]*) ;;
      '') continue ;;
      *) say "unreadable $word" || return; continue ;;
    esac
    # More than eight digits of a pid, or fifteen of a start, are no numbers of Linux.
    if [ ${#pid} -gt 8 ] || [ ${#start} -gt 15 ]; then say "unreadable $pid:$start" || return; continue; fi
    case $pid$start in *[!0-9A-F]*) say "unreadable $pid:$start" || return; continue ;; esac
    read_line "$proc/$((0x$pid))/stat"
    # The 22nd field is the start; the second, the command in brackets, may hold anything.
    started=${line##*) }
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do started=${started#* }; done
    [ "${started%% *}" != $((0x$start)) ] || say "$kind $subject" || return
  done <"$active_tasks"
}

# The guests' configurations: which there are, the lines that name disks and locks of those of the
# steps, and every line that names a mapping or volume of the steps.
read_configurations() { # FOLDER
  if [ -f "$fstab" ]; then cat "$fstab"; fi >"$1/fstab" || cut_off "reading $fstab" || return 1
  for attempt_to_read in 1 2 3; do
    list_configurations "$1" || return 1
    # Before it was looked for configurations, and once more behind that: a guest that is made meanwhile
    # would be in the list, and its lines in nothing that was searched.
    cmp -s "$1/listed" "$1/vmlist" && break
    [ "$attempt_to_read" != 3 ] || { why="guests' configurations changed meanwhile"; return 1; }
  done
  [ ! -f "$fstab" ] || say "$fstab" >>"$1/paths" || cut_off "listing $pve/nodes" || return 1
  search_configurations "$1" && read_pointers "$1"
}

# Lists the configurations, and reads what pmxcfs says of those of the steps.
list_configurations() { # FOLDER
  bounded 20 awk 1 "$pve/.vmlist" >"$1/listed" 2>"$1/err" || unread "reading $pve" "$1/err" || return 1
  bounded 20 find "$pve/nodes" -mindepth 3 -maxdepth 3 -name '*.conf' >"$1/paths" 2>"$1/err" ||
    unread "listing $pve/nodes" "$1/err" || return 1
  awk -F '|' '
    NR == FNR { count = split($14, guest, " "); for (i = 1; i <= count; i++) wanted[guest[i] ".conf"]; next }
    { count = split($0, part, "/"); if (part[count] in wanted) print }
  ' "$1/steps" "$1/paths" >"$1/wanted" || cut_off "listing $pve/nodes" || return 1
  read_cluster "$1"
}

# Finds every line with a name or uuid of the steps, and those that point to a device in another way.
# The last file has one line that is searched for as well: it was found if all was read. grep says 1
# where there is no match; xargs would say 123 for that and for a search that was cut off alike.
search_configurations() { # FOLDER, with the list FOLDER/paths
  say "end of $work" >"$1/end" || cut_off 'searching configurations' || return 1
  awk -F '|' "$reading_of_groups"'
    $6 != "" { print $6 } $7 != "" { print $7 } $10 != "" { print $10 }
    # As in the name of a mapping, which may be older than the name of the volume; and that older name.
    $9 != "" && volume_of($6) != "" { print volume_of($6) }
    gsub("-", "--", $10) { print $10 }
    END { print "/dev/"; print "dm-"; print "ID="; print "LABEL="; print "devices.allow" }
  ' "$1/steps" >"$1/names" && cat "$1/end" >>"$1/names" && cat "$1/paths" >"$1/searched" &&
    say "$1/end" >>"$1/searched" || cut_off 'searching configurations' || return 1
  # shellcheck disable=SC2016 # for the inner shell
  bounded_on "$1/searched" 30 sh -c 'grep -a -H -F -f "$0" -- "$@" || [ $? = 1 ]' "$1/names" \
    >"$1/found" 2>"$1/err" || { unread 'searching configurations' "$1/err"; return 1; }
  if [ -s "$1/err" ] || [ "$(tail -n 1 "$1/found")" != "$1/end:end of $work" ]; then
    unread 'searching configurations to their end' "$1/err"
    return 1
  fi
  sed '$d' "$1/found" >"$1/naming" || cut_off 'searching configurations'
}

# The lines that a configuration's digest is of: none of them is another than when it was collected.
live_lines='^([[]|lock:|template:|vmstate:|fleecing-images:|(ide|scsi|virtio|sata|efidisk|tpmstate|unused|rootfs|mp)[0-9]*:)'

# What pmxcfs says: its lists of nodes and guests, digests of the wanted configurations as of
# grep -E "$live_lines" FILE | sha256sum, and which volumes they attach by a storage: GUEST|STORAGE:VOLUME.
# What PVE activates for a start, other lines of the guest may name as well.
read_cluster() { # FOLDER, with the list FOLDER/wanted
  rm -rf "$1/live"
  for file in members vmlist locked digests attached; do empty "$1/$file" || cut_off "reading $pve" || return 1; done
  { mkdir "$1/live" && say "$pve/.members" && say "$pve/.vmlist" && cat "$1/wanted"; } >"$1/cluster" ||
    cut_off "reading $pve" || return 1
  # shellcheck disable=SC2016 # for awk
  bounded_on "$1/cluster" 20 awk -v pve="$pve/" -v folder="$1/" -v live_lines="$live_lines" '
    FNR == 1 {
      section = 0
      if (out != "") close(out)
      name = substr(FILENAME, length(pve) + 1)
      all = sub(/^\./, "", name)
      if (!all) { sub(/^nodes\//, "", name); gsub("/", ",", name) }
      out = folder (all ? "" : "live/") name
      printf "" > out
    }
    all { print > out; next }
    $0 !~ live_lines { next }
    { print > out }
    /^lock:/ { print name ":" > (folder "locked") }
    /^[[]/ { section = 1; if (tolower($0) ~ /^[[](pve:)?pending\]/) pending[name] }
    !section && match($0, /^(ide|scsi|virtio|sata|efidisk|tpmstate|rootfs|mp)[0-9]*:[ \t]*/) {
      guest = name; sub(/.*,/, "", guest); sub(/\.conf$/, "", guest)
      count = split(substr($0, RLENGTH + 1), part, ",")
      for (i = 1; i <= count; i++) {
        value = part[i]; gsub(/[ \t\r]/, "", value)
        if (!sub(/^(file|volume)=/, "", value) && index(value, "=")) continue
        storage = value
        # base-100-disk-0/vm-101-disk-0: a linked clone is the last part.
        if (!sub(/:.*/, "", storage) || storage ~ /^\//) continue
        sub(/.*[:\/]/, "", value); of[guest "|" storage ":" value] = name }
    }
    # What is pending comes before a start, and may detach a disk.
    END { for (line in of) if (!(of[line] in pending)) print line > (folder "attached") }
  ' 2>"$1/err" || unread "reading $pve" "$1/err" || return 1
  [ ! -s "$1/wanted" ] || (cd "$1/live" && sha256sum -- *) >"$1/digests" 2>"$1/err" ||
    unread 'sha256sum' "$1/err"
}

# Who has files of mappings open: MINOR|PROCESS|NAME. It only names users: the open count decides.
read_users() { # FOLDER
  bounded 10 ls -l "$proc"/[0-9]*/fd 2>/dev/null >"$1/fds"
  awk -v skip="$proc/" '
    /:$/ { process = substr($0, length(skip) + 1); sub("/fd:$", "", process) }
    match($0, / -> \/dev\/dm-[0-9]+$/) {
      user = substr($0, RSTART + 12) "|" process
      if (!(user in seen)) { seen[user]; print user }
    }' "$1/fds" |
    while IFS='|' read -r minor process; do
      read_line "$proc/$process/comm"
      say "$minor|$process|$line"
    done >"$1/users" || cut_off 'listing open files'
}

# Reads all that FOLDER/steps depend on and proves each: FOLDER/verdicts has NUMBER|STATE|WORDS.
# The slowest comes first: what is read last is what may change soonest.
look() { # FOLDER
  why=''
  { empty "$1/verdicts" && empty "$1/users"; } || cut_off 'the proof' || return 1
  read_lvm "$1"
  read_configurations "$1" || return 1
  read_processes "$1" || return 1
  read_mappings "$1" || return 1
  prove "$1" || return 1
  ! grep -q '|in use|' "$1/verdicts" || { read_users "$1" && prove "$1"; }
}

# The verdict on one step: $state and $words.
verdict_on() { # FOLDER NUMBER
  state=unproved words="it was not looked at"
  while IFS='|' read -r number_read state_read words_read; do
    [ "$number_read" = "$2" ] || continue
    state=$state_read words=$words_read
    break
  done <"$1/verdicts"
}

# Where the found lines of this node's configurations and of fstab point to by numbers and links:
# PATH|dm-MINOR and PATH|MAJOR:MINOR, with PATH! where the line is a device of a container, and PATH# where
# one that no digest is of has the number itself. Another node's numbers are of its own devices; what a
# link in /dev/disk is called follows from what is on the disk.
read_pointers() { # FOLDER, with FOLDER/naming
  awk -v here="$pve/nodes/$node/" -v fstab="$fstab" -v dev="$dev" -v links="$1/links" \
    -v live_lines="$live_lines" '
    # fstab writes a blank as \040, and udev calls the link of such a label my\x20disk.
    function unescaped(text,   result, digits) {
      while (match(text, /\\[0-7][0-7][0-7]/)) {
        digits = substr(text, RSTART + 1, 3)
        result = result substr(text, 1, RSTART - 1) sprintf("%c", substr(digits, 1, 1) * 64 + substr(digits, 2, 1) * 8 + substr(digits, 3))
        text = substr(text, RSTART + 4) }
      return result text
    }
    function link_name(text,   result, i, one) {
      for (i = 1; i <= length(text); i++) {
        one = substr(text, i, 1)
        result = result (one in code && one !~ /[0-9A-Za-z#+.:=@_-]/ ? sprintf("\\x%02x", code[one]) : one) }
      return result
    }
    function unquoted(text,   mark) {
      mark = substr(text, 1, 1)
      return length(text) > 1 && (mark == "\"" || mark == "\047") && substr(text, length(text)) == mark ? substr(text, 2, length(text) - 2) : text
    }
    BEGIN { printf "" >links; for (i = 1; i < 128; i++) code[sprintf("%c", i)] = i }
    { at = index($0, ":"); path = substr($0, 1, at - 1); line = substr($0, at + 1) }
    { elsewhere = path != fstab && index(path, here) != 1 }
    path != fstab && line ~ /^dev[0-9]+:/ { path = path "!" }
    path == fstab {
      split(line, word, " "); spec = unescaped(word[1]); at = index(spec, "=")
      if (spec ~ /^((PART)?(UUID|LABEL)|ID)=/) {
        # udev writes most ids in small letters, and mount takes them in both.
        folder = path "|" dev "/disk/by-" tolower(substr(spec, 1, at - 1)) "/"; link = link_name(unquoted(substr(spec, at + 1)))
        print folder link >links
        if (tolower(link) != link) print folder tolower(link) >links
      } else if (index(spec, "/dev/") == 1) print path "|" dev substr(spec, 5) >links
    }
    {
      rest = line
      while (match(rest, /\/dev\/[^][ \t,;|<>(){}"\047]+/)) {
        link = substr(rest, RSTART + 4, RLENGTH - 4); rest = substr(rest, RSTART + RLENGTH)
        if (elsewhere && index(link, "/disk/") != 1) continue
        print path "|" dev link >links
        if (sub(/[.:]+$/, "", link)) print path "|" dev link >links
        # JSON doubles what begins the \x20 of udev.
        if (gsub(/\\\\/, "\\", link)) print path "|" dev link >links
      }
      if (elsewhere) next
      numbered = path
      if (path != fstab && line !~ live_lines) { sub(/!$/, "", numbered); numbered = numbered "#" }
      rest = " " line
      while (match(rest, /[^0-9A-Za-z_-]dm-[0-9]+/)) {
        print numbered "|" substr(rest, RSTART + 1, RLENGTH - 1); rest = substr(rest, RSTART + RLENGTH) }
      rest = " " line
      while (match(rest, /[^0-9A-Za-z:.][0-9]+:[0-9]+/)) {
        print numbered "|" substr(rest, RSTART + 1, RLENGTH - 1); rest = substr(rest, RSTART + RLENGTH) }
    }
  ' "$1/naming" >"$1/pointers" && cut -d '|' -f 2- "$1/links" >"$1/link-paths" ||
    cut_off 'following links' || return 1
  bounded_on "$1/link-paths" 10 readlink -m -- >"$1/targets" 2>"$1/err" ||
    { unread 'following links' "$1/err"; return 1; }
  awk -F '|' '
    what == "links" { path[FNR] = $1; links++; next }
    { targets++ }
    match($0, /\/dm-[0-9]+$/) { print path[FNR] "|" substr($0, RSTART + 1) }
    END { exit links != targets }
  ' what=links "$1/links" what=targets "$1/targets" >>"$1/pointers" || unread 'following links' "$1/err"
}

# --- LVM's answers ----------------------------------------------------------------------

# The part of an awk that takes in the groups and volumes of read_lvm and says what is wrong with one
# group's: a volume that is not printed is gone only where all of its group were.
# shellcheck disable=SC2016 # for awk
reading_of_groups='
    # The volume that the name of a mapping says: it may have been renamed since.
    function volume_of(text) {
      gsub("--", "\001", text); sub(/^[^-]*-?/, "", text); gsub("\001", "-", text); return text
    }
    function trim(text) { sub(/^ +/, "", text); sub(/ +$/, "", text); return text }
    what == "vgs" && NF == 10 {
      group = trim($1); groups[group]++; group_name[group] = trim($2); promised_disks[group] = trim($8)
      promised[group] = trim($9); state_of[group] = trim($10)
      if ($3 !~ /^ *0$/ || $4 != "") spoiled[group] = "a physical volume is missing"
      else if ($5 != "") spoiled[group] = "the group is exported"
      else if ($6 != "" && $6 != host) spoiled[group] = "the group belongs to the system " $6
      else if ($7 != "" && $7 != "none") spoiled[group] = "the group is locked by " $7
      next
    }
    what == "lvs" && NF == 5 {
      group = trim($1); found = trim($3); kind[group " " $2] = trim($5); group_with[$2] = group; living[group " " $2] = found; called[group " " found] = $2
      if (trim($4) != state_of[group]) spoiled[group] = "its metadata changed while it was read"
      if (found !~ /^\[/ && !((group " " $2) in counted)) { counted[group " " $2]; printed[group]++ }
      next
    }
    what == "pvs" && NF == 8 {
      group = trim($6); id = trim($7); plain_id = id; gsub("-", "", plain_id)
      is_disk[trim($3) ":" trim($4)]; is_disk_of[group " " trim($3) ":" trim($4)]; printed_disks[group]++
      disks_of[group] = disks_of[group] " " trim($1) " " id " " plain_id; is_name_of_disk[group " " trim($1)]
      # A copy may be printed without a group, or like any other.
      if (trim($8) != "" || id in seen_disk) is_copied[id]
      seen_disk[id]; ids_of[group] = ids_of[group] " " id
      if (trim($1) ~ /^\/dev\/(zd|rbd|nbd)/) spoiled[group] = "it lies on " trim($1) ", as groups of guests do"
    }
    what == "ranges" && NF == 7 {
      segment = trim($5); gsub(/ +/, ",", segment)
      if (segment == "" && trim($7) != "") segment = "thin:" trim($7)
      segment = trim($3) "+" trim($4) "@" segment; id = trim($1)
      if (id in extents_of) segment = extents_of[id] ";" segment
      extents_of[id] = segment
    }
    what == "lvm-words" { warnings[++warning_count] = $0; next }
    what == "lvm-failed" { lvm_failure = $0; next }
    # Whether LVM saw a volume on other disks than it takes for the group: they are its own too, or it has the
    # multipath map where the volume has a path. That is no sign against the metadata.
    function is_mismatch(text, group,   list, i, all) {
      if (text !~ /^ *WARNING: Device mismatch detected for .* accessing .* instead of /) return 0
      all = text; sub(/.* accessing /, "", all); sub(/ instead of .*/, "", all)
      for (i = split(all, list, /[ ,]+/); i > 0; i--) if (!((group " " list[i]) in is_name_of_disk)) break
      if (i == 0) return 1
      all = text; sub(/.* instead of /, "", all); sub(/\.? *$/, "", all)
      # A glance has no maps: the look before it had.
      for (i = split(all, list, /[ ,]+/); i > 0; i--) if (!(list[i] in is_map) && !is_glance) return 0
      return 1
    }
    # Whether text names a group, and not only a volume in it.
    function names_group(text, word,   at, after) {
      while (word != "" && (at = index(text, word))) {
        text = substr(text, at + length(word)); after = text
        sub(/^\.+([^0-9A-Za-z_.+-]|$)/, " ", after)
        if (after !~ /^[0-9A-Za-z_.+-]/ && after !~ /^\/[0-9A-Za-z_.+-]/) return 1 }
      return 0
    }
    # What is wrong with what LVM says of a group, and of a volume in it.
    function group_fault(group, of_volume,   word, list, i) {
      if (lvm_failure != "") return "LVM could not be read: " lvm_failure
      if (groups[group] != 1) return "LVM does not show the volume group " group " once"
      if (group in spoiled) return spoiled[group]
      if (promised[group] !~ /^[0-9]+$/ || printed[group] + 0 != promised[group])
        return "LVM printed " printed[group] + 0 " of " promised[group] " volumes of the group"
      if (printed_disks[group] + 0 != promised_disks[group])
        return "LVM printed " printed_disks[group] + 0 " of " promised_disks[group] " disks of the group"
      for (i = split(ids_of[group], list, " "); i > 0; i--)
        if (list[i] in is_copied) return "a physical volume appears twice"
      for (word = 1; word <= warning_count; word++) {
        if (of_volume != "" && names(warnings[word], group_name[group] "/" of_volume)) return "LVM warned: " warnings[word]
        if (is_mismatch(warnings[word], group)) continue
        if (names_group(warnings[word], group_name[group]) || index(warnings[word], group))
          return "LVM warned: " warnings[word]
        # Of a disk, by its path or its number: it may be copied, or its newest metadata damaged.
        for (i = split(disks_of[group], list, " "); i > 0; i--)
          if (names(warnings[word], list[i])) return "LVM warned: " warnings[word] }
      return ""
    }
    # Whether text names word or a partition of it, and not a longer word that begins like it.
    function names(text, word,   at, after) {
      while (word != "" && (at = index(text, word))) {
        text = substr(text, at + length(word)); after = text
        sub(/^(p|-part|_part|_|-)[0-9]+/, "", after); sub(/^\.+([^0-9A-Za-z_.+-]|$)/, " ", after)
        if (after !~ /^[0-9A-Za-z_.+-]/) return 1 }
      return 0
    }
'

# --- The proof ----------------------------------------------------------------

# Joins the readings. A step is still true, gone, changed, in use or unproved.
prove() { # FOLDER
  # A glance has the mappings of one step alone.
  is_glance=''
  [ "$1" != "$work/now" ] || is_glance=yes
  awk -F '|' -v node="$node" -v host="$host" -v pve="$pve" -v sys="$sys" -v fstab="$fstab" \
    -v is_glance="$is_glance" -v live_lines="$live_lines" "$reading_of_groups"'
    what == "steps" {
      order[++count] = $1; parent[$1] = $3; name[$1] = $6; uuid[$1] = $7; attributes[$1] = $8
      action[$1] = $5; volume[$1] = $9; volume_name[$1] = $10; namesake[$1] = $11; sequence[$1] = $12
      escaped_name[$1] = $10; gsub("-", "--", escaped_name[$1])
      old_name[$1] = $9 == "" ? "" : volume_of($6)
      quorum[$1] = $13; guests[$1] = $14; configurations[$1] = $15; attachments[$1] = $16
      extents[$1] = $17; own_group[$1] = $18; called_group[$1] = $19; table[$1] = $20; sub(/;$/, "", table[$1])
      if ($3 != "") children[$3] = children[$3] " " $1
      next
    }
    what == "info" && NF == 6 {
      rows[$1]++; uuid_of[$1] = $2; device[$1] = $3 ":" $4; minor[$1] = $4; open[$1] = $5
      attributes_of[$1] = $6; name_by_minor[$4] = $1
      if ($2 != "") name_by_uuid[$2] = $1
      if ($2 ~ /^mpath-/) { is_map["/dev/mapper/" $1]; is_map["/dev/dm-" $4] }
      next
    }
    what == "table" {
      at = index($0, ": ")
      if (at) { key = substr($0, 1, at - 1); line = trim(substr($0, at + 2)); lines[key]++
        table_of[key] = (lines[key] == 1 ? "" : table_of[key] ";") line }
      next
    }
    what == "holders" {
      split(substr($0, length(sys) + 1), part, "/")
      if (part[5] != "*") holders[substr(part[3], 4)] = holders[substr(part[3], 4)] " " part[5]
      next
    }
    what == "mounts" {
      split($0, part, " "); mounted[part[3]] = part[5]
      if (part[5] == pve) pmxcfs = 1
      next
    }
    what == "swaps" { split($0, part, " "); if (part[1] ~ /^\/dev\/dm-[0-9]+$/) swap[substr(part[1], 9)]; next }
    what == "users" { users[$1] = users[$1] ", process " $2 " (" $3 ")"; next }
    what == "pid-files" { process[$0]; next }
    what == "arguments" { if (previous == "-id") process[$0]; previous = $0; next }
    what == "sockets" {
      if (match($0, /@\/var\/lib\/lxc\/[0-9]+\/command/)) {
        id = substr($0, RSTART + 14); sub("/.*", "", id); container[id] }
      next
    }
    what == "members" { members = members $0; next }
    what == "vmlist" {
      line = $0
      while (match(line, /"[0-9]+" *: *[{] *"node" *: *"[^"]*"/)) {
        entry = substr(line, RSTART + 1, RLENGTH - 2); line = substr(line, RSTART + RLENGTH)
        id = entry; sub(/".*/, "", id); sub(/.*"/, "", entry); owner[id] = entry
        if (match(line, /^ *, *"type" *: *"[^"]*"/)) {
          entry = substr(line, RSTART, RLENGTH - 1); sub(/.*"/, "", entry); folder_of[id] = entry == "qemu" ? "qemu-server" : entry } }
      list = list $0
      next
    }
    what == "tasks" && $0 !~ /^end of / { tasks[++task_count] = $0; next }
    what == "paths" {
      path = substr($0, length(pve) + 8); n = split(path, part, "/")
      if (n == 3 && (part[2] == "qemu-server" || part[2] == "lxc")) {
        if (part[1] != node) others_node = part[1]
        id = part[3]; sub(/\.conf$/, "", id); live[id] = live[id] " " path }
      next
    }
    what == "digests" { split($0, part, "  "); gsub(",", "/", part[2]); digest[part[2]] = part[1]; next }
    what == "attached" { attached[$1 "|" $2]; next }
    what == "locked" { line = $0; sub(/:.*/, "", line); gsub(",", "/", line); locked[line]; next }
    what == "naming" {
      at = index($0, ":"); naming_path[++naming_count] = substr($0, 1, at - 1)
      naming[naming_count] = substr($0, at + 1)
      next
    }
    what == "pointers" { pointers[$2] = pointers[$2] " " $1; next }
    what == "journal" {
      if ($6 "" != "" && $8 "" != "skipped") { did[$6 "|" $7] = $8; at_time[$6 "|" $7] = $1 }
      next
    }

    # A user of a mapping, in words.
    function user(minor_number, device_number,   words, list, i, n) {
      words = ""
      n = split(holders[minor_number], list, " ")
      for (i = 1; i <= n; i++) {
        holder = list[i] ~ /^dm-/ && (substr(list[i], 4) in name_by_minor) ? "mapping " name_by_minor[substr(list[i], 4)] : list[i]
        words = words ", " holder
      }
      if (device_number in mounted) words = words ", mounted at " mounted[device_number]
      if (minor_number in swap) words = words ", swap"
      return words == "" && users[minor_number] == "" ? "" : " by " substr(words users[minor_number], 3)
    }

    # What an earlier run of this plan did to a mapping that is gone.
    function earlier(n,   key) {
      key = name[n] "|" (uuid[n] == "" ? "-" : uuid[n])
      if (did[key] == "removed") return "; this script removed it at " at_time[key]
      return did[key] == "removing" ? "; a run that was cut off was removing it at " at_time[key] : ""
    }

    # The pieces of the proof; each returns what is wrong, or nothing.
    function mapping_fault(n,   key, list, i, k, expected, allowed) {
      key = name[n]
      if (uuid[n] != "") {
        if (!(uuid[n] in name_by_uuid))
          return "gone|" (key in rows ? "; its name belongs to another mapping now" : "") earlier(n)
        if (name_by_uuid[uuid[n]] "" != key "") return "changed|the mapping is called " name_by_uuid[uuid[n]] " now"
      } else {
        if (!(key in rows)) return "gone|" earlier(n)
        if (uuid_of[key] != "") return "changed|another mapping has the name, with the uuid " uuid_of[key]
      }
      if (rows[key] != 1) return "unproved|dmsetup prints the name more than once"
      if (attributes_of[key] "" != attributes[n] "") return "changed|its state is " attributes_of[key] ", not " attributes[n]
      if (table_of[key] "" != table[n] "") return "changed|its table is " table_of[key]
      expected = 0; allowed = " "
      k = split(children[n], list, " ")
      for (i = 1; i <= k; i++) if (uuid[list[i]] in name_by_uuid) {
        expected++; allowed = allowed "dm-" minor[name_by_uuid[uuid[list[i]]]] " " }
      k = split(holders[minor[key]], list, " ")
      for (i = 1; i <= k; i++) if (!index(allowed, " " list[i] " ")) return "in use|" user(minor[key], device[key])
      if (open[key] != expected || device[key] in mounted || minor[key] in swap)
        return "in use|open " open[key] " times" user(minor[key], device[key])
      return ""
    }
    function volume_fault(n,   part, group, key, now, fault) {
      if (volume[n] == "") return ""
      split(volume[n], part, " "); group = part[2]; key = group " " part[3]
      fault = group_fault(group, volume_name[n])
      if (fault != "") return "unproved|" fault
      if (group_name[group] "" != called_group[n] "") return "changed|its group is called " group_name[group] " now: collect again"
      if (part[1] == "absent") {
        if (!(key in living) && part[3] in group_with) return "changed|LVM has the volume in the group " group_name[group_with[part[3]]]
        fault = is_glance ? "" : place_fault(n, group)
        if (fault != "") return fault
        if (key in living) return "changed|LVM has the volume again, as " living[key]
        # With or without a living volume of its name it is another case, with other rules.
        now = called[group " " volume_name[n]]
        if (now "" == namesake[n] "") return ""
        return "changed|" (now == "" ? "the volume that had its name is gone" : "LVM has another volume of its name now") ": collect again"
      }
      if (!(key in living)) return "changed|LVM no longer has the volume"
      if (living[key] "" != volume_name[n] "") return "changed|the volume is called " living[key] " now"
      if (sequence[n] != "" && sequence[n] "" != state_of[group] "")
        return "changed|the metadata of its group were changed, and with them perhaps its size or place: collect again"
      if (extents[n] != "" && extents[n] "" != extents_of[part[3]] "")
        return "changed|LVM has the volume at another place or of another size now: collect again"
      return action[n] == "deactivate" ? kind_fault(n, kind[key]) : ""
    }
    function plain(text) { gsub("-", "", text); return trim(text) }
    function whole_disk(number,   part) {
      split(number, part, ":")
      if (part[1] != 8 && !(part[1] >= 65 && part[1] <= 71) && !(part[1] >= 128 && part[1] <= 135)) return number
      return part[1] ":" (part[2] - part[2] % 16)
    }
    # A leftover whose disk is no longer one of its group: nobody knows whose blocks these are.
    function place_fault(n, group,   line, part, i, j, count_, at) {
      for (i = split(table[n], line, ";"); i > 0; i--) {
        split(line[i], part, " ")
        count_ = part[3] == "linear" ? 1 : part[3] == "striped" ? part[4] : 0
        for (j = 0; j < count_; j++) {
          at = part[3] == "linear" ? part[4] : part[6 + 2 * j]
          if (!((group " " at) in is_disk_of) && !is_layer(at, group) && !is_path(at))
            return "unproved|its table lies on " at ", which is no disk of its group" }
      }
      return ""
    }
    function is_layer(number, group,   key) {
      for (key in device) if (key in uuid_of && device[key] "" == number "" && index(uuid_of[key], "LVM-" plain(group)) == 1) return 1
      return 0
    }
    # A path of a multipath map: which of the two the table names is no sign.
    function is_path(number,   key) {
      number = whole_disk(number)
      for (key in table_of) if (uuid_of[key] ~ /^mpath-/ && index(table_of[key] " ", " " number " ")) return 1
      return 0
    }
    # Another mapping on the same blocks: which of them lives nobody can say, unless LVM has the other one.
    function overlap_fault(n,   line, part, i, j, count_, key, id, pieces, place, first, size, one, own) {
      own = name[n]; pieces = 0
      for (i = split(table[n], line, ";"); i > 0; i--) {
        split(line[i], part, " ")
        count_ = part[3] == "linear" ? 1 : part[3] == "striped" ? part[4] : 0
        for (j = 0; j < count_; j++) {
          pieces++; place[pieces] = part[3] == "linear" ? part[4] : part[6 + 2 * j]
          first[pieces] = part[3] == "linear" ? part[5] : part[7 + 2 * j]; size[pieces] = part[2] / count_ } }
      if (!pieces) return ""
      for (key in table_of) {
        if (key "" == own "") continue
        id = uuid_of[key]
        if (action[n] == "remove-by-uuid" && id ~ /^LVM-/ && length(id) == 68 && (substr(id, 5) in is_living)) continue
        for (i = split(table_of[key], line, ";"); i > 0; i--) {
          split(line[i], part, " ")
          count_ = part[3] == "linear" ? 1 : part[3] == "striped" ? part[4] : 0
          for (j = 0; j < count_; j++)
            for (one = 1; one <= pieces; one++)
              if ((part[3] == "linear" ? part[4] : part[6 + 2 * j]) "" == place[one] "" &&
                (part[3] == "linear" ? part[5] : part[7 + 2 * j]) + 0 < first[one] + size[one] &&
                first[one] + 0 < (part[3] == "linear" ? part[5] : part[7 + 2 * j]) + part[2] / count_)
                return "changed|the mapping " key " has its blocks, too" } }
      return ""
    }
    # What LVM would do to more than this volume, or not undo; and kinds that write metadata of their own
    # when they are taken down, which another node may have in use.
    function kind_fault(n, flags) {
      if (flags ~ /^[oOsS]/) return "changed|LVM would deactivate the snapshots and their origin together"
      if (flags !~ /^V/ && substr(flags, 10, 1) == "k")
        return "changed|it has the flag of LVM to skip activation, and PVE would not activate it again"
      if (flags !~ /^[-V]/ && quorum[n] != "") return "changed|its attributes in LVM are " flags
      return ""
    }
    # A physical volume is open for nobody, and yet needed. What a guest has as a disk is its own to use.
    function disk_fault(n,   list, i) {
      if (lvm_failure != "") return "unproved|LVM could not be read: " lvm_failure
      if (!(device[name[n]] in is_disk)) return ""
      if (own_group[n] != "")
        for (i = split(guests[n], list, " "); i > 0; i--) if (has_attached(n, list[i])) return ""
      return "in use|it is a physical volume"
    }
    function cluster_fault(n) {
      if (!pmxcfs) return "unproved|" pve " is not mounted: is pve-cluster running?"
      if (members !~ /^[{].*[}][ \t]*$/ || list !~ /^[{].*[}][ \t]*$/) return "unproved|" pve "/.members or .vmlist is incomplete"
      if (!match(members, /"nodename" *: *"[^"]*"/)) return "unproved|" pve "/.members names no node"
      word = substr(members, RSTART, RLENGTH - 1); sub(/.*"/, "", word)
      if (word != node) return "changed|the node is called " word " now"
      if (quorum[n] == "alone" && members !~ /"cluster" *:/ && others_node != "")
        return "unproved|there are configurations of the node " others_node ", and no cluster"
      if (quorum[n] == "1" && members !~ /"cluster" *:/) return "unproved|the node was in a cluster, and " pve "/.members has none"
      if (quorum[n] != "" && members ~ /"cluster" *:/ && members !~ /"quorate" *: *1[^0-9]/)
        return "unproved|the cluster is not quorate, and the storage is shared"
      return ""
    }
    function guest_fault(n,   list, i, k, id, expected, part, m, j, seen, text) {
      k = split(guests[n], list, " ")
      for (i = 1; i <= k; i++) {
        id = list[i]
        if (id in process) return "in use|guest " id " has a process"
        if (id in container) return "in use|container " id " runs"
        for (j = 1; j <= task_count; j++) {
          text = tasks[j]; gsub(/[^0-9A-Za-z]+/, " ", text)
          if (index(" " text " ", " " id " ")) return "changed|a task runs: " tasks[j] }
        expected = ""; seen = 0
        m = split(configurations[n], part, " ")
        for (j = 1; j <= m; j++) {
          path = part[j]; sub(/=.*/, "", path); text = path; sub(".*/", "", text)
          if (text != id ".conf") continue
          seen++
          if (!index(live[id] " ", " " path " ")) return "changed|the configuration " path " is gone"
          if (path in locked) return "changed|guest " id " is locked"
          if (digest[path] != substr(part[j], length(path) + 2)) return "changed|the configuration " path " was changed"
          text = path; sub("/.*", "", text)
          if (owner[id] != text) return "changed|guest " id " belongs to " (id in owner ? owner[id] : "no node") " by .vmlist" }
        m = split(live[id], part, " ")
        if (m != seen) return "changed|guest " id " has a configuration now:" live[id]
        if (seen == 0 && id in owner) return "changed|guest " id " is on " owner[id] " now"
      }
      for (j = 1; j <= task_count; j++) {
        if (tasks[j] ~ /^unreadable/) return "unproved|the list of tasks has a line that cannot be read"
        if (tasks[j] ~ /^vzdump :/) return "changed|a backup of several guests runs"
        if (tasks[j] ~ /^imgdel :/ && volume_name[n] ~ /^del-/) return "changed|a task runs that deletes volumes"
        if (volume_name[n] != "" && index(tasks[j], volume_name[n])) return "changed|a task runs: " tasks[j] }
      return ""
    }
    # The guests whose configuration may name what a step is about by a line that no digest covers: those of
    # a volume that LVM has, or has anew. Nothing named what LVM has no more, never had, or a partition:
    # whoever does now needs it.
    function may_name(n,   part) {
      if (parent[n] != "" || volume[n] == "") return ""
      split(volume[n], part, " ")
      return part[1] == "absent" && namesake[n] == "" ? "" : guests[n]
    }
    # Whether a guest has the volume attached as the plan expects: then PVE activates it for a start.
    function has_attached(n, id,   list, i, k) {
      k = split(attachments[n], list, " ")
      for (i = 1; i <= k; i++) if ((id "|" list[i]) in attached) return 1
      return 0
    }
    # A guest whose configuration was not found where .vmlist has it may name anything.
    function guests_fault(   id, least) {
      for (id in owner) if (!index(live[id] "", " " owner[id] "/" folder_of[id]) && (least == "" || id + 0 < least + 0)) least = id
      if (least != "") return "the configuration of guest " least " is missing, which .vmlist has on " owner[least]
      for (id in live) if (!(id in owner) && (least == "" || id + 0 < least + 0)) least = id
      return least == "" ? "" : ".vmlist lacks guest " least ", which has a configuration"
    }
    function guest_of(path) { sub(".*/", "", path); sub(/\.conf$/, "", path); return path }
    # What is wrong with a line of a file that names what a step is about. A line that no digest covers may
    # be new: it needs what PVE would not activate, unless the guest has that attached, wherever the guest
    # is now. A device of a container (dev0) is looked at before its disks are activated. A number or uuid
    # means this very mapping, which is attached only if LVM has it.
    function foreign(n, path, own, is_by_name, is_device,   id) {
      if (path == fstab) return "changed|fstab names it"
      id = guest_of(path)
      if (!index(" " own " ", " " id " ")) return "changed|the configuration of guest " id " names it now"
      if (!is_device && (is_by_name || volume[n] ~ /^present /) && has_attached(n, id)) return ""
      return "changed|another line of the configuration of guest " id " names it than one that attaches it"
    }
    function naming_fault(n,   own, line, path, has_uuid, is_number, is_device, fault, list, j, k) {
      own = may_name(n)
      for (j = 1; j <= naming_count; j++) {
        line = naming[j]; has_uuid = uuid[n] != "" && index(line, uuid[n])
        if (!has_uuid && !(index(line, name[n]) && names(line, name[n])) &&
          !(index(line, volume_name[n]) && names(line, volume_name[n])) &&
          !(index(line, escaped_name[n]) && names(line, escaped_name[n])) &&
          !(index(line, old_name[n]) && names(line, old_name[n]))) continue
        # What a name means is judged with its storage, and a digest covers the line; where a link leads, none does.
        if (parent[n] == "" && line ~ live_lines && index(" " guests[n] " ", " " guest_of(naming_path[j]) " ")) continue
        fault = foreign(n, naming_path[j], own, !has_uuid, line ~ /^dev[0-9]+:/)
        if (fault != "") return fault }
      k = split(pointers["dm-" minor[name[n]]] pointers[device[name[n]]], list, " ")
      for (j = 1; j <= k; j++) {
        path = list[j]; is_number = sub(/#$/, "", path); is_device = sub(/!$/, "", path)
        fault = foreign(n, path, own, 0, is_device)
        # The next activation gives another number, and this one to another mapping.
        if (fault == "" && is_number) fault = "changed|" path " has its number, which will be another"
        if (fault != "") return fault }
      return ""
    }
    END {
      for (key in living) { id = key; sub(/ /, "", id); is_living[plain(id)] }
      lacking = guests_fault()
      for (i = 1; i <= count; i++) {
        n = order[i]; fault = mapping_fault(n)
        if (parent[n] == "") {
          if (fault == "") fault = cluster_fault(n)
          if (fault == "") fault = guest_fault(n)
          if (fault == "") fault = volume_fault(n)
          if (fault == "" && !is_glance && action[n] != "deactivate") fault = overlap_fault(n)
        }
        if (fault == "") fault = disk_fault(n)
        if (fault == "") fault = naming_fault(n)
        if (fault == "" && lacking != "") fault = "unproved|" lacking
        said[n] = fault == "" ? "true|" : fault
      }
      # A partition that is not free speaks for its parent.
      for (i = 1; i <= count; i++) {
        n = order[i]
        if (parent[n] != "" && said[n] !~ /^(true|gone)\|/ && said[parent[n]] ~ /^true/) {
          at = index(said[n], "|")
          said[parent[n]] = substr(said[n], 1, at) "partition " name[n] ": " substr(said[n], at + 1) }
      }
      for (i = 1; i <= count; i++) {
        fault = order[i] "|" said[order[i]]
        gsub(/[^ -~]/, "?", fault)
        print fault
      }
    }
  ' what=steps "$1/steps" what=info "$1/info" what=table "$1/table" what=holders "$1/holders" \
    what=mounts "$proc/self/mountinfo" what=swaps "$proc/swaps" what=users "$1/users" \
    what=vgs "$1/vgs" what=lvs "$1/lvs" what=pvs "$1/pvs" what=ranges "$1/ranges" what=lvm-words "$1/lvm-words" \
    what=lvm-failed "$1/lvm-failed" what=arguments "$1/arguments" what=pid-files "$1/pid-files" what=sockets "$proc/net/unix" \
    what=members "$1/members" what=vmlist "$1/vmlist" what=tasks "$1/tasks" what=paths "$1/paths" \
    what=digests "$1/digests" what=attached "$1/attached" what=locked "$1/locked" what=naming "$1/naming" \
    what=pointers "$1/pointers" FS='\t' what=journal "$done_before" >"$1/verdicts" ||
    cut_off 'the proof'
}

# --- Records --------------------------------------------------------------------

# One line to the log and to syslog: TIME NODE PLAN PHASE RULE MAPPING UUID OUTCOME WORDS, by tabs.
# What could not be written is named by $unwritten: nothing is removed then, and the run ends.
journal() { # OUTCOME WORDS
  entry=$(printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$node" \
    "$plan" "$phase" "$rule" "$mapping" "${uuid:--}" "$1" "$2")
  for file in "$log" "$state_dir/$plan.journal"; do
    { printf '%s\n' "$entry" >>"$file"; } 2>"$work/err" || unwritten=$file
  done
  if command -v logger >/dev/null; then
    bounded 5 logger -t dmtools-cleanup -- "$1: $mapping ${uuid:--} ($rule) $2"
  fi
}

# What earlier runs of this plan did, for the proof to say of what is gone.
read_journal() {
  done_before=$work/earlier
  : >"$done_before"
  [ ! -f "$state_dir/$plan.journal" ] || tail -c 16000000 "$state_dir/$plan.journal" >"$done_before"
}

# Writes down how to put a mapping back, and waits until that is on the disk. A full disk cuts a record:
# only one with its end counts, and each begins on a line of its own.
record_undo() { # FOLDER
  # Mappings below it may have other numbers by then: they are found by uuid. The table is the plan's
  # where the reading that proved the step still has it; an awk that dies has said nothing.
  below=$(awk -F '|' -v name="$mapping" -v table="$table" '
    what == "table" && index($0, name ": ") == 1 {
      line = substr($0, length(name) + 3); sub(/ +$/, "", line); live = live separator line; separator = ";" }
    what == "info" && NF == 6 && $2 != "" && index(table "; ", " " $3 ":" $4 " ") + index(table ";", " " $3 ":" $4 ";") {
      below = below (below == "" ? "" : " ") $3 ":" $4 "=" $2 }
    END { if (live "" != table "") exit 1; print below }
  ' what=table "$1/table" what=info "$1/info") || { unwritten=$undo_file; return; }
  # Disks, too: by then another one may have the number. What LVM activates it finds itself.
  if [ "$action" != deactivate ]; then
    number_disks
    for pair in $disks; do
      case " $below" in *" ${pair%%=*}="*) ;; *) below="$below${below:+ }$pair" ;; esac
    done
  fi
  {
    printf '\n%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s\n' undo "$phase" "$rule" "$action" "$mapping" "$uuid" \
      "$volume" "$locked_guests" "$below" "$attributes" "$table" end >>"$undo_file" &&
      bounded 60 sync "$undo_file" "$state_dir/$plan.journal" "$state_dir"
  } 2>"$work/err" || unwritten=$undo_file
}

# The disks that $table lies on, with the numbers that the kernel gives to each but once: DISK=diskseq:N
# in $disks. One without, of a kernel before 5.15, or one that others use, is named by $unnumbered.
number_disks() {
  disks='' unnumbered=''
  for word in $table; do
    case $word in *[!0-9:]* | *:*:* | :* | *:) continue ;; *:*) ;; *) continue ;; esac
    line=''
    ! is_undivided "$word" || read_sequence "$word"
    if [ -n "$line" ]; then disks="$disks $word=diskseq:$line"; else unnumbered=$word; fi
  done
}

# Whether a disk has no partitions, and it and what it is a partition of no users but mappings, whose
# tables say what they use of it.
is_undivided() { # MAJOR:MINOR
  for path in "$sys/dev/block/$1"/*/partition "$sys/dev/block/$1/../holders"/*; do
    [ ! -e "$path" ] || return 1
  done
  for path in "$sys/dev/block/$1/holders"/*; do
    case $path in */dm-*) ;; *) [ ! -e "$path" ] || return 1 ;; esac
  done
}

# Puts the number of a disk, or of the disk of a partition, into $line.
read_sequence() { # MAJOR:MINOR
  read_line "$sys/dev/block/$1/diskseq"
  [ -n "$line" ] || read_line "$sys/dev/block/$1/../diskseq"
  case $line in *[!0-9]*) line='' ;; esac
}

# What a person should know where the way back may be closed.
tell_of_undo() {
  [ "$action" = remove-by-name ] || return 0
  number_disks
  [ -z "$unnumbered" ] ||
    say "            --undo cannot put it back where $unnumbered is no disk of a volume group: nothing will say whether its blocks are free"
}

# Takes the last record back: its mapping was not removed.
forget_undo() { { printf '\nkept\n' >>"$undo_file"; } 2>"$work/err" || unwritten=$undo_file; }

# Prints the records of what was removed, the last first.
undo_records() { # FILE
  [ -f "$1" ] || return 0
  awk '
    /^undo\|.*\|end$/ { line[++count] = $0 }
    $0 == "kept" && count > 0 { count-- }
    END { while (count > 0) print line[count--] }' <"$1"
}

# --- Under PVE's locks --------------------------------------------------------------

# Takes each lock file, then runs the command; PVE holds the same locks while it works on a guest.
with_locks() { # COMMAND FILE...
  command=$1
  shift
  if [ $# -eq 0 ]; then
    "$command"
    return
  fi
  # Opening a pipe that nobody reads never ends.
  [ -f "$1" ] || [ ! -e "$1" ] || { result busy "$1 is no lock file"; return; }
  (
    held=$1
    shift
    flock -n 9 || { result busy "PVE holds $held"; exit 0; }
    with_locks "$command" "$@"
  ) 9>>"$1"
}

# Runs a command under the locks of all guests of a step: VMs', containers', both for a guest without
# configuration. Without one of them it does not run. No list of them is ever written that could be
# read cut off, and none is left out: only a step without guests has none.
under_locks() { # COMMAND GUESTS CONFIGURATIONS
  # PVE makes these folders as well, when it starts its first guest.
  (umask 022 && mkdir -p "$locks/qemu-server" "$locks/lxc")
  given=$2 configured=" $3"
  set -- "$1"
  for guest in $given; do
    case $configured in
      */qemu-server/"$guest".conf=*) set -- "$@" "$locks/qemu-server/lock-$guest.conf" ;;
      */lxc/"$guest".conf=*) set -- "$@" "$locks/lxc/pve-config-$guest.lock" ;;
      *) set -- "$@" "$locks/qemu-server/lock-$guest.conf" "$locks/lxc/pve-config-$guest.lock" ;;
    esac
  done
  (
    # A signal waits for the end of the step, with a lock or without, and no key stops it while it holds one.
    trap '' TERM HUP INT QUIT TSTP TTIN TTOU
    hurried=yes
    with_locks "$@"
  )
}

# How a step ended; read by who started it, since it ran in a shell of its own.
result() { { printf '%s|%s\n' "$1" "$2" >"$work/result"; } 2>"$work/err"; }

# Puts a tool's status and words into $words. Where it was stopped while it waited for udev, the cookie
# that it waited with has nobody any more who takes it away.
say_how_it_ended() {
  words=$(words_in "$work/words")
  words=${words% }
  words="ended with $status${words:+: $words}"
  case $status in 124 | 137)
    words="$words; it was stopped after five seconds and may have left a cookie: look at dmsetup udevcookies" ;;
  esac
}

# Whether a tool would hang on udev with the guest's lock held: others wait for it, and it does not
# come to an end. A cookie that stays where udev is idle is a leftover, and nobody waits for it.
is_udev_stuck() {
  bounded 5 dmsetup udevcookies >"$work/cookies" 2>"$work/err" || return
  grep -q '^ *0x' "$work/cookies" && ! bounded 10 udevadm settle -t 3 >"$work/err" 2>&1
}

# Proves anew all that PVE or a person on this node can have changed since the look, and removes the
# mapping. LVM's metadata are not read again while a guest might wait: its lock keeps no other node
# from changing them, and nothing here relies on that. lvchange finds the volume by its uuid under
# LVM's own lock or does nothing; a volume that LVM has no more does not come back by its old uuid.
remove_locked() {
  { is_right_node && is_in_time; } || { result unproved "$why"; return; }
  glance "$work/now" || { result again "$why"; return; }
  verdict_on "$work/now" "$number"
  [ "$state" = true ] && verdict_on "$work/now" "$target"
  case $state in
    true) ;;
    gone) result again 'it went meanwhile'; return ;;
    *) result "$state" "$words"; return ;;
  esac
  # From here on only the kernel says how it ended, also where this shell does not come to its end.
  result begun 'it is not known how it ended' || return
  status=0
  run_removal || status=$?
  say_how_it_ended
  # Exit statuses prove nothing, the kernel does.
  if is_mapped; then result failed "it is still there; $words"; else result removed "$words"; fi
}

# Reads what a step depends on, and no more: its mappings, processes, tasks, and pmxcfs. What the look
# found in other guests' configurations holds as long as pmxcfs lists all with the same versions.
glance() { # FOLDER
  for file in info table holders; do empty "$1/$file" || cut_off 'reading mappings' || return 1; done
  while IFS='|' read -r one _ _ _ _ name id _ <&4; do
    verdict_on "$work/one" "$one"
    [ "$state" = gone ] || read_mapping "$1" "$name" "$id" || cut_off 'reading mappings' || return 1
  done 4<"$1/steps"
  read_processes "$1" || return 1
  read_cluster "$1" || return 1
  cmp -s "$1/vmlist" "$work/one/vmlist" || { why="guests' configurations changed meanwhile"; return 1; }
  if [ -f "$fstab" ]; then cat "$fstab"; fi >"$1/fstab" || cut_off "reading $fstab" || return 1
  cmp -s "$1/fstab" "$work/one/fstab" || { why="$fstab changed meanwhile"; return 1; }
  prove "$1"
}

# Adds one mapping to a reading; nothing where there is none.
read_mapping() { # FOLDER NAME UUID
  folder=$1
  case $3 in '') set -- "$2" ;; *) set -- -u "$3" ;; esac
  bounded 10 dmsetup info -c --manglename none --noheadings --separator '|' \
    -o "$mapping_columns" "$@" >"$folder/row" 2>"$folder/err"
  cat "$folder/row" >>"$folder/info" || return 1
  IFS='|' read -r found _ _ minor _ <"$folder/row" || return 0
  bounded 10 dmsetup table --manglename none "$@" >"$folder/rows" 2>"$folder/err"
  while IFS= read -r row; do say "$found: $row"; done <"$folder/rows" >>"$folder/table"
  printf '%s\n' "$sys/block/dm-$minor/holders"/* >>"$folder/holders"
}

# Whether the kernel has the mapping of the current line, at the place where it was read.
is_mapped() {
  at=$(awk -F '|' -v name="$mapping" '$1 "" == name "" { print $4 }' "$work/now/info")
  read_line "$sys/block/dm-$at/dm/uuid"
  [ "$line" = "$uuid" ] || return 1
  read_line "$sys/block/dm-$at/dm/name"
  [ "$line" = "$mapping" ]
}

# What LVM would wait for while a guest waits for its lock: its own lock, for as long as another command
# holds it, and five seconds for a device that is busy. It says no instead, and the step is tried again.
unwaiting='global{wait_for_locks=0} activation{retry_deactivation=0}'

# Removes one mapping that was just proved free, by its identity.
run_removal() {
  group=${volume#* }
  group=${group%% *}
  case $action in
    deactivate) bounded 10 lvchange -an -S "vg_uuid=$group && lv_uuid=${volume##* }" --config "$unwaiting" ;;
    remove-by-uuid) bounded 10 dmsetup remove -u "$uuid" ;;
    remove-by-name) bounded 10 dmsetup remove "$mapping" ;;
    *) say "no such action: $action"; false ;;
  esac >"$work/words" 2>&1
}

# --- Acting -----------------------------------------------------------------------

# Carries out the step of a number, its partitions first; prints and counts how it ended.
act_on() { # NUMBER
  target=$1 outcome=unproved words='its lines of the plan could not be written down' partitions=''
  if take_step; then
    while read_step <&3; do
      carry_out_undisturbed || break
      [ "$number" = "$target" ] || [ "$outcome" != removed ] || partitions="$partitions $mapping"
    done 3<"$work/one/steps"
    read_step <"$work/target"
  fi
  case $outcome in
    removed)
      done=$((done + 1))
      tell "removed     $mapping"
      tell_of_undo
      case $words in *' it was stopped '*) say "            $words" ;; esac
      ;;
    gone) gone=$((gone + 1)); tell "gone        $mapping$words" ;;
    ended)
      tell_of_partitions
      finish "$words" 3
      ;;
    failed | surprise) failed=$((failed + 1)); tell "FAILED      $mapping: $words" ;;
    *)
      refused=$((refused + 1))
      tell "refused     $mapping: $outcome: $words"
      journal refused "$outcome: $words"
      ;;
  esac
  tell_of_partitions
  [ -z "$unwritten" ] || finish "Stopped: $unwritten cannot be written." 1
  [ "$outcome" != surprise ] ||
    finish "Stopped: something other than planned happened. Look at $log before you go on." 1
}

# Names the partitions that went, whatever became of what they are partitions of.
tell_of_partitions() {
  for partition in $partitions; do tell "            its partition $partition was removed first"; done
}

# Takes the lines of the step of $target, its own last, and its guests, whose locks are taken for its
# partitions as well. The shell does it by itself: half of what a helper writes could lack a guest.
take_step() {
  entry=''
  while IFS= read -r entry_read; do
    parent=${entry_read#*|*|}
    [ "${entry_read%%|*}" != "$target" ] || entry=$entry_read
    case $target in "${entry_read%%|*}" | "${parent%%|*}") say "$entry_read" || return 1 ;; esac
  done <"$work/all/steps" >"$work/one/steps"
  case $entry in '' | *'|') return 1 ;; esac
  say "$entry" >"$work/target" && read_step <"$work/target" || return 1
  locked_guests=$guests locked_configurations=$configurations
}

# Reads a step's line; the last of a step's lines is its own, those before it are its partitions.
read_step() {
  IFS='|' read -r number phase _ rule action mapping uuid attributes volume _ _ _ _ guests configurations _ _ _ _ table
}

# Carries out the step of the current line in a shell of its own, where the terminal's signals reach
# no helper: half of what one prints could be taken for all. This shell notes a signal meanwhile.
carry_out_undisturbed() {
  outcome=unproved words="$work cannot be written"
  empty "$work/outcome" || return
  (
    trap '' TERM HUP INT QUIT TSTP TTIN TTOU
    is_carried_out=yes
    carry_out || is_carried_out=no
    printf '%s\n' "$is_carried_out" "$outcome" "$unwritten" "$words" >"$work/outcome"
  )
  {
    IFS= read -r is_carried_out && IFS= read -r outcome && IFS= read -r unwritten && IFS= read -r words
  } <"$work/outcome" || { outcome=surprise words='it is not known how it ended'; return 1; }
  [ "$is_carried_out" = yes ]
}

# Proves that the mapping of the current line may go, and removes it: $outcome and $words. False: it
# is not gone. What changes between the proof and the locks is looked at anew, three times at most.
carry_out() {
  for attempt in 1 2 3; do
    { is_right_node && is_in_time; } || { outcome=ended words=$why; return 1; }
    look "$work/one" || { outcome=unproved words=$why; return 1; }
    verdict_on "$work/one" "$number"
    outcome=$state
    [ "$outcome" != gone ] || return 0
    [ "$state" = true ] && verdict_on "$work/one" "$target"
    outcome=$state
    [ "$outcome" = true ] || return 1
    remove_mapping
    case $outcome in
      removed) return 0 ;;
      again) outcome=changed ;;
      failed)
        # udev opens a device for a moment after many events, and other commands hold LVM's lock.
        case $words in *[Bb]usy* | *'in use'* | *"an't get lock"*) ;; *) return 1 ;; esac
        [ "$attempt" = 1 ] || return 1
        bounded 10 udevadm settle -t 5 >"$work/err" 2>&1
        ;;
      *) return 1 ;;
    esac
  done
  return 1
}

# Removes one mapping, and looks whether that, and only that, is gone.
remove_mapping() {
  journal removing ''
  [ -n "$unwritten" ] || record_undo "$work/one"
  [ -z "$unwritten" ] || { outcome=failed words='it was not begun'; return; }
  if ! is_as_read; then
    outcome=again words=$why
  elif ! result unproved 'the lock of its guest could not be opened'; then
    outcome=unproved words="$work cannot be written"
  else
    under_locks remove_locked "$locked_guests" "$locked_configurations"
    IFS='|' read -r outcome words <"$work/result" || outcome=begun words='it is not known how it ended'
  fi
  # Only what is known not to have been begun is.
  case $outcome in
    busy | again | unproved | changed | 'in use') forget_undo ;;
    *) look_after ;;
  esac
}

# Takes the mappings as they are right before, and whether LVM's metadata is still what was read.
is_as_read() {
  ! is_udev_stuck || { why='udev does not end what other commands wait for: look at dmsetup udevcookies'; return 1; }
  read_mappings "$work/before" || return 1
  bounded 30 pvs --readonly --noheadings --separator '|' --units s --nosuffix -o "$disk_columns" \
    >"$work/disks" 2>"$work/err" || { unread pvs "$work/err"; return 1; }
  cmp -s "$work/disks" "$work/one/pvs" || { why="LVM's disks changed meanwhile"; return 1; }
  [ -n "$volume" ] || return 0
  group=${volume#* }
  group=${group%% *}
  bounded 30 vgs --readonly --noheadings --separator '|' -o "$group_columns" -S "vg_uuid=$group" \
    >"$work/group" 2>"$work/err" || { unread vgs "$work/err"; return 1; }
  why="LVM's metadata changed meanwhile"
  group_read=$(grep -F "$group|" "$work/one/vgs") && [ "$group_read" = "$(cat "$work/group")" ]
}

# Compares the mappings with those of right before, and writes down what became of the removal.
look_after() {
  read_mappings "$work/after" || { outcome=surprise words="$why; $words"; journal surprise "$words"; return; }
  seen=$(surprise "$work/before" "$work/after")
  case $seen in
    other*) outcome=surprise words="${seen#*|}; $words" ;;
    back*)
      [ "$outcome" = failed ] || words="$words; it is mapped all the same, or was activated again at once"
      outcome=failed
      forget_undo
      ;;
    # What the kernel still had under the lock went a moment later.
    none*) outcome=removed ;;
    *) outcome=surprise words="the mappings could not be compared; $words" ;;
  esac
  journal "$outcome" "$words"
}

# What changed between two readings that should not have: every mapping but the one removed has to
# be as before, and none may have been left suspended. A volume's own layers go with it.
surprise() { # BEFORE AFTER
  awk -F '|' -v name="$mapping" -v uuid="$uuid" -v action="$action" '
    # Images of RAID and mirrors have uuids like volumes, and names that LVM gives to nothing else; those of a
    # pool or cache below go with it, too.
    function is_own(key,   of) {
      if (key "" == name "") return 1
      of = uuids[key]
      if (action != "deactivate" || substr(of, 1, 36) != substr(uuid, 1, 36)) return 0
      return length(of) > 68 || key ~ /_((mimage|rimage|rmeta)_[0-9]+|mlog)$/
    }
    what == "before" && NF == 6 {
      key = $1 "|" $2 "|" $3 "|" $4
      before[key] = $1; uuids[$1] = $2; state[key] = $6
      next
    }
    what == "after" && NF == 6 {
      after[$1 "|" $2 "|" $3 "|" $4] = $6
      if (uuid != "" ? $2 "" == uuid "" : $1 "" == name "" && $2 == "") there = 1
      next
    }
    what == "table-before" { lines[$0]; next }
    what == "table-after" { after_lines[$0]; next }
    END {
      for (key in before) if (!(key in after) && !is_own(before[key])) {
        print "other|the mapping " before[key] " is gone or another one now"; exit }
      for (key in before) if (key in after && after[key] != state[key] && after[key] !~ /^L--[rw]$/ && !is_own(before[key])) {
        print "other|the state of the mapping " before[key] " is " after[key] " now, not " state[key]; exit }
      for (line in lines) if (!(line in after_lines)) {
        key = substr(line, 1, index(line, ": ") - 1)
        if (!is_own(key)) { print "other|the table of " key " is another one now"; exit } }
      print there ? "back|" : "none|"
    }
  ' what=before "$1/info" what=after "$2/info" what=table-before "$1/table" what=table-after "$2/table"
}

# --- Check, ask, act ----------------------------------------------------------------

# The steps that this run is about, in their order, their partitions before them.
select_steps() {
  steps | only=$only awk -F '|' '
    BEGIN { only = ENVIRON["only"] }
    { line[NR] = $0; number[NR] = $1; parent[NR] = $3; if (only == "" || $6 "" == only "") wanted[$3 == "" ? $1 : $3] }
    END { for (i = 1; i <= NR; i++) if ((parent[i] == "" ? number[i] : parent[i]) in wanted) print line[i] }
  ' >"$work/all/steps" || die 1 'the plan could not be written down'
  parent=$(only=$only awk -F '|' '
    $3 != "" && $6 "" == ENVIRON["only"] "" { parent = $3 }
    $3 == "" && $1 "" == parent "" { print $6 }' "$work/all/steps") || die 1 'the plan could not be read'
  [ -z "$only" ] || [ -z "$parent" ] || die 2 "$only goes with what it is a partition of: --only $parent"
  [ -s "$work/all/steps" ] || [ -z "$only" ] || die 2 "no step is about a mapping called $only"
}

# Prints how each step stands. Changes nothing.
check() {
  say "Checking the plan of $bundle_time on $node:"
  look "$work/all" || die 1 "Nothing can be proved: $why"
  while IFS='|' read -r number phase parent rule action mapping _ <&3; do
    read_verdict "$number" <&4
    label="phase $phase, $rule, $action"
    [ -z "$parent" ] || label="partition of step $parent, goes before it"
    case $state in
      true) ready=$((ready + 1)); say "still true  $mapping ($label)" ;;
      gone) say "gone        $mapping$words" ;;
      *) refused=$((refused + 1)); say "$(pad "$state")$mapping: $words" ;;
    esac
  done 3<"$work/all/steps" 4<"$work/all/verdicts"
  say "$ready still true, $refused changed, in use or not to be proved."
  [ -n "$only" ] || notes
  say 'Nothing was changed.'
  if [ -n "$only" ]; then
    [ $ready -eq 0 ] || say "To go on:  sh$(quoted "$program" --yes --only "$only")$places"
  elif [ $ready -gt 0 ]; then
    printf '%s\n' "To go on:  sh$(quoted "$program" --interactive)$places   asks about each step" \
      "           sh$(quoted "$program" --yes)$places           phase 1 without questions"
  fi
  [ $refused -eq 0 ]
}

# Reads the verdict on the step whose turn it is: $state and $words.
read_verdict() { # NUMBER
  IFS='|' read -r number_read state words || number_read=''
  [ "$number_read" = "$1" ] || { state=unproved words='it was not looked at'; }
}

pad() { printf '%-12s' "$1"; }

# One entry of the plan that is not the script's to do.
note() { printf '%s\n' "$1"; }

# Prints the last line and leaves.
finish() { # WORDS STATUS
  [ -z "$1" ] || say "$1"
  say "$done done, $skipped skipped, $refused refused, $failed failed, $gone already gone."
  # A run that removed nothing leaves no record.
  if records=$(undo_records "$undo_file") && [ -z "$records" ]; then
    rm -f "$undo_file"
  else
    say "To put them back: sh$(quoted "$program" --undo "$undo_file")$places"
  fi
  exit "$2"
}

# A signal ends the run between two steps; the step that runs is finished first. A question is no step.
stop_later() {
  stopping=$1
  [ -z "$asking" ] || { asking=''; say ''; finish "Stopped by a signal ($stopping)." 4; }
}

# Makes a file ready for lines at its end: a full disk may have cut the last one.
open_lines() { # FILE
  # Opening a pipe that nobody reads never ends.
  [ ! -p "$1" ] || die 1 "$1 cannot be written: it is a pipe"
  (: >>"$1") 2>"$work/err" || die 1 "$1 cannot be written"
  [ ! -f "$1" ] || [ -z "$(tail -c 1 "$1")" ] || echo >>"$1"
}

# Opens log and state; one run at a time, also of runs with other folders, for which /run has a lock.
begin_run() {
  mkdir -p "$state_dir" || die 1 "$state_dir cannot be made"
  open_lines "$log"
  open_lines "$state_dir/$plan.journal"
  (: >>"$state_dir/lock") || die 1 "$state_dir/lock cannot be written"
  exec 8>>"$state_dir/lock"
  flock -n 8 || die 1 "another run holds $state_dir/lock"
  if (: >>"$run_lock") 2>"$work/err"; then
    exec 7>>"$run_lock"
    flock -n 7 || die 1 "another run holds $run_lock"
  fi
  trap 'stop_later TERM' TERM
  trap 'stop_later HUP' HUP
  trap 'stop_later INT' INT
  trap 'stop_later QUIT' QUIT
  # Where nobody reads any more what is done, no more is done.
  trap 'stop_later PIPE' PIPE
}

begin_undo_record() {
  undo_file=$state_dir/undo-$(date -u +%Y%m%dT%H%M%SZ)-$$
  say "# dmtools undo 3|$node|$machine_id|$boot_id|$plan" >"$undo_file" ||
    die 1 "$undo_file cannot be written"
}

# Looks at all steps before the first of them; without that the run ends, and leaves no empty record.
look_first() {
  look "$work/all" || finish "Nothing can be proved: $why" 1
  [ -z "$stopping" ] || finish "Stopped by a signal ($stopping)." 4
}

# Acts on one step unless a signal came.
act_unless_stopped() { # NUMBER
  [ -z "$stopping" ] || finish "Stopped by a signal ($stopping)." 4
  act_on "$1"
}

# --yes: phase 1, or the one step of --only. One look says what is gone already; each step that is
# not is proved by itself.
run_all() {
  begin_run
  begin_undo_record
  state='' words='' left=0
  empty "$work/all/verdicts" || finish "$work cannot be written" 1
  [ -n "$only" ] || look_first
  while IFS='|' read -r number phase parent rule _ mapping uuid _ <&5; do
    [ -n "$only" ] || read_verdict "$number" <&6
    [ -z "$parent" ] || continue
    [ "$phase" = 1 ] || [ -n "$only" ] || { [ "$state" != true ] || left=$((left + 1)); continue; }
    if [ "$state" = gone ]; then
      gone=$((gone + 1))
      say "gone        $mapping$words"
    else
      act_unless_stopped "$number"
    fi
  done 5<"$work/all/steps" 6<"$work/all/verdicts"
  [ -z "$stopping" ] || finish "Stopped by a signal ($stopping)." 4
  words=''
  [ $left -eq 0 ] || words="Left for --interactive or --only: $left of phase 2."
  finish "$words" $((refused + failed > 0))
}

# --interactive: one question an entry, phase 1 and then phase 2.
run_interactive() {
  begin_run
  begin_undo_record
  look_first
  rest=''
  while IFS='|' read -r number phase parent rule action mapping uuid _ volume _ _ _ _ guests _ _ _ _ _ table <&5; do
    read_verdict "$number" <&6
    [ -z "$parent" ] || continue
    if [ "$state" != true ]; then
      pass_over
    elif [ "$phase" = 1 ] && [ -n "$rest" ]; then
      act_unless_stopped "$number"
    else
      describe
      ask
    fi
  done 5<"$work/all/steps" 6<"$work/all/verdicts"
  finish '' $((refused + failed > 0))
}

# An entry that is not asked about: it is gone, or no longer as planned.
pass_over() {
  if [ "$state" = gone ]; then
    gone=$((gone + 1))
    say "gone        $mapping$words"
  else
    refused=$((refused + 1))
    say "$(pad "$state")$mapping: $words"
    journal refused "$state: $words"
  fi
}

# What a person should know before answering.
describe() {
  printf '\n%s\n' "Step $number, phase $phase: $mapping"
  about "$rule"
  say "  uuid     ${uuid:-none}"
  say "  guests   ${guests:-none}"
  say "  table    $table"
  case $action in
    deactivate) say '  removal  lvchange -an of this very volume; its data stay, and PVE activates it for a guest that has it as a disk' ;;
    *) say '  removal  dmsetup remove of this very mapping; no data is touched' ;;
  esac
  while IFS='|' read -r _ _ of _ _ partition _ <&4; do
    [ "$of" != "$number" ] || say "  first    its partition $partition is removed"
  done 4<"$work/all/steps"
  tell_of_undo
  say '  proved   not open, no holder, mount or swap, no process, lock or task of its guest'
}

# Asks about one entry until the answer is one.
ask() {
  choices='y remove, n skip, q quit'
  [ "$phase" != 1 ] || choices='y remove, n skip, a all the rest of phase 1, q quit'
  while :; do
    printf 'Remove it? [%s] ' "$choices" || finish 'Quit: nobody reads the question.' 4
    asking=yes
    [ -z "$stopping" ] || stop_later "$stopping"
    IFS= read -r answer || { say ''; finish 'Quit: the input ended.' 4; }
    asking=''
    case $answer in
      y) act_unless_stopped "$number"; return ;;
      n | '') skipped=$((skipped + 1)); journal skipped ''; return ;;
      q) finish 'Quit.' 4 ;;
      a) if [ "$phase" = 1 ]; then rest=yes; act_unless_stopped "$number"; return; fi ;;
    esac
  done
}

# --- Undo -----------------------------------------------------------------------------

# Puts back what a run removed, the last first.
undo() { # FILE
  line=''
  [ ! -f "$1" ] || read_line "$1"
  [ "${line%|*}" = "# dmtools undo 3|$node|$machine_id|$boot_id" ] ||
    die 3 "$1 is no undo record of this node since its last boot"
  begin_run
  ! grep '^undo|' "$1" | grep -qv '|end$' ||
    say 'left out    a record that was not written whole: nothing was removed after it'
  undo_records "$1" >"$work/undo" || die 1 "$1 could not be read whole"
  only=$only awk -F '|' 'ENVIRON["only"] == "" || $5 "" == ENVIRON["only"] ""' "$work/undo" >"$work/records" ||
    die 1 "$1 could not be read whole"
  [ -s "$work/records" ] || [ -z "$only" ] || die 2 "no record is about a mapping called $only"
  while IFS='|' read -r _ phase rule action mapping uuid volume guests below attributes table last <&5; do
    [ -z "$stopping" ] || end_undo "Stopped by a signal ($stopping)." 4
    result refused 'the lock of its guest could not be opened' || end_undo "Stopped: $work cannot be written." 1
    is_readable_record && under_locks put_back "$guests" ''
    IFS='|' read -r outcome words <"$work/result" || outcome=failed words='it is not known how it ended'
    case $outcome in
      restored)
        done=$((done + 1))
        now=$(awk -F '|' -v uuid="$uuid" 'uuid != "" && $2 "" == uuid "" { gsub(/[^ -~]/, "?", $1); print $1 }' "$work/after/info")
        say "restored    ${now:-$mapping}"
        [ "${now:-$mapping}" = "$mapping" ] || say "            it was called $mapping when it was removed"
        case $words in *' it was stopped '*) say "            $words" ;; esac
        ;;
      there) gone=$((gone + 1)); say "there       $mapping" ;;
      refused | busy) refused=$((refused + 1)); say "refused     $mapping: $words" ;;
      *) failed=$((failed + 1)); say "FAILED      $mapping: $words" ;;
    esac
    journal "$outcome" "$words"
    [ -z "$unwritten" ] || end_undo "Stopped: $unwritten cannot be written." 1
  done 5<"$work/records"
  end_undo '' $((refused + failed > 0))
}

end_undo() { # WORDS STATUS
  [ -z "$1" ] || say "$1"
  say "$done restored, $refused refused, $failed failed, $gone were there."
  exit "$2"
}

# Whether every field of an undo record has only the characters that a run writes.
is_plain_record() {
  [ "$last" = end ] || return 1
  case $phase in 1 | 2) ;; *) return 1 ;; esac
  case $rule in '' | *[!a-z-]*) return 1 ;; esac
  case $action in deactivate | remove-by-uuid | remove-by-name) ;; *) return 1 ;; esac
  case $mapping in '' | -* | *[!0-9A-Za-z#+.:=@_-]*) return 1 ;; esac
  case $uuid in *[!0-9A-Za-z#+.:=@_!-]*) return 1 ;; esac
  case $volume in *[!0-9A-Za-z#!\ -]*) return 1 ;; esac
  case $guests in *[!0-9\ ]*) return 1 ;; esac
  # Bytes of other names stand there as \xNN.
  case $below in *[!0-9A-Za-z#+.:=@_!\\\ -]*) return 1 ;; esac
  case $attributes in L--[rw]) ;; *) return 1 ;; esac
  case $table in '' | *[!0-9A-Za-z\ :,./\;#+=@_-]*) return 1 ;; esac
}

# Whether the current record can be put back at all; reads what LVM has now.
is_readable_record() {
  is_plain_record || { result refused 'the record is damaged'; return 1; }
  # Where LVM's volumes lie now: what was free may be another volume's by now, also one's that is not mapped.
  read_lvm "$work/one"
  [ ! -s "$work/one/lvm-failed" ] ||
    { read_line "$work/one/lvm-failed"; result refused "LVM could not be read: $line"; return 1; }
}

# Puts the mapping of the current record back if its name, uuid and blocks are free.
put_back() {
  read_mappings "$work/one" || { result refused "$why"; return; }
  are_disks_free || { result refused "$why"; return; }
  # What LVM activates it finds itself; layers of its own went with it.
  [ "$action" = deactivate ] || find_below "$work/one" || { result refused 'what it lay on is gone'; return; }
  fault=$(undo_fault "$work/one") || fault='the proof was cut off'
  case $fault in
    free) ;;
    there) result there ''; return ;;
    *) result refused "$fault"; return ;;
  esac
  result begun 'it is not known how it ended' || return
  status=0
  run_restoration >"$work/words" 2>&1 || status=$?
  say_how_it_ended
  read_mappings "$work/after" || { result failed "$why"; return; }
  fault=$(undo_fault "$work/after") || fault='the proof was cut off'
  case $fault in
    there) result restored "$words" ;;
    free) result failed "$words" ;;
    *) result failed "$fault; $words" ;;
  esac
}

# Whether the disks of a record that no uuid names are still those, not another one with the number, and
# nobody has begun to use them; else $why says.
are_disks_free() {
  for pair in $below; do
    case $pair in *=diskseq:*) ;; *) continue ;; esac
    read_sequence "${pair%%=*}"
    [ "$line" = "${pair#*=diskseq:}" ] || { why='what it lay on is gone'; return 1; }
    is_undivided "${pair%%=*}" || { why="${pair%%=*} is used by others now"; return 1; }
  done
}

# Puts the present numbers of the mappings below into $table and $below; false when one is gone. All at
# once: of two that changed places the second would find the first's new number in the table.
find_below() { # FOLDER
  found=$(below=$below awk -F '|' -v table="$table" '
    NF == 6 && $2 != "" { number[$2] = $3 ":" $4 }
    END {
      n = split(ENVIRON["below"], pair, " ")
      for (i = 1; i <= n; i++) {
        then = uuid = pair[i]; sub(/=.*/, "", then); sub(/^[^=]*=/, "", uuid)
        if (uuid ~ /^diskseq:/) number[uuid] = then
        if (!(uuid in number)) exit 1
        now[then] = number[uuid]
        printf "%s%s=%s", (i > 1 ? " " : ""), number[uuid], uuid
      }
      printf "|"
      n = split(table, line, ";")
      for (i = 1; i <= n; i++) {
        m = split(line[i], word, " ")
        for (j = 1; j <= m; j++)
          printf "%s%s", (j > 1 ? " " : i > 1 ? ";" : ""), (word[j] in now ? now[word[j]] : word[j])
      }
    }' "$1/info") || return 1
  below=${found%%|*} table=${found#*|}
}

# The command that makes it again.
run_restoration() {
  group=${volume#* }
  group=${group%% *}
  case $action in
    deactivate) bounded 10 lvchange -ay -K -S "vg_uuid=$group && lv_uuid=${volume##* }" --config "$unwaiting" ;;
    remove-by-uuid | remove-by-name)
      set -- "$mapping"
      [ "$action" = remove-by-name ] || set -- "$@" --uuid "$uuid"
      [ "$attributes" = L--w ] || set -- "$@" --readonly
      bounded 10 dmsetup create "$@" --table "$(say "$table" | tr ';' '\n')"
      ;;
  esac
}

# What stands against putting the mapping back; "there" when it is there, with its table and as writable
# as it was, "free" when nothing does.
# Without a word, or with a status, it proved nothing.
undo_fault() { # FOLDER
  below=$below awk -F '|' -v host="$host" -v name="$mapping" -v uuid="$uuid" -v action="$action" \
    -v volume="$volume" -v table="$table" -v attributes="$attributes" -v rule="$rule" "$reading_of_groups"'
    function overlaps(where, from, length_,   i) {
      for (i = 1; i <= pieces; i++)
        if (place[i] == where && from < first[i] + size[i] && first[i] < from + length_) return 1
      return 0
    }
    function plain(text) { gsub("-", "", text); return trim(text) }
    BEGIN {
      split(volume, of, " "); own = of[2]
      n = split(ENVIRON["below"], pair, " ")
      for (i = 1; i <= n; i++) { at = pair[i]; sub(/=.*/, "", at); below_at[at] = substr(pair[i], length(at) + 2) }
      n = split(table, line, ";")
      for (i = 1; i <= n; i++) {
        split(line[i], part, " ")
        if (part[3] == "linear") { pieces++; place[pieces] = part[4]; first[pieces] = part[5]; size[pieces] = part[2] }
        else if (part[3] == "striped") for (j = 0; j < part[4]; j++) {
          pieces++; place[pieces] = part[6 + 2 * j]; first[pieces] = part[7 + 2 * j]; size[pieces] = part[2] / part[4] }
        else if (part[3] == "thin") { thin[part[4] " " part[5]]; thin_in[part[4]] = part[5] }
        else if (part[3] != "zero" && part[3] != "error") strange = part[3]
      }
    }
    what == "table" && index($0, name ": ") == 1 { live = live (live == "" ? "" : ";") trim(substr($0, length(name) + 3)) }
    what == "info" && NF == 6 && $2 != "" {
      opened[$2] = $5; whole = $2
      if (sub(/^part[0-9]+-/, "", whole)) parts[whole]++
    }
    fault != "" { next }
    what == "info" && NF == 6 {
      if (uuid != "" && $2 "" == uuid "") fault = $1 "" == name "" || action == "deactivate" ? "there" : "the mapping is called " $1 " now"
      else if ($1 "" == name "") fault = uuid == "" && $2 == "" ? "there" : "another mapping has its name now"
      if (fault == "there") state = $6
      next
    }
    what == "table" && action != "deactivate" {
      split(substr($0, index($0, ": ") + 2), part, " "); key = substr($0, 1, index($0, ": ") - 1)
      taken = "the mapping " key " has its blocks now"
      if (part[3] == "linear") { if (overlaps(part[4], part[5] + 0, part[2] + 0)) fault = taken }
      else if (part[3] == "striped") { for (i = 0; i < part[4]; i++)
        if (overlaps(part[6 + 2 * i], part[7 + 2 * i] + 0, part[2] / part[4])) fault = taken }
      # What another kind of mapping uses of a disk is not known.
      else for (i = 4; i in part; i++)
        if (part[i] in below_at && below_at[part[i]] ~ /^diskseq:/) fault = "the mapping " key " has its disk now"
      if (part[3] == "thin" && (part[4] " " part[5]) in thin) fault = "the mapping " key " has its thin volume now"
      next
    }
    what == "pvs" && NF == 8 {
      disks_printed++; sub(/^ +/, "", $1); at = $3 ":" $4; device[$1] = at; start[$1] = $2 + 0; extent[$1] = $5 + 0
      group_on[at] = trim($6)
      next
    }
    what == "ranges" && NF == 7 && action != "deactivate" {
      n = split($5, range, " ")
      for (i = 1; i <= n; i++) {
        at = match(range[i], /:[0-9]+-[0-9]+$/); disk = substr(range[i], 1, at - 1)
        split(substr(range[i], at + 1), part, "-")
        if (at && disk in device && overlaps(device[disk], start[disk] + part[1] * extent[disk], (part[2] - part[1] + 1) * extent[disk]))
          fault = "LVM gave its blocks to the volume " trim($2)
      }
      for (at in thin_in)
        if (trim($7) "" == thin_in[at] "" && below_at[at] "" == "LVM-" plain(own) plain($6) "-tpool")
          fault = "LVM gave its thin volume to " trim($2)
      next
    }
    function lvm_fault(   group, fault_found) {
      if (lvm_failure != "") return "LVM could not be read: " lvm_failure
      if (warning_count) return "LVM warned: " warnings[1]
      for (group in groups) {
        if (!disks_printed) return "LVM printed no disk of its volume groups"
        fault_found = group_fault(group)
        if (fault_found != "") return fault_found
      }
      return ""
    }
    # Only what is known to be free is given away: what LVM did not print may be in use.
    function place_fault(   parent, at, i) {
      if (strange != "") return "its table is of a kind that is not put back: " strange
      parent = uuid
      if (sub(/^part[0-9]+-/, "", parent)) {
        for (i = 1; i <= pieces; i++)
          if (below_at[place[i]] "" != parent "") return "it does not lie on what it is a partition of"
        # Each partition holds it open once; whoever else does would have to share the disk.
        if (opened[parent] > parts[parent] + 0) return "what it is a partition of is in use"
        return ""
      }
      for (at in thin_in)
        if (volume == "" || below_at[at] !~ /-tpool$/ || index(below_at[at], "LVM-" plain(own)) != 1)
          return "its pool is not one of its volume group"
      for (i = 1; i <= pieces; i++) {
        # Of a group that is not to be trusted, LVM does not print every volume.
        if (volume == "" && place[i] in group_on && group_on[place[i]] != "") {
          fault = group_fault(group_on[place[i]]); if (fault != "") return fault }
        # What its uuid or number still names was below it before; LVM may have begun to use a disk.
        if (volume == "" && place[i] in below_at) {
          if (below_at[place[i]] !~ /^diskseq:/) continue
          if (!(place[i] in group_on)) { fault = lvm_fault(); if (fault != "") return fault; continue }
        }
        if (!(place[i] in group_on) || group_on[place[i]] == "") return place[i] " is no disk of a volume group: nothing says whether its blocks are free"
        if (volume != "" && group_on[place[i]] != own) return place[i] " is a disk of another volume group"
      }
      return ""
    }
    # A volume of LVM that could not be activated any more; where it had the name before, all is as it was.
    function name_fault(   key, part, volume_found, group_found) {
      if (rule == "recreated-volume") return ""
      if (lvm_failure != "") return "LVM could not be read: " lvm_failure
      for (key in living) {
        split(key, part, " "); group_found = group_name[part[1]]; volume_found = living[key]
        if (volume_found ~ /^\[/) continue
        gsub("-", "--", group_found); gsub("-", "--", volume_found)
        if (group_found "-" volume_found == name "") return "LVM has a volume of its name now"
      }
      return ""
    }
    END {
      if (fault == "" && volume != "") {
        if (uuid "" != "LVM-" plain(own) plain(of[3])) fault = "the record does not agree with itself"
        else fault = group_fault(own)
        called_after = group_name[own]; gsub("-", "--", called_after)
        if (fault == "" && action != "deactivate" && index(name, called_after "-") != 1) fault = "its name is not of its volume group"
        if (fault == "" && action == "deactivate" && !((own " " of[3]) in living)) fault = "LVM no longer has the volume"
        if (fault == "" && action == "deactivate" && living[own " " of[3]] ~ /^del-/)
          fault = "the volume is called " living[own " " of[3]] " now: PVE deletes it"
        if (fault == "" && action != "deactivate" && (own " " of[3]) in living) fault = "LVM has the volume again"
      }
      if (fault == "" && action != "deactivate") fault = name_fault()
      if (fault == "" && action != "deactivate") fault = place_fault()
      # What LVM activates has the table and the mode that LVM gives it.
      if (fault == "there" && action != "deactivate") {
        if (state "" != attributes "") fault = "it is there, but its state is " state ", not " attributes
        else if (live "" != table "") fault = "it is there, but its table is " live
      }
      print (fault == "" ? "free" : fault)
    }
  ' what=info "$1/info" what=table "$1/table" what=pvs "$work/one/pvs" what=ranges "$work/one/ranges" \
    what=vgs "$work/one/vgs" what=lvs "$work/one/lvs" what=lvm-words "$work/one/lvm-words" \
    what=lvm-failed "$work/one/lvm-failed"
}

# --- From here it runs ------------------------------------------------------------------
main() { # OPTIONS
  trap - EXIT
  # Without a place for its words, a shell ends at the first redirection.
  [ -e /proc/self/fd/2 ] || exec 2>/dev/null
  # Fed to a shell, it has no name of its own.
  program=$0
  [ -f "$0" ] || program=SCRIPT
  mode='' only='' places='' undo_file='' undo_from='' stopping='' unwritten='' why='' hurried='' asking=''
  done=0 skipped=0 refused=0 failed=0 gone=0 ready=0

  while [ $# -gt 0 ]; do
    case $1 in
      --check | --yes | --interactive | --undo)
        [ "--$mode" != "$1" ] || die 2 "$1 is given twice"
        [ -z "$mode" ] || die 2 "$1 and --$mode exclude each other"
        mode=${1#--}
        ;;
    esac
    case $1 in
      --check | --yes | --interactive) ;;
      --only | --undo | --log | --state-dir)
        [ -n "${2:-}" ] || die 2 "$1 wants a word"
        [ "$1" != --only ] || [ -z "$only" ] || die 2 '--only names one mapping'
        case $1 in
          --only) only=$2 ;;
          --undo) make_full "$2"; undo_from=$full ;;
          --log) make_full "$2"; log=$full; places="$places$(quoted --log "$log")" ;;
          --state-dir) make_full "$2"; state_dir=$full; places="$places$(quoted --state-dir "$state_dir")" ;;
        esac
        shift
        ;;
      --help | -h) usage; exit 0 ;;
      *) usage >&2; die 2 "not understood: $1" ;;
    esac
    shift
  done
  mode=${mode:-check}

  has_tools || die 3 "$why"
  is_right_node || die 3 "$why"
  [ "$mode" = undo ] || is_in_time || die 3 "$why"
  work=$(mktemp -d) || work=''
  [ -d "$work" ] || die 1 'no temporary folder'
  make_full "$work"
  work=$full
  trap 'rm -rf -- "$work"' EXIT
  trap 'exit 4' TERM HUP INT QUIT PIPE
  mkdir "$work/all" "$work/one" "$work/now" "$work/before" "$work/after"
  # A glance under the locks takes from the look what no lock keeps as it is.
  for file in steps wanted paths naming pointers users vgs lvs pvs ranges lvm-words lvm-failed; do
    ln -s "../one/$file" "$work/now/$file"
  done
  read_journal
  if [ "$mode" = undo ]; then undo "$undo_from"; fi
  select_steps
  case $mode in
    check) check ;;
    yes) run_all ;;
    interactive) run_interactive ;;
  esac
}

main "$@"
