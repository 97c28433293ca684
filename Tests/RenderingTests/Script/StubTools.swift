import BundleFormat

/// Stand-ins for a node's tools: each writes its arguments to `$ROOT/calls` and acts on files there.
enum StubTools {
  static func all(_ manifest: Manifest) -> [String: String] {
    let now = manifest.collectedAt.secondsSinceEpoch + 60
    return [
      "dmsetup": recording("dmsetup") + dmsetup, "lvchange": recording("lvchange") + lvchange,
      "vgs": recording("vgs") + vgs,
      "lvs": recording("lvs") + lvs, "pvs": recording("pvs") + "cat \"$ROOT/pvs\"\n",
      "sync": recording("sync"), "logger": recording("logger"), "udevadm": recording("udevadm"),
      "id": "#!/bin/dash\necho 0\n",
      "date": "#!/bin/dash\ncase $2 in +%s) echo \(now) ;; *) echo 2026-01-01T00:00:00Z ;; esac\n",
    ]
  }

  /// Arguments end with a unit separator, calls with a record separator.
  private static func recording(_ tool: String) -> String {
    """
    #!/bin/dash
    printf '%s\\037' \(tool) "$@" >>"$ROOT/calls"
    printf '\\036' >>"$ROOT/calls"

    """
  }

  private static let dmsetup = #"""
    forget() { # NAME
      minor=$(awk -F '|' -v name="$1" '$1 "" == name "" { print $4 }' "$ROOT/info")
      [ -z "$minor" ] || rm -rf "$ROOT/sys/block/dm-$minor"
      awk -F '|' -v name="$1" '$1 "" != name ""' "$ROOT/info" >"$ROOT/info.new"
      awk -v name="$1: " 'index($0, name) != 1' "$ROOT/table" >"$ROOT/table.new"
      mv "$ROOT/info.new" "$ROOT/info"
      mv "$ROOT/table.new" "$ROOT/table"
      case $uuid in part*-*) close_below "${uuid#part*-}" ;; esac
    }
    close_below() { # UUID
      awk -F '|' -v OFS='|' -v uuid="$1" '$2 "" == uuid "" { $5-- } { print }' "$ROOT/info" >"$ROOT/info.new"
      mv "$ROOT/info.new" "$ROOT/info"
    }
    # The name of the mapping that a call is about: the last word, behind -u its uuid.
    asked() {
      while [ $# -gt 2 ]; do shift; done
      if [ "$1" = -u ]; then
        awk -F '|' -v uuid="$2" '$2 "" == uuid "" { print $1 }' "$ROOT/info"
      else
        printf '%s\n' "$2"
      fi
    }
    uuid=''
    case "$1 $*" in
      'info '*' -u '* | 'info '*attr\ ?*) awk -F '|' -v name="$(asked "$@")" '$1 "" == name ""' "$ROOT/info" ;;
      info*) cat "$ROOT/info" ;;
      'table '*' -u '* | 'table '*none\ ?*)
        awk -v name="$(asked "$@"): " 'index($0, name) == 1 { print substr($0, length(name) + 1) }' "$ROOT/table" ;;
      table*) cat "$ROOT/table" ;;
      remove*)
        if [ "$2" = -u ]; then
          uuid=$3
          name=$(awk -F '|' -v uuid="$3" '$2 "" == uuid "" { print $1 }' "$ROOT/info")
        else
          name=$2
        fi
        forget "$name"
        ;;
      create*)
        name=$2 mode=w
        [ "$3" != --uuid ] || { uuid=$4; shift 2; }
        [ "$3" != --readonly ] || { mode=r; shift; }
        minor=90
        while grep -q "|253|$minor|" "$ROOT/info"; do minor=$((minor + 1)); done
        printf '%s|%s|253|%s|0|L--%s\n' "$name" "$uuid" "$minor" "$mode" >>"$ROOT/info"
        printf '%s\n' "$4" | sed "s/^/$name: /" >>"$ROOT/table"
        ;;
    esac
    """#

  private static let vgs = #"""
    case "$*" in
      *vg_uuid=*) grep -F "${*##*vg_uuid=}|" "$ROOT/vgs" ;;
      *) cat "$ROOT/vgs" ;;
    esac

    """#

  private static let lvs = #"""
    case "$*" in
      *seg_pe_ranges*) cat "$ROOT/ranges" ;;
      *) cat "$ROOT/lvs" ;;
    esac

    """#

  private static let lvchange = #"""
    uuid=$(printf '%s' "$3" | sed 's/vg_uuid=//; s/ && lv_uuid=//; s/-//g')
    name=$(awk -F '|' -v uuid="LVM-$uuid" '$2 "" == uuid "" { print $1 }' "$ROOT/info")
    minor=$(awk -F '|' -v name="$name" '$1 "" == name "" { print $4 }' "$ROOT/info")
    [ -z "$minor" ] || rm -rf "$ROOT/sys/block/dm-$minor"
    awk -F '|' -v name="$name" '$1 "" != name ""' "$ROOT/info" >"$ROOT/info.new"
    awk -v name="$name: " 'index($0, name) != 1' "$ROOT/table" >"$ROOT/table.new"
    mv "$ROOT/info.new" "$ROOT/info"
    mv "$ROOT/table.new" "$ROOT/table"
    """#
}
