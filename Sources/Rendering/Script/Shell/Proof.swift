extension CleanupScript {
  /// The first half of the proof, one awk: it takes in the readings.
  static let proof = #"""
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

    """#
}
