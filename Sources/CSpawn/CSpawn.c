#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

// What the signal handler needs: nothing here is ever allocated.
#define SLOTS 256
static _Atomic pid_t running[SLOTS];
static char guarded[PATH_MAX];
static volatile sig_atomic_t has_guarded;
static char last_words[256];
static int end_status;

// What ends a program that doesn't handle it, and is sent from outside.
static const int ending[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM,
                             SIGVTALRM, SIGPROF, SIGXCPU, SIGPWR, SIGIO, SIGSTKFLT};
#define ENDING_COUNT (int)(sizeof ending / sizeof ending[0])

// What a program ends itself with: memory that is not to be had, a fault. Never held back.
static const int faults[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGSYS};

static void ending_set(sigset_t *set) {
  sigemptyset(set);
  for (int i = 0; i < ENDING_COUNT; i++) sigaddset(set, ending[i]);
}

static void remember(pid_t pid) {
  for (int slot = 0; slot < SLOTS; slot++) {
    pid_t empty = 0;
    if (atomic_compare_exchange_strong(&running[slot], &empty, pid)) return;
  }
}

void cspawn_forget(pid_t pid) {
  for (int slot = 0; slot < SLOTS; slot++) {
    pid_t expected = pid;
    if (atomic_compare_exchange_strong(&running[slot], &expected, 0)) return;
  }
}

static void close_all(int descriptors[4]) {
  for (int i = 0; i < 4; i++)
    if (descriptors[i] >= 0) close(descriptors[i]);
}

int cspawn_start(const char *path, char *const argv[], char *const envp[], const int inputs[],
                 int input_count, struct cspawn_child *child) {
  if (input_count < 0 || input_count > 4) return EINVAL;
  // Copies far above the numbers that the program gets: none is overwritten before its turn.
  int copies[4] = {-1, -1, -1, -1};
  for (int i = 0; i < input_count; i++) {
    copies[i] = fcntl(inputs[i], F_DUPFD_CLOEXEC, 32);
    if (copies[i] < 0) {
      int error = errno;
      close_all(copies);
      return error;
    }
  }
  int pipes[4] = {-1, -1, -1, -1};
  if (pipe2(pipes, O_CLOEXEC) != 0 || pipe2(pipes + 2, O_CLOEXEC) != 0) {
    int error = errno;
    close_all(pipes);
    close_all(copies);
    return error;
  }
  fcntl(pipes[0], F_SETFL, O_NONBLOCK);
  fcntl(pipes[2], F_SETFL, O_NONBLOCK);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  int error = 0;
  if (input_count == 0)
    error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, pipes[1], 1);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, pipes[3], 2);
  for (int i = 0; i < input_count && !error; i++)
    error = posix_spawn_file_actions_adddup2(&actions, copies[i], i == 0 ? 0 : i + 2);
  if (!error) error = posix_spawn_file_actions_addchdir_np(&actions, "/");

  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  // A signal between the start and remember() would leave the child behind: it waits.
  sigset_t ends, before;
  ending_set(&ends);
  pthread_sigmask(SIG_BLOCK, &ends, &before);
  if (!error) error = posix_spawn(&child->pid, path, &actions, &attributes, argv, envp);
  if (!error) remember(child->pid);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  close_all(copies);
  if (error) {
    close_all(pipes);
    return error;
  }
  close(pipes[1]);
  close(pipes[3]);
  child->output = pipes[0];
  child->error = pipes[2];
  child->pidfd = (int)syscall(SYS_pidfd_open, child->pid, 0);
  return 0;
}

int cspawn_memory_file(const void *bytes, size_t count) {
  int file = memfd_create("dmtools", MFD_CLOEXEC);
  if (file < 0) return -errno;
  size_t written = 0;
  while (written < count) {
    ssize_t part = write(file, (const char *)bytes + written, count - written);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) break;
    written += (size_t)part;
  }
  if (written == count && lseek(file, 0, SEEK_SET) == 0) return file;
  int error = errno ? errno : ENOSPC;
  close(file);
  return -error;
}

int cspawn_has_ended(pid_t pid) {
  siginfo_t info;
  info.si_pid = 0;
  if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return errno == ECHILD;
  return info.si_pid == pid;
}

int cspawn_reap(pid_t pid, int *exit_code, int *signal_number) {
  int status = 0;
  pid_t reaped;
  do reaped = waitpid(pid, &status, WNOHANG);
  while (reaped < 0 && errno == EINTR);
  if (reaped != pid) return -1;
  cspawn_forget(pid);
  *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  *signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : -1;
  return 0;
}

void cspawn_signal_group(pid_t pid, int signal_number) {
  if (pid <= 1) return;
  kill(-pid, signal_number);
  kill(-pid, SIGCONT);
}

static void end(int signal_number) {
  (void)signal_number;
  for (int slot = 0; slot < SLOTS; slot++) {
    pid_t pid = atomic_load(&running[slot]);
    if (pid > 1) kill(-pid, SIGKILL);
  }
  if (has_guarded) unlink(guarded);
  if (write(2, last_words, strlen(last_words)) < 0) _exit(end_status);
  _exit(end_status);
}

void cspawn_end_with(const char *sentence, int status) {
  strncpy(last_words, sentence, sizeof last_words - 1);
  end_status = status;
}

void cspawn_end_on_signals(const char *sentence, int status) {
  cspawn_end_with(sentence, status);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigfillset(&action.sa_mask);
  action.sa_handler = end;
  for (int i = 0; i < ENDING_COUNT; i++) {
    struct sigaction before;
    // nohup and shells in the background have had it ignored: it stays so.
    if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    sigaction(ending[i], &action, NULL);
  }
  for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) sigaction(faults[i], &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, NULL);
  sigaction(SIGXFSZ, &action, NULL);
}

void cspawn_guard_file(const char *path) {
  has_guarded = 0;
  if (!path || strlen(path) >= sizeof guarded) return;
  strcpy(guarded, path);
  has_guarded = 1;
}

void cspawn_hold_signals(int hold) {
  sigset_t set;
  ending_set(&set);
  sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}
