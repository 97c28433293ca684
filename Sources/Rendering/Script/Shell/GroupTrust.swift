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
        what == "vgs" && NF == 10 {
          group = trim($1); groups[group]++; group_name[group] = trim($2); promised_disks[group] = trim($8)
          promised[group] = trim($9); state_of[group] = trim($10)
          if ($3 !~ /^ *0$/ || $4 != "") spoiled[group] = "a physical volume is missing"
          else if ($5 != "") spoiled[group] = "the group is exported"
          else if ($6 != "" && $6 != host) spoiled[group] = "the group belongs to the system " $6
          else if ($7 != "" && $7 != "none") spoiled[group] = "the group is locked by " $7
          next
        }
        what == "lvs" && NF == 5 {
          group = trim($1); found = trim($3); kind[group " " $2] = trim($5); group_with[$2] = group; living[group " " $2] = found; called[group " " found] = $2
          if (trim($4) != state_of[group]) spoiled[group] = "its metadata changed while it was read"
          if (found !~ /^\[/ && !((group " " $2) in counted)) { counted[group " " $2]; printed[group]++ }
          next
        }
        what == "pvs" && NF == 8 {
          group = trim($6); id = trim($7); plain_id = id; gsub("-", "", plain_id)
          is_disk[trim($3) ":" trim($4)]; is_disk_of[group " " trim($3) ":" trim($4)]; printed_disks[group]++
          disks_of[group] = disks_of[group] " " trim($1) " " id " " plain_id; is_name_of_disk[group " " trim($1)]
          # A copy may be printed without a group, or like any other.
          if (trim($8) != "" || id in seen_disk) is_copied[id]
          seen_disk[id]; ids_of[group] = ids_of[group] " " id
          if (trim($1) ~ /^\/dev\/(zd|rbd|nbd)/) spoiled[group] = "it lies on " trim($1) ", as groups of guests do"
        }
        what == "ranges" && NF == 7 {
          segment = trim($5); gsub(/ +/, ",", segment)
          if (segment == "" && trim($7) != "") segment = "thin:" trim($7)
          segment = trim($3) "+" trim($4) "@" segment; id = trim($1)
          if (id in extents_of) segment = extents_of[id] ";" segment
          extents_of[id] = segment
        }
        what == "lvm-words" { warnings[++warning_count] = $0; next }
        what == "lvm-failed" { lvm_failure = $0; next }
        # Whether LVM saw a volume on other disks than it takes for the group: they are its own too, or it has the
        # multipath map where the volume has a path. That is no sign against the metadata.
        function is_mismatch(text, group,   list, i, all) {
          if (text !~ /^ *WARNING: Device mismatch detected for .* accessing .* instead of /) return 0
          all = text; sub(/.* accessing /, "", all); sub(/ instead of .*/, "", all)
          for (i = split(all, list, /[ ,]+/); i > 0; i--) if (!((group " " list[i]) in is_name_of_disk)) break
          if (i == 0) return 1
          all = text; sub(/.* instead of /, "", all); sub(/\.? *$/, "", all)
          # A glance has no maps: the look before it had.
          for (i = split(all, list, /[ ,]+/); i > 0; i--) if (!(list[i] in is_map) && !is_glance) return 0
          return 1
        }
        # Whether text names a group, and not only a volume in it.
        function names_group(text, word,   at, after) {
          while (word != "" && (at = index(text, word))) {
            text = substr(text, at + length(word)); after = text
            sub(/^\.+([^0-9A-Za-z_.+-]|$)/, " ", after)
            if (after !~ /^[0-9A-Za-z_.+-]/ && after !~ /^\/[0-9A-Za-z_.+-]/) return 1 }
          return 0
        }
        # What is wrong with what LVM says of a group, and of a volume in it.
        function group_fault(group, of_volume,   word, list, i) {
          if (lvm_failure != "") return "LVM could not be read: " lvm_failure
          if (groups[group] != 1) return "LVM does not show the volume group " group " once"
          if (group in spoiled) return spoiled[group]
          if (promised[group] !~ /^[0-9]+$/ || printed[group] + 0 != promised[group])
            return "LVM printed " printed[group] + 0 " of " promised[group] " volumes of the group"
          if (printed_disks[group] + 0 != promised_disks[group])
            return "LVM printed " printed_disks[group] + 0 " of " promised_disks[group] " disks of the group"
          for (i = split(ids_of[group], list, " "); i > 0; i--)
            if (list[i] in is_copied) return "a physical volume appears twice"
          for (word = 1; word <= warning_count; word++) {
            if (of_volume != "" && names(warnings[word], group_name[group] "/" of_volume)) return "LVM warned: " warnings[word]
            if (is_mismatch(warnings[word], group)) continue
            if (names_group(warnings[word], group_name[group]) || index(warnings[word], group))
              return "LVM warned: " warnings[word]
            # Of a disk, by its path or its number: it may be copied, or its newest metadata damaged.
            for (i = split(disks_of[group], list, " "); i > 0; i--)
              if (names(warnings[word], list[i])) return "LVM warned: " warnings[word] }
          return ""
        }
        # Whether text names word or a partition of it, and not a longer word that begins like it.
        function names(text, word,   at, after) {
          while (word != "" && (at = index(text, word))) {
            text = substr(text, at + length(word)); after = text
            sub(/^(p|-part|_part|_|-)[0-9]+/, "", after); sub(/^\.+([^0-9A-Za-z_.+-]|$)/, " ", after)
            if (after !~ /^[0-9A-Za-z_.+-]/) return 1 }
          return 0
        }
    '

    """#
}
