extension CleanupScript {
  /// The journal and the undo record.
  static let records = #"""
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

    """#
}
