extension CleanupScript {
  /// The journal and the undo record.
  static let records = #"""
    # --- Records --------------------------------------------------------------------

    # One line to the log and to syslog: TIME NODE PLAN PHASE RULE MAPPING UUID OUTCOME WORDS, by tabs.
    journal() { # OUTCOME WORDS
      entry=$(printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$node" \
        "$plan" "$phase" "$rule" "$mapping" "${uuid:--}" "$1" "$2")
      printf '%s\n' "$entry" >>"$log"
      printf '%s\n' "$entry" >>"$state_dir/$plan.journal"
      if command -v logger >/dev/null; then
        bounded 5 logger -t dmtools-cleanup -- "$1: $mapping ${uuid:--} ($rule) $2"
      fi
    }

    # What an earlier run of this plan did to a mapping: its last outcome and time, in $earlier.
    find_earlier() { # MAPPING UUID
      earlier=''
      [ -r "$state_dir/$plan.journal" ] || return 0
      earlier=$(awk -F '\t' -v mapping="$1" -v uuid="${2:--}" '
        $6 "" == mapping "" && $7 "" == uuid "" && ($8 == "removing" || $8 == "removed") { said = $8 " at " $1 }
        END {
          if (said ~ /^removed/) print "; this script " said
          else if (said != "") print "; a run that was cut off was " said
        }' "$state_dir/$plan.journal")
    }

    # Writes down how to put a mapping back, and waits until that is on the disk.
    record_undo() { # FOLDER
      live_table=$(awk -v name="$mapping" '
        index($0, name ": ") == 1 {
          line = substr($0, length(name) + 3); sub(/ +$/, "", line); printf "%s%s", separator, line; separator = ";"
        }' "$1/table")
      # Mappings below it may have other numbers by then: they are found by uuid.
      below=$(awk -F '|' -v table="$live_table" '
        NF == 6 && $2 != "" && index(table "; ", " " $3 ":" $4 " ") + index(table ";", " " $3 ":" $4 ";") {
          printf "%s%s=%s", separator, $3 ":" $4, $2; separator = " "
        }' "$1/info")
      printf '%s|%s|%s|%s|%s|%s|%s|%s|%s|%s\n' undo "$phase" "$rule" "$action" "$mapping" "$uuid" \
        "$volume" "$guests" "$below" "$live_table" >>"$undo_file" &&
        sync "$undo_file" "$state_dir/$plan.journal" "$state_dir"
    }

    """#
}
