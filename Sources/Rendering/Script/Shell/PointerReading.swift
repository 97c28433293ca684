extension CleanupScript {
  /// What configurations of this node and fstab point to without naming a mapping or volume.
  static let pointerReading = #"""
    # Where the found lines of this node's configurations and of fstab point to by numbers and links:
    # PATH|dm-MINOR and PATH|MAJOR:MINOR. Another node's numbers and links are of its own devices.
    read_pointers() { # FOLDER, with FOLDER/naming
      awk -v here="$pve/nodes/$node/" -v fstab="$fstab" -v dev="$dev" -v links="$1/links" '
        BEGIN { printf "" >links }
        { at = index($0, ":"); path = substr($0, 1, at - 1); line = substr($0, at + 1) }
        path != fstab && index(path, here) != 1 { next }
        path == fstab {
          split(line, word, " "); spec = word[1]; gsub(/["\047]/, "", spec); at = index(spec, "=")
          if (spec ~ /^((PART)?(UUID|LABEL)|ID)=/) print path "|" dev "/disk/by-" tolower(substr(spec, 1, at - 1)) "/" substr(spec, at + 1) >links
        }
        {
          rest = line
          while (match(rest, /\/dev\/[^][ \t,;|<>(){}"\047]+/)) {
            link = substr(rest, RSTART + 4, RLENGTH - 4); rest = substr(rest, RSTART + RLENGTH)
            print path "|" dev link >links
            if (sub(/[.:]+$/, "", link)) print path "|" dev link >links
          }
          rest = " " line
          while (match(rest, /[^0-9A-Za-z_-]dm-[0-9]+/)) {
            print path "|" substr(rest, RSTART + 1, RLENGTH - 1); rest = substr(rest, RSTART + RLENGTH) }
          rest = " " line
          while (match(rest, /[^0-9A-Za-z:.][0-9]+:[0-9]+/)) {
            print path "|" substr(rest, RSTART + 1, RLENGTH - 1); rest = substr(rest, RSTART + RLENGTH) }
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
