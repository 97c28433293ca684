#pragma once

#include <sys/types.h>

/// A started program: its process, and the reading ends of its two outputs.
struct cspawn_child {
  pid_t pid;
  /// Readable once the process has ended; -1 where the kernel has none (before Linux 5.3).
  int pidfd;
  int output;
  int error;
};

/// Starts a program in a session and process group of its own: both outputs to pipes that don't block,
/// folder /, all signals at their defaults. It reads inputs[0] as standard input (/dev/null when there
/// is none) and finds the others as descriptors 3, 4 and so on; they stay open here. At most 4.
///
/// Returns 0 or an error number.
int cspawn_start(const char *path, char *const argv[], char *const envp[], const int inputs[],
                 int input_count, struct cspawn_child *child);

/// Makes a file without a name that holds the bytes, to be read from its start. Returns its descriptor,
/// or an error number below zero.
int cspawn_memory_file(const void *bytes, size_t count);

/// Whether the process has ended: it stays a zombie, so that its number isn't given away.
int cspawn_has_ended(pid_t pid);

/// Takes the ended process's status away; its number may be given to another from now on.
///
/// Exactly one of the two is not -1. Returns 0, or -1 when it has not ended.
int cspawn_reap(pid_t pid, int *exit_code, int *signal_number);

/// Sends a signal to a program's process group, and SIGCONT behind it.
void cspawn_signal_group(pid_t pid, int signal_number);

/// Forgets a process that can't die, so that ending this program doesn't wait for it.
void cspawn_forget(pid_t pid);

/// From now on SIGTERM, SIGINT, SIGHUP and what else ends programs (SIGQUIT, SIGUSR1, SIGALRM, SIGXCPU,
/// SIGPWR…), unless they were ignored, end this program with that status, as does what it ends itself with
/// (SIGABRT, SIGSEGV…): running children are killed with their groups, the guarded file is removed, and
/// the sentence is written to standard error. A closed pipe and a file size limit are errors of write(2)
/// instead of signals.
void cspawn_end_on_signals(const char *sentence, int status);

/// From now on the signals end this program with that status and sentence. The signals are held meanwhile.
void cspawn_end_with(const char *sentence, int status);

/// Names the half-written file that a signal removes; NULL when there is none.
void cspawn_guard_file(const char *path);

/// Holds the signals back while a file changes its name, or lets them come again.
void cspawn_hold_signals(int hold);

/// Opens a path as if the folder were the root of all: links, also absolute ones, stay below it. On
/// kernels that can't (before Linux 5.6), a link is ELOOP. Returns a descriptor or an error number below
/// zero.
int cspawn_open_in_root(const char *root, const char *path, int flags);
