extension CleanupScript {
  /// The reading of the guests' configurations, and all readings together.
  static let configurationReading = #"""
    # The guests' configurations: which there are, the lines that name disks and locks of those of the
    # steps, and every line that names a mapping or volume of the steps.
    read_configurations() { # FOLDER
      if [ -f "$fstab" ]; then cat "$fstab"; fi >"$1/fstab" || cut_off "reading $fstab" || return 1
      for attempt_to_read in 1 2 3; do
        list_configurations "$1" || return 1
        # Before it was looked for configurations, and once more behind that: a guest that is made meanwhile
        # would be in the list, and its lines in nothing that was searched.
        cmp -s "$1/listed" "$1/vmlist" && break
        [ "$attempt_to_read" != 3 ] || { why="guests' configurations changed meanwhile"; return 1; }
      done
      [ ! -f "$fstab" ] || say "$fstab" >>"$1/paths" || cut_off "listing $pve/nodes" || return 1
      search_configurations "$1" && read_pointers "$1"
    }

    # Lists the configurations, and reads what pmxcfs says of those of the steps.
    list_configurations() { # FOLDER
      bounded 20 awk 1 "$pve/.vmlist" >"$1/listed" 2>"$1/err" || unread "reading $pve" "$1/err" || return 1
      bounded 20 find "$pve/nodes" -mindepth 3 -maxdepth 3 -name '*.conf' >"$1/paths" 2>"$1/err" ||
        unread "listing $pve/nodes" "$1/err" || return 1
      awk -F '|' '
        NR == FNR { count = split($14, guest, " "); for (i = 1; i <= count; i++) wanted[guest[i] ".conf"]; next }
        { count = split($0, part, "/"); if (part[count] in wanted) print }
      ' "$1/steps" "$1/paths" >"$1/wanted" || cut_off "listing $pve/nodes" || return 1
      read_cluster "$1"
    }

    # Finds every line with a name or uuid of the steps, and those that point to a device in another way.
    # The last file has one line that is searched for as well: it was found if all was read. grep says 1
    # where there is no match; xargs would say 123 for that and for a search that was cut off alike.
    search_configurations() { # FOLDER, with the list FOLDER/paths
      say "end of $work" >"$1/end" || cut_off 'searching configurations' || return 1
      awk -F '|' "$reading_of_groups"'
        $6 != "" { print $6 } $7 != "" { print $7 } $10 != "" { print $10 }
        # As in the name of a mapping, which may be older than the name of the volume; and that older name.
        $9 != "" && volume_of($6) != "" { print volume_of($6) }
        gsub("-", "--", $10) { print $10 }
        END { print "/dev/"; print "dm-"; print "ID="; print "LABEL="; print "devices.allow" }
      ' "$1/steps" >"$1/names" && cat "$1/end" >>"$1/names" && cat "$1/paths" >"$1/searched" &&
        say "$1/end" >>"$1/searched" || cut_off 'searching configurations' || return 1
      # shellcheck disable=SC2016 # for the inner shell
      bounded_on "$1/searched" 30 sh -c 'grep -a -H -F -f "$0" -- "$@" || [ $? = 1 ]' "$1/names" \
        >"$1/found" 2>"$1/err" || { unread 'searching configurations' "$1/err"; return 1; }
      if [ -s "$1/err" ] || [ "$(tail -n 1 "$1/found")" != "$1/end:end of $work" ]; then
        unread 'searching configurations to their end' "$1/err"
        return 1
      fi
      sed '$d' "$1/found" >"$1/naming" || cut_off 'searching configurations'
    }

    # The lines that a configuration's digest is of: none of them is another than when it was collected.
    live_lines='^([[]|lock:|template:|vmstate:|fleecing-images:|(ide|scsi|virtio|sata|efidisk|tpmstate|unused|rootfs|mp)[0-9]*:)'

    # What pmxcfs says: its lists of nodes and guests, digests of the wanted configurations as of
    # grep -E "$live_lines" FILE | sha256sum, and which volumes they attach by a storage: GUEST|STORAGE:VOLUME.
    # What PVE activates for a start, other lines of the guest may name as well.
    read_cluster() { # FOLDER, with the list FOLDER/wanted
      rm -rf "$1/live"
      for file in members vmlist locked digests attached; do empty "$1/$file" || cut_off "reading $pve" || return 1; done
      { mkdir "$1/live" && say "$pve/.members" && say "$pve/.vmlist" && cat "$1/wanted"; } >"$1/cluster" ||
        cut_off "reading $pve" || return 1
      # shellcheck disable=SC2016 # for awk
      bounded_on "$1/cluster" 20 awk -v pve="$pve/" -v folder="$1/" -v live_lines="$live_lines" '
        FNR == 1 {
          section = 0
          if (out != "") close(out)
          name = substr(FILENAME, length(pve) + 1)
          all = sub(/^\./, "", name)
          if (!all) { sub(/^nodes\//, "", name); gsub("/", ",", name) }
          out = folder (all ? "" : "live/") name
          printf "" > out
        }
        all { print > out; next }
        $0 !~ live_lines { next }
        { print > out }
        /^lock:/ { print name ":" > (folder "locked") }
        /^[[]/ { section = 1; if (tolower($0) ~ /^[[](pve:)?pending\]/) pending[name] }
        !section && match($0, /^(ide|scsi|virtio|sata|efidisk|tpmstate|rootfs|mp)[0-9]*:[ \t]*/) {
          guest = name; sub(/.*,/, "", guest); sub(/\.conf$/, "", guest)
          count = split(substr($0, RLENGTH + 1), part, ",")
          for (i = 1; i <= count; i++) {
            value = part[i]; gsub(/[ \t\r]/, "", value)
            if (!sub(/^(file|volume)=/, "", value) && index(value, "=")) continue
            storage = value
            # base-100-disk-0/vm-101-disk-0: a linked clone is the last part.
            if (!sub(/:.*/, "", storage) || storage ~ /^\//) continue
            sub(/.*[:\/]/, "", value); of[guest "|" storage ":" value] = name }
        }
        # What is pending comes before a start, and may detach a disk.
        END { for (line in of) if (!(of[line] in pending)) print line > (folder "attached") }
      ' 2>"$1/err" || unread "reading $pve" "$1/err" || return 1
      [ ! -s "$1/wanted" ] || (cd "$1/live" && sha256sum -- *) >"$1/digests" 2>"$1/err" ||
        unread 'sha256sum' "$1/err"
    }

    # Who has files of mappings open: MINOR|PROCESS|NAME. It only names users: the open count decides.
    read_users() { # FOLDER
      bounded 10 ls -l "$proc"/[0-9]*/fd 2>/dev/null >"$1/fds"
      awk -v skip="$proc/" '
        /:$/ { process = substr($0, length(skip) + 1); sub("/fd:$", "", process) }
        match($0, / -> \/dev\/dm-[0-9]+$/) {
          user = substr($0, RSTART + 12) "|" process
          if (!(user in seen)) { seen[user]; print user }
        }' "$1/fds" |
        while IFS='|' read -r minor process; do
          read_line "$proc/$process/comm"
          say "$minor|$process|$line"
        done >"$1/users" || cut_off 'listing open files'
    }

    # Reads all that FOLDER/steps depend on and proves each: FOLDER/verdicts has NUMBER|STATE|WORDS.
    # The slowest comes first: what is read last is what may change soonest.
    look() { # FOLDER
      why=''
      { empty "$1/verdicts" && empty "$1/users"; } || cut_off 'the proof' || return 1
      read_lvm "$1"
      read_configurations "$1" || return 1
      read_processes "$1" || return 1
      read_mappings "$1" || return 1
      prove "$1" || return 1
      ! grep -q '|in use|' "$1/verdicts" || { read_users "$1" && prove "$1"; }
    }

    # The verdict on one step: $state and $words.
    verdict_on() { # FOLDER NUMBER
      state=unproved words="it was not looked at"
      while IFS='|' read -r number_read state_read words_read; do
        [ "$number_read" = "$2" ] || continue
        state=$state_read words=$words_read
        break
      done <"$1/verdicts"
    }

    """#
}
