extension CleanupScript {
  /// What of LVM's answers can be relied on: a part of the proof and of the undo.
  static let groupTrust = #"""
    # --- LVM's answers ----------------------------------------------------------------------

    # The part of an awk that takes in the groups and volumes of read_lvm and says what is wrong with one
    # group's: a volume that is not printed is gone only where all of its group were.
    # shellcheck disable=SC2016 # for awk
    reading_of_groups='
        # The volume that the name of a mapping says: it may have been renamed since.
        function volume_of(text) {
          gsub("--", "\001", text); sub(/^[^-]*-?/, "", text); gsub("\001", "-", text); return text
        }
        function trim(text) { sub(/^ +/, "", text); sub(/ +$/, "", text); return text }
        what == "vgs" && NF == 9 {
          group = trim($1); groups[group]++; group_name[group] = $2; promised[group] = trim($8)
          state_of[group] = trim($9)
          if ($3 !~ /^ *0$/ || $4 != "") spoiled[group] = "a physical volume is missing"
          else if ($5 != "") spoiled[group] = "the group is exported"
          else if ($6 != "" && $6 != host) spoiled[group] = "the group belongs to the system " $6
          else if ($7 != "" && $7 != "none") spoiled[group] = "the group is locked by " $7
          next
        }
        what == "lvs" && NF == 5 {
          group = trim($1); found = trim($3); kind[group " " $2] = trim($5); living[group " " $2] = found; called[group " " found] = $2
          if (trim($4) != state_of[group]) spoiled[group] = "its metadata changed while it was read"
          if (found !~ /^\[/ && !((group " " $2) in counted)) { counted[group " " $2]; printed[group]++ }
          next
        }
        what == "pvs" && NF == 8 {
          group = trim($6); is_disk[trim($3) ":" trim($4)]; disks_of[group] = disks_of[group] " " trim($7)
          if (trim($8) != "") spoiled[group] = "a physical volume appears twice"
        }
        what == "lvm-words" { warnings[++warning_count] = $0; next }
        what == "lvm-failed" { lvm_failure = $0; next }
        function group_fault(group,   word, list, i) {
          if (lvm_failure != "") return "LVM could not be read: " lvm_failure
          if (groups[group] != 1) return "LVM does not show the volume group " group " once"
          if (group in spoiled) return spoiled[group]
          if (promised[group] !~ /^[0-9]+$/ || printed[group] + 0 != promised[group])
            return "LVM printed " printed[group] + 0 " of " promised[group] " volumes of the group"
          for (word = 1; word <= warning_count; word++) {
            if (names(warnings[word], group_name[group]) || index(warnings[word], group))
              return "LVM warned: " warnings[word]
            # Of a copied disk LVM shows one, and says which of them it left out.
            for (i = split(disks_of[group], list, " "); i > 0; i--)
              if (index(warnings[word], list[i])) return "LVM warned: " warnings[word] }
          return ""
        }
        # Whether text names word or a partition of it, and not a longer word that begins like it.
        function names(text, word,   at, after) {
          while (word != "" && (at = index(text, word))) {
            text = substr(text, at + length(word)); after = text
            sub(/^(p|-part)[0-9]+/, "", after); sub(/^\.+([^0-9A-Za-z_.+-]|$)/, " ", after)
            if (after !~ /^[0-9A-Za-z_.+-]/) return 1 }
          return 0
        }
    '

    """#
}
