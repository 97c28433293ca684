extension CleanupScript {
  /// Whether this is the node of the plan, and the readings of mappings, LVM, guests and tasks.
  static let nodeReading = #"""
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

    """#
}
