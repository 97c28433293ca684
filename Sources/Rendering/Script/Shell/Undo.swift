extension CleanupScript {
  /// `--undo`: puts back what a run removed, where name, uuid and blocks are free.
  static let undo = #"""
    # --- Undo -----------------------------------------------------------------------------

    # Puts back what a run removed, the last first.
    undo() { # FILE
      read_line "$1"
      [ "${line%|*}" = "# dmtools undo 1|$node|$machine_id|$boot_id" ] ||
        die 3 "$1 is no undo record of this node since its last boot"
      begin_run
      undo_records "$1" >"$work/records"
      while IFS='|' read -r _ phase rule action mapping uuid volume guests below table <&5; do
        [ -z "$stopping" ] || finish "Stopped by a signal ($stopping)." 4
        lock_files "$guests" '' >"$work/locks"
        is_readable_record && under_locks put_back
        IFS='|' read -r outcome words <"$work/result"
        case $outcome in
          restored) done=$((done + 1)); say "restored    $mapping" ;;
          there) gone=$((gone + 1)); say "there       $mapping" ;;
          failed) failed=$((failed + 1)); say "FAILED      $mapping: $words" ;;
          *) refused=$((refused + 1)); say "refused     $mapping: $words" ;;
        esac
        journal "$outcome" "$words"
      done 5<"$work/records"
      say "$done restored, $refused refused, $failed failed, $gone were there."
      exit $((refused + failed > 0))
    }

    # Whether every field of an undo record has only the characters that a run writes.
    is_plain_record() {
      case $mapping in '' | -* | *[!0-9A-Za-z#+.:=@_-]*) return 1 ;; esac
      case $uuid in *[!0-9A-Za-z#+.:=@_!-]*) return 1 ;; esac
      case $volume in *[!0-9A-Za-z#!\ -]*) return 1 ;; esac
      case $guests in *[!0-9\ ]*) return 1 ;; esac
      case $below in *[!0-9A-Za-z#+.:=@_!\ -]*) return 1 ;; esac
      case $table in '' | *[!0-9A-Za-z\ :,./\;#+=@_-]*) return 1 ;; esac
    }

    # Whether the current record can be put back at all; reads what LVM has now.
    is_readable_record() {
      is_plain_record || { result refused 'the record is damaged'; return 1; }
      read_lvm "$work/one"
      read_extents "$work/one" || { result refused "$why"; return 1; }
    }

    # Puts the mapping of the current record back if its name, uuid and blocks are free.
    put_back() {
      read_mappings "$work/one" || { result refused "$why"; return; }
      find_below "$work/one" || { result refused 'what it lay on is gone'; return; }
      fault=$(undo_fault "$work/one")
      case $fault in
        '') ;;
        there*) result there ''; return ;;
        *) result refused "$fault"; return ;;
      esac
      status=0
      run_restoration >"$work/words" 2>&1 || status=$?
      words="ended with $status: $(words_in "$work/words")"
      read_mappings "$work/after" || { result failed "$why"; return; }
      if awk -F '|' -v name="$mapping" -v uuid="$uuid" '
        NF == 6 && (uuid != "" ? $2 "" == uuid "" : $1 "" == name "" && $2 == "") { found = 1 }
        END { exit !found }' "$work/after/info"; then result restored "$words"; else result failed "$words"; fi
    }

    # Puts the present numbers of the mappings below into $table; false when one of them is gone.
    find_below() { # FOLDER
      for pair in $below; do
        now_at=$(awk -F '|' -v uuid="${pair#*=}" 'NF == 6 && $2 "" == uuid "" { print $3 ":" $4 }' "$1/info")
        [ -n "$now_at" ] || return 1
        table=$(say "$table " | sed "s/ ${pair%%=*}\([ ;]\)/ $now_at\1/g; s/ $//")
      done
    }

    # The command that makes it again.
    run_restoration() {
      group=${volume#* }
      group=${group%% *}
      case $action in
        deactivate) bounded 60 lvchange -ay -K -S "vg_uuid=$group && lv_uuid=${volume##* }" ;;
        remove-by-uuid)
          bounded 30 dmsetup create "$mapping" --uuid "$uuid" --table "$(say "$table" | tr ';' '\n')" ;;
        remove-by-name)
          bounded 30 dmsetup create "$mapping" --table "$(say "$table" | tr ';' '\n')" ;;
        *) say "no such action: $action"; false ;;
      esac
    }

    # Where LVM's volumes lie now: what was free may be another volume's by now.
    read_extents() { # FOLDER
      bounded 30 pvs --readonly --noheadings --separator '|' --units s --nosuffix -o \
        pv_name,pe_start,pv_major,pv_minor,vg_extent_size >"$1/pvs" 2>"$1/err" ||
        unread pvs "$1/err" || return 1
      bounded 30 lvs -a --readonly --noheadings --separator '|' -o vg_uuid,lv_uuid,lv_name,seg_pe_ranges \
        >"$1/ranges" 2>"$1/err" || unread lvs "$1/err"
    }

    # What stands against putting the mapping back; "there" when it is there, nothing when it is free.
    undo_fault() { # FOLDER
      awk -F '|' -v name="$mapping" -v uuid="$uuid" -v action="$action" -v volume="$volume" -v table="$table" '
        function overlaps(where, from, length_,   i) {
          for (i = 1; i <= pieces; i++)
            if (place[i] == where && from < first[i] + size[i] && first[i] < from + length_) return 1
          return 0
        }
        BEGIN {
          n = split(table, line, ";")
          for (i = 1; i <= n; i++) {
            split(line[i], part, " ")
            if (part[3] == "linear") { pieces++; place[pieces] = part[4]; first[pieces] = part[5]; size[pieces] = part[2] }
            if (part[3] == "striped") for (j = 0; j < part[4]; j++) {
              pieces++; place[pieces] = part[6 + 2 * j]; first[pieces] = part[7 + 2 * j]; size[pieces] = part[2] / part[4] }
            if (part[3] == "thin") thin[part[4] " " part[5]]
          }
        }
        fault != "" { next }
        what == "info" && NF == 6 {
          if (uuid != "" && $2 "" == uuid "") fault = "there"
          else if ($1 "" == name "") fault = uuid == "" && $2 == "" ? "there" : "another mapping has its name now"
          next
        }
        what == "table" && action != "deactivate" {
          split(substr($0, index($0, ": ") + 2), part, " "); key = substr($0, 1, index($0, ": ") - 1)
          if (part[3] == "linear" && overlaps(part[4], part[5] + 0, part[2] + 0)) fault = "the mapping " key " has its blocks now"
          if (part[3] == "thin" && (part[4] " " part[5]) in thin) fault = "the mapping " key " has its thin volume now"
          next
        }
        what == "pvs" && NF == 5 {
          sub(/^ +/, "", $1); device[$1] = $3 ":" $4; start[$1] = $2 + 0; extent[$1] = $5 + 0; next }
        what == "ranges" && NF == 4 && action != "deactivate" {
          n = split($4, range, " ")
          for (i = 1; i <= n; i++) {
            at = match(range[i], /:[0-9]+-[0-9]+$/); disk = substr(range[i], 1, at - 1)
            split(substr(range[i], at + 1), part, "-")
            if (at && disk in device && overlaps(device[disk], start[disk] + part[1] * extent[disk], (part[2] - part[1] + 1) * extent[disk]))
              fault = "LVM gave its blocks to the volume " $3
          }
          next
        }
        what == "lvs" && NF == 4 { group = $1; sub(/^ +/, "", group); living[group " " $2]; next }
        END {
          if (fault == "" && action == "deactivate") {
            split(volume, part, " ")
            if (!((part[2] " " part[3]) in living)) fault = "LVM no longer has the volume"
          }
          if (fault != "") print fault
        }
      ' what=info "$1/info" what=table "$1/table" what=pvs "$1/pvs" what=ranges "$1/ranges" what=lvs "$1/lvs"
    }

    """#
}
