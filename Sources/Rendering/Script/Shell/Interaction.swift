extension CleanupScript {
  /// `--interactive`: one question an entry.
  static let interaction = #"""
    # --interactive: one question an entry, phase 1 and then phase 2.
    run_interactive() {
      begin_run
      begin_undo_record
      look_first
      rest=''
      while IFS='|' read -r number phase parent rule action mapping uuid _ volume _ _ _ _ guests _ _ _ _ _ table <&5; do
        read_verdict "$number" <&6
        [ -z "$parent" ] || continue
        if [ "$state" != true ]; then
          pass_over
        elif [ "$phase" = 1 ] && [ -n "$rest" ]; then
          act_unless_stopped "$number"
        else
          describe
          ask
        fi
      done 5<"$work/all/steps" 6<"$work/all/verdicts"
      finish '' $((refused + failed > 0))
    }

    # An entry that is not asked about: it is gone, or no longer as planned.
    pass_over() {
      if [ "$state" = gone ]; then
        gone=$((gone + 1))
        say "gone        $mapping$words"
      else
        refused=$((refused + 1))
        say "$(pad "$state")$mapping: $words"
        journal refused "$state: $words"
      fi
    }

    # What a person should know before answering.
    describe() {
      printf '\n%s\n' "Step $number, phase $phase: $mapping"
      about "$rule"
      say "  uuid     ${uuid:-none}"
      say "  guests   ${guests:-none}"
      say "  table    $table"
      case $action in
        deactivate) say '  removal  lvchange -an of this very volume; its data stay, and PVE activates it for a guest that has it as a disk' ;;
        *) say '  removal  dmsetup remove of this very mapping; no data is touched' ;;
      esac
      while IFS='|' read -r _ _ of _ _ partition _ <&4; do
        [ "$of" != "$number" ] || say "  first    its partition $partition is removed"
      done 4<"$work/all/steps"
      tell_of_undo
      say '  proved   not open, no holder, mount or swap, no process, lock or task of its guest'
    }

    # Asks about one entry until the answer is one.
    ask() {
      choices='y remove, n skip, q quit'
      [ "$phase" != 1 ] || choices='y remove, n skip, a all the rest of phase 1, q quit'
      while :; do
        printf 'Remove it? [%s] ' "$choices" || finish 'Quit: nobody reads the question.' 4
        asking=yes
        [ -z "$stopping" ] || stop_later "$stopping"
        IFS= read -r answer || { say ''; finish 'Quit: the input ended.' 4; }
        asking=''
        case $answer in
          y) act_unless_stopped "$number"; return ;;
          n | '') skipped=$((skipped + 1)); journal skipped ''; return ;;
          q) finish 'Quit.' 4 ;;
          a) if [ "$phase" = 1 ]; then rest=yes; act_unless_stopped "$number"; return; fi ;;
        esac
      done
    }

    """#
}
