extension CleanupScript {
  /// The check, and `--yes`.
  static let modes = #"""
    # --- Check, ask, act ----------------------------------------------------------------

    # The steps that this run is about, in their order, their partitions before them.
    select_steps() {
      steps | only=$only awk -F '|' '
        BEGIN { only = ENVIRON["only"] }
        { line[NR] = $0; number[NR] = $1; parent[NR] = $3; if (only == "" || $6 "" == only "") wanted[$3 == "" ? $1 : $3] }
        END { for (i = 1; i <= NR; i++) if ((parent[i] == "" ? number[i] : parent[i]) in wanted) print line[i] }
      ' >"$work/all/steps" || die 1 'the plan could not be written down'
      parent=$(only=$only awk -F '|' '
        $3 != "" && $6 "" == ENVIRON["only"] "" { parent = $3 }
        $3 == "" && $1 "" == parent "" { print $6 }' "$work/all/steps") || die 1 'the plan could not be read'
      [ -z "$only" ] || [ -z "$parent" ] || die 2 "$only goes with what it is a partition of: --only $parent"
      [ -s "$work/all/steps" ] || [ -z "$only" ] || die 2 "no step is about a mapping called $only"
    }

    # Prints how each step stands. Changes nothing.
    check() {
      say "Checking the plan of $bundle_time on $node:"
      look "$work/all" || die 1 "Nothing can be proved: $why"
      while IFS='|' read -r number phase parent rule action mapping _ <&3; do
        read_verdict "$number" <&4
        label="phase $phase, $rule, $action"
        [ -z "$parent" ] || label="partition of step $parent, goes before it"
        case $state in
          true) ready=$((ready + 1)); say "still true  $mapping ($label)" ;;
          gone) say "gone        $mapping$words" ;;
          *) refused=$((refused + 1)); say "$(pad "$state")$mapping: $words" ;;
        esac
      done 3<"$work/all/steps" 4<"$work/all/verdicts"
      say "$ready still true, $refused changed, in use or not to be proved."
      [ -n "$only" ] || notes
      say 'Nothing was changed.'
      if [ -n "$only" ]; then
        [ $ready -eq 0 ] || say "To go on:  sh$(quoted "$program" --yes --only "$only")$places"
      elif [ $ready -gt 0 ]; then
        printf '%s\n' "To go on:  sh$(quoted "$program" --interactive)$places   asks about each step" \
          "           sh$(quoted "$program" --yes)$places           phase 1 without questions"
      fi
      [ $refused -eq 0 ]
    }

    # Reads the verdict on the step whose turn it is: $state and $words.
    read_verdict() { # NUMBER
      IFS='|' read -r number_read state words || number_read=''
      [ "$number_read" = "$1" ] || { state=unproved words='it was not looked at'; }
    }

    pad() { printf '%-12s' "$1"; }

    # One entry of the plan that is not the script's to do.
    note() { printf '%s\n' "$1"; }

    # Prints the last line and leaves.
    finish() { # WORDS STATUS
      [ -z "$1" ] || say "$1"
      say "$done done, $skipped skipped, $refused refused, $failed failed, $gone already gone."
      # A run that removed nothing leaves no record.
      if records=$(undo_records "$undo_file") && [ -z "$records" ]; then
        rm -f "$undo_file"
      else
        say "To put them back: sh$(quoted "$program" --undo "$undo_file")$places"
      fi
      exit "$2"
    }

    # A signal ends the run between two steps; the step that runs is finished first. A question is no step.
    stop_later() {
      stopping=$1
      [ -z "$asking" ] || { asking=''; say ''; finish "Stopped by a signal ($stopping)." 4; }
    }

    # Makes a file ready for lines at its end: a full disk may have cut the last one.
    open_lines() { # FILE
      # Opening a pipe that nobody reads never ends.
      [ ! -p "$1" ] || die 1 "$1 cannot be written: it is a pipe"
      (: >>"$1") 2>"$work/err" || die 1 "$1 cannot be written"
      [ ! -f "$1" ] || [ -z "$(tail -c 1 "$1")" ] || echo >>"$1"
    }

    # Opens log and state; one run at a time, also of runs with other folders, for which /run has a lock.
    begin_run() {
      mkdir -p "$state_dir" || die 1 "$state_dir cannot be made"
      open_lines "$log"
      open_lines "$state_dir/$plan.journal"
      (: >>"$state_dir/lock") || die 1 "$state_dir/lock cannot be written"
      exec 8>>"$state_dir/lock"
      flock -n 8 || die 1 "another run holds $state_dir/lock"
      if (: >>"$run_lock") 2>"$work/err"; then
        exec 7>>"$run_lock"
        flock -n 7 || die 1 "another run holds $run_lock"
      fi
      trap 'stop_later TERM' TERM
      trap 'stop_later HUP' HUP
      trap 'stop_later INT' INT
      trap 'stop_later QUIT' QUIT
      # Where nobody reads any more what is done, no more is done.
      trap 'stop_later PIPE' PIPE
    }

    begin_undo_record() {
      undo_file=$state_dir/undo-$(date -u +%Y%m%dT%H%M%SZ)-$$
      say "# dmtools undo 3|$node|$machine_id|$boot_id|$plan" >"$undo_file" ||
        die 1 "$undo_file cannot be written"
    }

    # Looks at all steps before the first of them; without that the run ends, and leaves no empty record.
    look_first() {
      look "$work/all" || finish "Nothing can be proved: $why" 1
      [ -z "$stopping" ] || finish "Stopped by a signal ($stopping)." 4
    }

    # Acts on one step unless a signal came.
    act_unless_stopped() { # NUMBER
      [ -z "$stopping" ] || finish "Stopped by a signal ($stopping)." 4
      act_on "$1"
    }

    # --yes: phase 1, or the one step of --only. One look says what is gone already; each step that is
    # not is proved by itself.
    run_all() {
      begin_run
      begin_undo_record
      state='' words='' left=0
      empty "$work/all/verdicts" || finish "$work cannot be written" 1
      [ -n "$only" ] || look_first
      while IFS='|' read -r number phase parent rule _ mapping uuid _ <&5; do
        [ -n "$only" ] || read_verdict "$number" <&6
        [ -z "$parent" ] || continue
        [ "$phase" = 1 ] || [ -n "$only" ] || { [ "$state" != true ] || left=$((left + 1)); continue; }
        if [ "$state" = gone ]; then
          gone=$((gone + 1))
          say "gone        $mapping$words"
        else
          act_unless_stopped "$number"
        fi
      done 5<"$work/all/steps" 6<"$work/all/verdicts"
      [ -z "$stopping" ] || finish "Stopped by a signal ($stopping)." 4
      words=''
      [ $left -eq 0 ] || words="Left for --interactive or --only: $left of phase 2."
      finish "$words" $((refused + failed > 0))
    }

    """#
}
