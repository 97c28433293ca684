extension CleanupScript {
  /// Where the script finds things, and how it speaks and calls tools.
  static let settings = #"""
    # --- Where things are ---------------------------------------------------------
    pve=/etc/pve
    proc=/proc
    sys=/sys
    dev=/dev
    locks=/run/lock
    pid_files=/run/qemu-server
    active_tasks=/var/log/pve/tasks/active
    machine_file=/etc/machine-id
    fstab=/etc/fstab
    state_dir=/var/lib/dmtools
    log=/var/log/dmtools-cleanup.log
    run_lock=/run/dmtools-cleanup.lock

    set -u +C
    umask 077
    # An empty part of PATH, or one that is no full path, is looked for in the current folder.
    full=''
    set -f
    IFS=:
    for part in ${PATH:-}; do case $part in /*) full=$full$part: ;; esac; done
    unset IFS
    set +f
    LC_ALL=C TZ=UTC PATH=$full/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
    LVM_SUPPRESS_FD_WARNINGS=1
    export LC_ALL TZ PATH LVM_SUPPRESS_FD_WARNINGS
    unset DM_DEFAULT_NAME_MANGLING_MODE LVM_SYSTEM_DIR DM_UUID_PREFIX DM_DISABLE_UDEV POSIXLY_CORRECT
    # A trace would stand among the words of the tools, in which any complaint refuses.
    case $- in *x*) set +x; printf '%s\n' 'not traced: what tools say is read here' >&2 ;; esac

    usage() {
      cat <<END
    sh $0 [--check]            check every step on this node and change nothing
    sh $0 --interactive        ask about each step: y removes, n or Enter skips,
                               a removes the rest of phase 1, q or the end of input quits
    sh $0 --yes                phase 1 without questions
    sh $0 --yes --only MAPPING one step, of either phase
    sh $0 --undo FILE          put back what a run removed
          --log FILE           instead of $log
          --state-dir DIR      instead of $state_dir

    Exit: 0 done or nothing to do, 1 some step refused or failed, 2 usage,
    3 wrong node, rebooted, expired or not root, 4 quit.
    END
    }

    # --- Words --------------------------------------------------------------------
    say() { printf '%s\n' "$*"; }

    # Says how a step ended. Where nobody reads that, no more is done.
    tell() { say "$1" || stopping=${stopping:-PIPE}; }

    # Puts a path into $full, from the root on: in another form a tool may take it for something else.
    make_full() { # PATH
      case $1 in /*) full=$1 ;; *) full=$(pwd)/$1 ;; esac
    }

    # Prints words as a shell takes them.
    quoted() { # WORD...
      for word in "$@"; do
        case $word in
          *[!0-9A-Za-z/._:=+-]*) printf " '%s'" "$(say "$word" | sed "s/'/'\\\\''/g")" ;;
          *) printf ' %s' "$word" ;;
        esac
      done
    }

    # Ends the run with a status and a sentence.
    die() { # STATUS WORDS
      printf '%s\n' "$2" >&2
      exit "$1"
    }

    # Prints a file of a tool's words on one line, without characters that a terminal acts upon.
    words_in() { # FILE
      tr -s '\n\t ' '   ' <"$1" | tr -cd '\40-\176' | cut -c 1-400
    }

    # Runs a tool for a time, without input and without our locks: what hangs must not hold them. While
    # a guest's lock is held ($hurried) the time is five seconds, whatever it may be elsewhere.
    # The outer timeout is for what cannot even be killed (state D): it leaves that behind.
    # A shell of its own closes the files: where dash closed 9 for a tool while nothing was open there, it
    # takes 9 for closed in a later ( ... ) 9>>FILE as well, and there the next 9>&- closes it for good.
    bounded() { # SECONDS COMMAND...
      limit_time "$1"
      shift
      (exec timeout -s KILL $((seconds + 2 * grace)) timeout -k "$grace" "$seconds" "$@" </dev/null 3<&- 4<&- 5<&- 6<&- 7>&- 8>&- 9>&-)
    }

    limit_time() { # SECONDS
      seconds=$1 grace=5
      [ -z "$hurried" ] || seconds=5 grace=1
    }

    # The same with the paths that a file lists behind the command.
    bounded_on() { # LIST SECONDS COMMAND...
      listed=$1
      limit_time "$2"
      shift 2
      tr '\n' '\0' <"$listed" |
        xargs -0 -r timeout -s KILL $((seconds + 2 * grace)) timeout -k "$grace" "$seconds" "$@" 3<&- 4<&- 5<&- 6<&- 7>&- 8>&- 9>&-
    }

    # Makes a file empty. A shell ends at once where it cannot do that for its own : command.
    empty() { printf '' >"$1"; } # FILE

    # Puts a file's first line into $line; nothing where there is none.
    read_line() { # FILE
      line=''
      [ ! -r "$1" ] || IFS= read -r line <"$1" || :
    }

    """#
}
