extension CleanupScript {
  /// The proof of an undo: what a mapping was made of is still there, and nobody else has it.
  static let undoProof = #"""
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

    """#
}
