extension CleanupScript {
  /// `--undo`: puts back what a run removed, where name, uuid and blocks are free.
  static let undo = #"""
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

    """#
}
