extension CleanupScript {
  /// One step: proved whole, then under PVE's locks once more in what may have changed, then done.
  static let removal = #"""
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

    """#
}
