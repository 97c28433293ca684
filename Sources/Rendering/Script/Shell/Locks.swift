extension CleanupScript {
  /// PVE's guest locks, and the little that is done while they are held.
  static let locks = #"""
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

    """#
}
