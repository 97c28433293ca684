extension CleanupScript {
  /// The second half of the proof: it joins the readings and says of each step how it stands.
  static let proofOfSteps = #"""
        # A user of a mapping, in words.
        function user(minor_number, device_number,   words, list, i, n) {
          words = ""
          n = split(holders[minor_number], list, " ")
          for (i = 1; i <= n; i++) {
            holder = list[i] ~ /^dm-/ && (substr(list[i], 4) in name_by_minor) ? "mapping " name_by_minor[substr(list[i], 4)] : list[i]
            words = words ", " holder
          }
          if (device_number in mounted) words = words ", mounted at " mounted[device_number]
          if (minor_number in swap) words = words ", swap"
          return words == "" && users[minor_number] == "" ? "" : " by " substr(words users[minor_number], 3)
        }

        # What an earlier run of this plan did to a mapping that is gone.
        function earlier(n,   key) {
          key = name[n] "|" (uuid[n] == "" ? "-" : uuid[n])
          if (did[key] == "removed") return "; this script removed it at " at_time[key]
          return did[key] == "removing" ? "; a run that was cut off was removing it at " at_time[key] : ""
        }

        # The pieces of the proof; each returns what is wrong, or nothing.
        function mapping_fault(n,   key, list, i, k, expected, allowed) {
          key = name[n]
          if (uuid[n] != "") {
            if (!(uuid[n] in name_by_uuid))
              return "gone|" (key in rows ? "; its name belongs to another mapping now" : "") earlier(n)
            if (name_by_uuid[uuid[n]] "" != key "") return "changed|the mapping is called " name_by_uuid[uuid[n]] " now"
          } else {
            if (!(key in rows)) return "gone|" earlier(n)
            if (uuid_of[key] != "") return "changed|another mapping has the name, with the uuid " uuid_of[key]
          }
          if (rows[key] != 1) return "unproved|dmsetup prints the name more than once"
          if (attributes_of[key] "" != attributes[n] "") return "changed|its state is " attributes_of[key] ", not " attributes[n]
          if (table_of[key] "" != table[n] "") return "changed|its table is " table_of[key]
          expected = 0; allowed = " "
          k = split(children[n], list, " ")
          for (i = 1; i <= k; i++) if (uuid[list[i]] in name_by_uuid) {
            expected++; allowed = allowed "dm-" minor[name_by_uuid[uuid[list[i]]]] " " }
          k = split(holders[minor[key]], list, " ")
          for (i = 1; i <= k; i++) if (!index(allowed, " " list[i] " ")) return "in use|" user(minor[key], device[key])
          if (open[key] != expected || device[key] in mounted || minor[key] in swap)
            return "in use|open " open[key] " times" user(minor[key], device[key])
          return ""
        }
        function volume_fault(n,   part, group, key, now, fault) {
          if (volume[n] == "") return ""
          split(volume[n], part, " "); group = part[2]; key = group " " part[3]
          fault = group_fault(group, volume_name[n])
          if (fault != "") return "unproved|" fault
          if (group_name[group] "" != called_group[n] "") return "changed|its group is called " group_name[group] " now: collect again"
          if (part[1] == "absent") {
            if (!(key in living) && part[3] in group_with) return "changed|LVM has the volume in the group " group_name[group_with[part[3]]]
            fault = is_glance ? "" : place_fault(n, group)
            if (fault != "") return fault
            if (key in living) return "changed|LVM has the volume again, as " living[key]
            # With or without a living volume of its name it is another case, with other rules.
            now = called[group " " volume_name[n]]
            if (now "" == namesake[n] "") return ""
            return "changed|" (now == "" ? "the volume that had its name is gone" : "LVM has another volume of its name now") ": collect again"
          }
          if (!(key in living)) return "changed|LVM no longer has the volume"
          if (living[key] "" != volume_name[n] "") return "changed|the volume is called " living[key] " now"
          if (sequence[n] != "" && sequence[n] "" != state_of[group] "")
            return "changed|the metadata of its group were changed, and with them perhaps its size or place: collect again"
          if (extents[n] != "" && extents[n] "" != extents_of[part[3]] "")
            return "changed|LVM has the volume at another place or of another size now: collect again"
          return action[n] == "deactivate" ? kind_fault(n, kind[key]) : ""
        }
        function plain(text) { gsub("-", "", text); return trim(text) }
        function whole_disk(number,   part) {
          split(number, part, ":")
          if (part[1] != 8 && !(part[1] >= 65 && part[1] <= 71) && !(part[1] >= 128 && part[1] <= 135)) return number
          return part[1] ":" (part[2] - part[2] % 16)
        }
        # A leftover whose disk is no longer one of its group: nobody knows whose blocks these are.
        function place_fault(n, group,   line, part, i, j, count_, at) {
          for (i = split(table[n], line, ";"); i > 0; i--) {
            split(line[i], part, " ")
            count_ = part[3] == "linear" ? 1 : part[3] == "striped" ? part[4] : 0
            for (j = 0; j < count_; j++) {
              at = part[3] == "linear" ? part[4] : part[6 + 2 * j]
              if (!((group " " at) in is_disk_of) && !is_layer(at, group) && !is_path(at))
                return "unproved|its table lies on " at ", which is no disk of its group" }
          }
          return ""
        }
        function is_layer(number, group,   key) {
          for (key in device) if (key in uuid_of && device[key] "" == number "" && index(uuid_of[key], "LVM-" plain(group)) == 1) return 1
          return 0
        }
        # A path of a multipath map: which of the two the table names is no sign.
        function is_path(number,   key) {
          number = whole_disk(number)
          for (key in table_of) if (uuid_of[key] ~ /^mpath-/ && index(table_of[key] " ", " " number " ")) return 1
          return 0
        }
        # Another mapping on the same blocks: which of them lives nobody can say, unless LVM has the other one.
        function overlap_fault(n,   line, part, i, j, count_, key, id, pieces, place, first, size, one, own) {
          own = name[n]; pieces = 0
          for (i = split(table[n], line, ";"); i > 0; i--) {
            split(line[i], part, " ")
            count_ = part[3] == "linear" ? 1 : part[3] == "striped" ? part[4] : 0
            for (j = 0; j < count_; j++) {
              pieces++; place[pieces] = part[3] == "linear" ? part[4] : part[6 + 2 * j]
              first[pieces] = part[3] == "linear" ? part[5] : part[7 + 2 * j]; size[pieces] = part[2] / count_ } }
          if (!pieces) return ""
          for (key in table_of) {
            if (key "" == own "") continue
            id = uuid_of[key]
            if (action[n] == "remove-by-uuid" && id ~ /^LVM-/ && length(id) == 68 && (substr(id, 5) in is_living)) continue
            for (i = split(table_of[key], line, ";"); i > 0; i--) {
              split(line[i], part, " ")
              count_ = part[3] == "linear" ? 1 : part[3] == "striped" ? part[4] : 0
              for (j = 0; j < count_; j++)
                for (one = 1; one <= pieces; one++)
                  if ((part[3] == "linear" ? part[4] : part[6 + 2 * j]) "" == place[one] "" &&
                    (part[3] == "linear" ? part[5] : part[7 + 2 * j]) + 0 < first[one] + size[one] &&
                    first[one] + 0 < (part[3] == "linear" ? part[5] : part[7 + 2 * j]) + part[2] / count_)
                    return "changed|the mapping " key " has its blocks, too" } }
          return ""
        }
        # What LVM would do to more than this volume, or not undo; and kinds that write metadata of their own
        # when they are taken down, which another node may have in use.
        function kind_fault(n, flags) {
          if (flags ~ /^[oOsS]/) return "changed|LVM would deactivate the snapshots and their origin together"
          if (flags !~ /^V/ && substr(flags, 10, 1) == "k")
            return "changed|it has the flag of LVM to skip activation, and PVE would not activate it again"
          if (flags !~ /^[-V]/ && quorum[n] != "") return "changed|its attributes in LVM are " flags
          return ""
        }
        # A physical volume is open for nobody, and yet needed. What a guest has as a disk is its own to use.
        function disk_fault(n,   list, i) {
          if (lvm_failure != "") return "unproved|LVM could not be read: " lvm_failure
          if (!(device[name[n]] in is_disk)) return ""
          if (own_group[n] != "")
            for (i = split(guests[n], list, " "); i > 0; i--) if (has_attached(n, list[i])) return ""
          return "in use|it is a physical volume"
        }
        function cluster_fault(n) {
          if (!pmxcfs) return "unproved|" pve " is not mounted: is pve-cluster running?"
          if (members !~ /^[{].*[}][ \t]*$/ || list !~ /^[{].*[}][ \t]*$/) return "unproved|" pve "/.members or .vmlist is incomplete"
          if (!match(members, /"nodename" *: *"[^"]*"/)) return "unproved|" pve "/.members names no node"
          word = substr(members, RSTART, RLENGTH - 1); sub(/.*"/, "", word)
          if (word != node) return "changed|the node is called " word " now"
          if (quorum[n] == "alone" && members !~ /"cluster" *:/ && others_node != "")
            return "unproved|there are configurations of the node " others_node ", and no cluster"
          if (quorum[n] == "1" && members !~ /"cluster" *:/) return "unproved|the node was in a cluster, and " pve "/.members has none"
          if (quorum[n] != "" && members ~ /"cluster" *:/ && members !~ /"quorate" *: *1[^0-9]/)
            return "unproved|the cluster is not quorate, and the storage is shared"
          return ""
        }
        function guest_fault(n,   list, i, k, id, expected, part, m, j, seen, text) {
          k = split(guests[n], list, " ")
          for (i = 1; i <= k; i++) {
            id = list[i]
            if (id in process) return "in use|guest " id " has a process"
            if (id in container) return "in use|container " id " runs"
            for (j = 1; j <= task_count; j++) {
              text = tasks[j]; gsub(/[^0-9A-Za-z]+/, " ", text)
              if (index(" " text " ", " " id " ")) return "changed|a task runs: " tasks[j] }
            expected = ""; seen = 0
            m = split(configurations[n], part, " ")
            for (j = 1; j <= m; j++) {
              path = part[j]; sub(/=.*/, "", path); text = path; sub(".*/", "", text)
              if (text != id ".conf") continue
              seen++
              if (!index(live[id] " ", " " path " ")) return "changed|the configuration " path " is gone"
              if (path in locked) return "changed|guest " id " is locked"
              if (digest[path] != substr(part[j], length(path) + 2)) return "changed|the configuration " path " was changed"
              text = path; sub("/.*", "", text)
              if (owner[id] != text) return "changed|guest " id " belongs to " (id in owner ? owner[id] : "no node") " by .vmlist" }
            m = split(live[id], part, " ")
            if (m != seen) return "changed|guest " id " has a configuration now:" live[id]
            if (seen == 0 && id in owner) return "changed|guest " id " is on " owner[id] " now"
          }
          for (j = 1; j <= task_count; j++) {
            if (tasks[j] ~ /^unreadable/) return "unproved|the list of tasks has a line that cannot be read"
            if (tasks[j] ~ /^vzdump :/) return "changed|a backup of several guests runs"
            if (tasks[j] ~ /^imgdel :/ && volume_name[n] ~ /^del-/) return "changed|a task runs that deletes volumes"
            if (volume_name[n] != "" && index(tasks[j], volume_name[n])) return "changed|a task runs: " tasks[j] }
          return ""
        }
        # The guests whose configuration may name what a step is about by a line that no digest covers: those of
        # a volume that LVM has, or has anew. Nothing named what LVM has no more, never had, or a partition:
        # whoever does now needs it.
        function may_name(n,   part) {
          if (parent[n] != "" || volume[n] == "") return ""
          split(volume[n], part, " ")
          return part[1] == "absent" && namesake[n] == "" ? "" : guests[n]
        }
        # Whether a guest has the volume attached as the plan expects: then PVE activates it for a start.
        function has_attached(n, id,   list, i, k) {
          k = split(attachments[n], list, " ")
          for (i = 1; i <= k; i++) if ((id "|" list[i]) in attached) return 1
          return 0
        }
        # A guest whose configuration was not found where .vmlist has it may name anything.
        function guests_fault(   id, least) {
          for (id in owner) if (!index(live[id] "", " " owner[id] "/" folder_of[id]) && (least == "" || id + 0 < least + 0)) least = id
          if (least != "") return "the configuration of guest " least " is missing, which .vmlist has on " owner[least]
          for (id in live) if (!(id in owner) && (least == "" || id + 0 < least + 0)) least = id
          return least == "" ? "" : ".vmlist lacks guest " least ", which has a configuration"
        }
        function guest_of(path) { sub(".*/", "", path); sub(/\.conf$/, "", path); return path }
        # What is wrong with a line of a file that names what a step is about. A line that no digest covers may
        # be new: it needs what PVE would not activate, unless the guest has that attached, wherever the guest
        # is now. A device of a container (dev0) is looked at before its disks are activated. A number or uuid
        # means this very mapping, which is attached only if LVM has it.
        function foreign(n, path, own, is_by_name, is_device,   id) {
          if (path == fstab) return "changed|fstab names it"
          id = guest_of(path)
          if (!index(" " own " ", " " id " ")) return "changed|the configuration of guest " id " names it now"
          if (!is_device && (is_by_name || volume[n] ~ /^present /) && has_attached(n, id)) return ""
          return "changed|another line of the configuration of guest " id " names it than one that attaches it"
        }
        function naming_fault(n,   own, line, path, has_uuid, is_number, is_device, fault, list, j, k) {
          own = may_name(n)
          for (j = 1; j <= naming_count; j++) {
            line = naming[j]; has_uuid = uuid[n] != "" && index(line, uuid[n])
            if (!has_uuid && !(index(line, name[n]) && names(line, name[n])) &&
              !(index(line, volume_name[n]) && names(line, volume_name[n])) &&
              !(index(line, escaped_name[n]) && names(line, escaped_name[n])) &&
              !(index(line, old_name[n]) && names(line, old_name[n]))) continue
            # What a name means is judged with its storage, and a digest covers the line; where a link leads, none does.
            if (parent[n] == "" && line ~ live_lines && index(" " guests[n] " ", " " guest_of(naming_path[j]) " ")) continue
            fault = foreign(n, naming_path[j], own, !has_uuid, line ~ /^dev[0-9]+:/)
            if (fault != "") return fault }
          k = split(pointers["dm-" minor[name[n]]] pointers[device[name[n]]], list, " ")
          for (j = 1; j <= k; j++) {
            path = list[j]; is_number = sub(/#$/, "", path); is_device = sub(/!$/, "", path)
            fault = foreign(n, path, own, 0, is_device)
            # The next activation gives another number, and this one to another mapping.
            if (fault == "" && is_number) fault = "changed|" path " has its number, which will be another"
            if (fault != "") return fault }
          return ""
        }
        END {
          for (key in living) { id = key; sub(/ /, "", id); is_living[plain(id)] }
          lacking = guests_fault()
          for (i = 1; i <= count; i++) {
            n = order[i]; fault = mapping_fault(n)
            if (parent[n] == "") {
              if (fault == "") fault = cluster_fault(n)
              if (fault == "") fault = guest_fault(n)
              if (fault == "") fault = volume_fault(n)
              if (fault == "" && !is_glance && action[n] != "deactivate") fault = overlap_fault(n)
            }
            if (fault == "") fault = disk_fault(n)
            if (fault == "") fault = naming_fault(n)
            if (fault == "" && lacking != "") fault = "unproved|" lacking
            said[n] = fault == "" ? "true|" : fault
          }
          # A partition that is not free speaks for its parent.
          for (i = 1; i <= count; i++) {
            n = order[i]
            if (parent[n] != "" && said[n] !~ /^(true|gone)\|/ && said[parent[n]] ~ /^true/) {
              at = index(said[n], "|")
              said[parent[n]] = substr(said[n], 1, at) "partition " name[n] ": " substr(said[n], at + 1) }
          }
          for (i = 1; i <= count; i++) {
            fault = order[i] "|" said[order[i]]
            gsub(/[^ -~]/, "?", fault)
            print fault
          }
        }
      ' what=steps "$1/steps" what=info "$1/info" what=table "$1/table" what=holders "$1/holders" \
        what=mounts "$proc/self/mountinfo" what=swaps "$proc/swaps" what=users "$1/users" \
        what=vgs "$1/vgs" what=lvs "$1/lvs" what=pvs "$1/pvs" what=ranges "$1/ranges" what=lvm-words "$1/lvm-words" \
        what=lvm-failed "$1/lvm-failed" what=arguments "$1/arguments" what=pid-files "$1/pid-files" what=sockets "$proc/net/unix" \
        what=members "$1/members" what=vmlist "$1/vmlist" what=tasks "$1/tasks" what=paths "$1/paths" \
        what=digests "$1/digests" what=attached "$1/attached" what=locked "$1/locked" what=naming "$1/naming" \
        what=pointers "$1/pointers" FS='\t' what=journal "$done_before" >"$1/verdicts" ||
        cut_off 'the proof'
    }

    """#
}
