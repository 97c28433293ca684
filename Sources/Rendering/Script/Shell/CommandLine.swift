extension CleanupScript {
  /// The command line and the order of things.
  static let main = #"""
    # --- From here it runs ------------------------------------------------------------------
    main() { # OPTIONS
      trap - EXIT
      # Without a place for its words, a shell ends at the first redirection.
      [ -e /proc/self/fd/2 ] || exec 2>/dev/null
      # Fed to a shell, it has no name of its own.
      program=$0
      [ -f "$0" ] || program=SCRIPT
      mode='' only='' places='' undo_file='' undo_from='' stopping='' unwritten='' why='' hurried='' asking=''
      done=0 skipped=0 refused=0 failed=0 gone=0 ready=0

      while [ $# -gt 0 ]; do
        case $1 in
          --check | --yes | --interactive | --undo)
            [ "--$mode" != "$1" ] || die 2 "$1 is given twice"
            [ -z "$mode" ] || die 2 "$1 and --$mode exclude each other"
            mode=${1#--}
            ;;
        esac
        case $1 in
          --check | --yes | --interactive) ;;
          --only | --undo | --log | --state-dir)
            [ -n "${2:-}" ] || die 2 "$1 wants a word"
            [ "$1" != --only ] || [ -z "$only" ] || die 2 '--only names one mapping'
            case $1 in
              --only) only=$2 ;;
              --undo) make_full "$2"; undo_from=$full ;;
              --log) make_full "$2"; log=$full; places="$places$(quoted --log "$log")" ;;
              --state-dir) make_full "$2"; state_dir=$full; places="$places$(quoted --state-dir "$state_dir")" ;;
            esac
            shift
            ;;
          --help | -h) usage; exit 0 ;;
          *) usage >&2; die 2 "not understood: $1" ;;
        esac
        shift
      done
      mode=${mode:-check}

      has_tools || die 3 "$why"
      is_right_node || die 3 "$why"
      [ "$mode" = undo ] || is_in_time || die 3 "$why"
      work=$(mktemp -d) || work=''
      [ -d "$work" ] || die 1 'no temporary folder'
      make_full "$work"
      work=$full
      trap 'rm -rf -- "$work"' EXIT
      trap 'exit 4' TERM HUP INT QUIT PIPE
      mkdir "$work/all" "$work/one" "$work/now" "$work/before" "$work/after"
      # A glance under the locks takes from the look what no lock keeps as it is.
      for file in steps wanted paths naming pointers users vgs lvs pvs ranges lvm-words lvm-failed; do
        ln -s "../one/$file" "$work/now/$file"
      done
      read_journal
      if [ "$mode" = undo ]; then undo "$undo_from"; fi
      select_steps
      case $mode in
        check) check ;;
        yes) run_all ;;
        interactive) run_interactive ;;
      esac
    }

    main "$@"

    """#
}
