#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_openat2
#define SYS_openat2 437
#endif

// Source: include/uapi/linux/openat2.h.
struct how {
  uint64_t flags, mode, resolve;
};
#define IN_ROOT 0x10

// What kernels before 5.6 get: no link is followed.
static int open_without_links(int folder, const char *path, int flags) {
  char copy[PATH_MAX];
  if (strlen(path) >= sizeof copy) return -ENAMETOOLONG;
  strcpy(copy, path);
  int current = fcntl(folder, F_DUPFD_CLOEXEC, 0);
  char *rest = copy;
  char *part;
  while (current >= 0 && (part = strsep(&rest, "/"))) {
    if (!*part || !strcmp(part, ".")) continue;
    if (!strcmp(part, "..")) {
      close(current);
      return -EXDEV;
    }
    int is_last = !rest || !*rest;
    struct stat status;
    int error = 0;
    if (fstatat(current, part, &status, AT_SYMLINK_NOFOLLOW) != 0) error = errno;
    if (!error && S_ISLNK(status.st_mode) && !(is_last && flags & O_NOFOLLOW)) error = ELOOP;
    int next = -1;
    if (!error) {
      next = openat(current, part, O_NOFOLLOW | O_CLOEXEC | (is_last ? flags : O_PATH));
      error = errno;
    }
    close(current);
    if (next < 0) return -error;
    current = next;
  }
  return current >= 0 ? current : -errno;
}

int cspawn_open_in_root(const char *root, const char *path, int flags) {
  int folder = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return -errno;
  struct how how = {(uint64_t)(flags | O_CLOEXEC), 0, IN_ROOT};
  int file = (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
  if (file < 0) file = -errno;
  // A sandbox that doesn't know the call says EPERM.
  if (file == -ENOSYS || file == -EPERM) file = open_without_links(folder, path, flags);
  close(folder);
  return file;
}
