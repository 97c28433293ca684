extension CleanupScript {
  /// What configurations of this node and fstab point to without naming a mapping or volume.
  static let pointerReading = #"""
    # Where the found lines of this node's configurations and of fstab point to by numbers and links:
    # PATH|dm-MINOR and PATH|MAJOR:MINOR, with PATH! where the line is a device of a container, and PATH# where
    # one that no digest is of has the number itself. Another node's numbers are of its own devices; what a
    # link in /dev/disk is called follows from what is on the disk.
    read_pointers() { # FOLDER, with FOLDER/naming
      awk -v here="$pve/nodes/$node/" -v fstab="$fstab" -v dev="$dev" -v links="$1/links" \
        -v live_lines="$live_lines" '
        # fstab writes a blank as \040, and udev calls the link of such a label my\x20disk.
        function unescaped(text,   result, digits) {
          while (match(text, /\\[0-7][0-7][0-7]/)) {
            digits = substr(text, RSTART + 1, 3)
            result = result substr(text, 1, RSTART - 1) sprintf("%c", substr(digits, 1, 1) * 64 + substr(digits, 2, 1) * 8 + substr(digits, 3))
            text = substr(text, RSTART + 4) }
          return result text
        }
        function link_name(text,   result, i, one) {
          for (i = 1; i <= length(text); i++) {
            one = substr(text, i, 1)
            result = result (one in code && one !~ /[0-9A-Za-z#+.:=@_-]/ ? sprintf("\\x%02x", code[one]) : one) }
          return result
        }
        function unquoted(text,   mark) {
          mark = substr(text, 1, 1)
          return length(text) > 1 && (mark == "\"" || mark == "\047") && substr(text, length(text)) == mark ? substr(text, 2, length(text) - 2) : text
        }
        BEGIN { printf "" >links; for (i = 1; i < 128; i++) code[sprintf("%c", i)] = i }
        { at = index($0, ":"); path = substr($0, 1, at - 1); line = substr($0, at + 1) }
        { elsewhere = path != fstab && index(path, here) != 1 }
        path != fstab && line ~ /^dev[0-9]+:/ { path = path "!" }
        path == fstab {
          split(line, word, " "); spec = unescaped(word[1]); at = index(spec, "=")
          if (spec ~ /^((PART)?(UUID|LABEL)|ID)=/) {
            # udev writes most ids in small letters, and mount takes them in both.
            folder = path "|" dev "/disk/by-" tolower(substr(spec, 1, at - 1)) "/"; link = link_name(unquoted(substr(spec, at + 1)))
            print folder link >links
            if (tolower(link) != link) print folder tolower(link) >links
          } else if (index(spec, "/dev/") == 1) print path "|" dev substr(spec, 5) >links
        }
        {
          rest = line
          while (match(rest, /\/dev\/[^][ \t,;|<>(){}"\047]+/)) {
            link = substr(rest, RSTART + 4, RLENGTH - 4); rest = substr(rest, RSTART + RLENGTH)
            if (elsewhere && index(link, "/disk/") != 1) continue
            print path "|" dev link >links
            if (sub(/[.:]+$/, "", link)) print path "|" dev link >links
            # JSON doubles what begins the \x20 of udev.
            if (gsub(/\\\\/, "\\", link)) print path "|" dev link >links
          }
          if (elsewhere) next
          numbered = path
          if (path != fstab && line !~ live_lines) { sub(/!$/, "", numbered); numbered = numbered "#" }
          rest = " " line
          while (match(rest, /[^0-9A-Za-z_-]dm-[0-9]+/)) {
            print numbered "|" substr(rest, RSTART + 1, RLENGTH - 1); rest = substr(rest, RSTART + RLENGTH) }
          rest = " " line
          while (match(rest, /[^0-9A-Za-z:.][0-9]+:[0-9]+/)) {
            print numbered "|" substr(rest, RSTART + 1, RLENGTH - 1); rest = substr(rest, RSTART + RLENGTH) }
        }
      ' "$1/naming" >"$1/pointers" && cut -d '|' -f 2- "$1/links" >"$1/link-paths" ||
        cut_off 'following links' || return 1
      bounded_on "$1/link-paths" 10 readlink -m -- >"$1/targets" 2>"$1/err" ||
        { unread 'following links' "$1/err"; return 1; }
      awk -F '|' '
        what == "links" { path[FNR] = $1; links++; next }
        { targets++ }
        match($0, /\/dm-[0-9]+$/) { print path[FNR] "|" substr($0, RSTART + 1) }
        END { exit links != targets }
      ' what=links "$1/links" what=targets "$1/targets" >>"$1/pointers" || unread 'following links' "$1/err"
    }

    """#
}
