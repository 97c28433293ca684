extension CleanupScript {
  /// PVE's locks, the removal and the look afterwards.
  static let removal = #"""
    # --- Acting -----------------------------------------------------------------------

    # Takes each lock file, then runs the command; PVE holds the same locks while it works on a guest.
    with_locks() { # COMMAND FILE...
      command=$1
      shift
      if [ $# -eq 0 ]; then
        "$command"
        return
      fi
      (
        # A signal waits for the end of the step.
        trap '' TERM HUP INT
        held=$1
        shift
        flock -n 9 || { result busy "PVE holds $held"; exit 0; }
        with_locks "$command" "$@"
      ) 9>>"$1"
    }

    # The lock files of a step's guests: VMs', containers', both for a guest without configuration.
    lock_files() { # GUESTS CONFIGURATIONS
      for guest in $1; do
        case " $2" in
          */qemu-server/"$guest".conf=*) say "$locks/qemu-server/lock-$guest.conf" ;;
          */lxc/"$guest".conf=*) say "$locks/lxc/pve-config-$guest.lock" ;;
          *)
            say "$locks/qemu-server/lock-$guest.conf"
            say "$locks/lxc/pve-config-$guest.lock"
            ;;
        esac
      done
    }

    # Runs a command under the locks that are listed; without one it does not run.
    under_locks() { # COMMAND
      result unproved 'the lock of its guest could not be opened'
      # PVE makes these folders as well, when it starts its first guest.
      (umask 022 && mkdir -p "$locks/qemu-server" "$locks/lxc")
      set -- "$1"
      while IFS= read -r file; do set -- "$@" "$file"; done <"$work/locks"
      with_locks "$@"
    }

    # How a step ended; read by who started it, since it ran in a shell of its own.
    result() { printf '%s|%s\n' "$1" "$2" >"$work/result"; }

    # What changed between two readings that should not have: every mapping but the one removed has to
    # be as before. A volume's own layers go with it.
    surprise() { # BEFORE AFTER
      awk -F '|' -v name="$mapping" -v uuid="$uuid" -v action="$action" '
        function is_own(key,   of) {
          if (key "" == name "") return 1
          of = uuids[key]
          return action == "deactivate" && substr(of, 1, 36) == substr(uuid, 1, 36) && length(of) > 68
        }
        what == "before" && NF == 6 { before[$1 "|" $2 "|" $3 "|" $4] = $1; uuids[$1] = $2; next }
        what == "after" && NF == 6 {
          after[$1 "|" $2 "|" $3 "|" $4]
          if (uuid != "" ? $2 "" == uuid "" : $1 "" == name "" && $2 == "") still = 1
          next
        }
        what == "table-before" { lines[$0]; next }
        what == "table-after" { after_lines[$0]; next }
        END {
          if (still) { print "still|the mapping is still there"; exit }
          for (key in before) if (!(key in after) && !is_own(before[key])) {
            print "other|the mapping " before[key] " is gone or another one now"; exit }
          for (line in lines) if (!(line in after_lines)) {
            key = substr(line, 1, index(line, ": ") - 1)
            if (!is_own(key)) { print "other|the table of " key " is another one now"; exit } }
          print "none|"
        }
      ' what=before "$1/info" what=after "$2/info" what=table-before "$1/table" what=table-after "$2/table"
    }

    # Removes one mapping that was just proved free, by its identity.
    run_removal() {
      group=${volume#* }
      group=${group%% *}
      case $action in
        deactivate) bounded 60 lvchange -an -S "vg_uuid=$group && lv_uuid=${volume##* }" ;;
        remove-by-uuid) bounded 30 dmsetup remove -u "$uuid" ;;
        remove-by-name) bounded 30 dmsetup remove "$mapping" ;;
        *) say "no such action: $action"; false ;;
      esac >"$work/words" 2>&1
    }

    # Removes the mapping of the current record, and looks again whether that, and only that, is gone.
    # 0: gone.
    remove_mapping() { # FOLDER-WITH-READING
      journal removing ''
      record_undo "$1" || { result failed "$undo_file could not be written"; return 1; }
      status=0
      run_removal || status=$?
      words="ended with $status: $(words_in "$work/words")"
      read_mappings "$work/after" ||
        { journal surprise "$why"; result surprise "$why"; return 1; }
      seen=$(surprise "$1" "$work/after")
      case $seen in
        'none|') journal removed "$words"; result removed ''; return 0 ;;
        'still|'*) journal failed "$words"; result failed "$words"; return 1 ;;
        *) journal surprise "${seen#*|}; $words"; result surprise "${seen#*|}; $words"; return 1 ;;
      esac
    }

    # Proves a step anew and carries it out, its partitions first. Runs under the guest's locks.
    remove_step() {
      cp "$work/one/steps" "$work/records"
      while IFS='|' read -r number phase _ rule action mapping uuid _ volume _ _ guests _ _ <&3; do
        look "$work/one" || { result unproved "$why"; return 0; }
        verdict_on "$work/one" "$number"
        [ "$state" != gone ] || { result gone "$words"; continue; }
        own_state=$state own_words=$words
        verdict_on "$work/one" "$target"
        [ "$state" = true ] || { result "$state" "$words"; return 0; }
        [ "$own_state" = true ] || { result "$own_state" "$own_words"; return 0; }
        remove_mapping "$work/one" || retry_removal || return 0
      done 3<"$work/records"
    }

    # udev opens a device for a moment after many events: one more try, proved anew.
    retry_removal() {
      case $(cat "$work/result") in failed\|*[Bb]usy* | failed\|*'in use'*) ;; *) return 1 ;; esac
      bounded 10 udevadm settle -t 5 >"$work/err" 2>&1
      look "$work/one" || { result unproved "$why"; return 1; }
      verdict_on "$work/one" "$target"
      [ "$state" = true ] || { result "$state" "$words"; return 1; }
      remove_mapping "$work/one"
    }

    # Carries out the step of a number; prints and counts how it ended.
    act_on() { # NUMBER
      target=$1
      is_right_node || die 3 "$why"
      is_in_time || die 3 "$why"
      awk -F '|' -v number="$target" '$1 "" == number "" || $3 "" == number ""' "$work/all/steps" >"$work/one/steps"
      IFS='|' read -r _ phase _ rule _ mapping uuid _ _ _ _ guests configurations _ <<END
    $(awk -F '|' -v number="$target" '$1 "" == number ""' "$work/one/steps")
    END
      lock_files "$guests" "$configurations" >"$work/locks"
      under_locks remove_step
      IFS='|' read -r outcome words <"$work/result"
      case $outcome in
        removed) done=$((done + 1)); say "removed     $mapping" ;;
        gone) gone=$((gone + 1)); find_earlier "$mapping" "$uuid"; say "gone        $mapping$words$earlier" ;;
        failed | surprise) failed=$((failed + 1)); say "FAILED      $mapping: $words" ;;
        *)
          refused=$((refused + 1))
          say "refused     $mapping: $outcome $words"
          journal refused "$outcome: $words"
          ;;
      esac
      [ "$outcome" != surprise ] ||
        finish "Stopped: something other than planned happened. Look at $log before you go on." 1
    }

    """#
}
