/* A layer between a program and the C library that fails, tears or kills at the n-th change of a file below a folder.
 *
 * LD_PRELOADed; PRESSLENS_FAULTS names a file of `struct plan`, shared by every process that a test starts.
 * Only changes count: opening to write, writing, syncing, naming, making and removing. Linux, gcc or clang.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct plan {
  long count;     /* changes so far */
  long at;        /* the change at which it happens; 0: never */
  long kind;      /* errno; -1: killed; -2: half is written, then no space */
  long lasting;   /* every later change that takes room fails too: a full disk stays full */
  long done;      /* how often it happened */
  char below[4000];
};

static struct plan *plan;
static __thread int inside;

__attribute__((constructor)) static void begin(void) {
  const char *name = getenv("PRESSLENS_FAULTS");
  if (!name) return;
  int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  int fd = real(name, O_RDWR);
  if (fd < 0) return;
  void *where = mmap(NULL, sizeof(struct plan), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (where != MAP_FAILED) plan = where;
}

static int is_below(const char *path) {
  if (!plan || !path || inside) return 0;
  size_t n = strlen(plan->below);
  char whole[PATH_MAX + 1];
  if (path[0] != '/') {
    inside = 1;
    char *here = getcwd(whole, sizeof whole);
    inside = 0;
    if (!here || strlen(here) + strlen(path) + 2 > sizeof whole) return 0;
    strcat(whole, "/");
    strcat(whole, path);
    path = whole;
  }
  return n && !strncmp(path, plan->below, n);
}

static int is_fd_below(int fd) {
  if (!plan || inside) return 0;
  char link[64], path[PATH_MAX + 1];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX);
  if (n <= 0) return 0;
  path[n] = 0;
  return is_below(path);
}

/* 0: go on. Otherwise the kind of fault (an errno, or -2). `room`: whether the change needs room on the disk. */
static long fault(int room) {
  long now = __sync_add_and_fetch(&plan->count, 1);
  if (!plan->at || now < plan->at) return 0;
  if (now > plan->at && !(plan->lasting && room)) return 0;
  __sync_add_and_fetch(&plan->done, 1);
  if (plan->kind == -1) kill(getpid(), SIGKILL);
  if (now > plan->at && plan->kind == -2) return ENOSPC;
  return plan->kind;
}

#define FAIL(room)                                   \
  do {                                               \
    long kind = fault(room);                         \
    if (kind) {                                      \
      errno = kind > 0 ? (int)kind : ENOSPC;         \
      return -1;                                     \
    }                                                \
  } while (0)

#define REAL(name, type) \
  static __typeof__(type) real; \
  if (!real) real = (__typeof__(type))dlsym(RTLD_NEXT, #name)

#define OPEN(name)                                                              \
  int name(const char *path, int flags, ...) {                                  \
    REAL(name, int (*)(const char *, int, ...));                                \
    va_list rest;                                                               \
    va_start(rest, flags);                                                      \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;     \
    va_end(rest);                                                               \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_below(path)) FAIL(1);     \
    return real(path, flags, mode);                                             \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                            \
  int name(int at, const char *path, int flags, ...) {                          \
    REAL(name, int (*)(int, const char *, int, ...));                           \
    va_list rest;                                                               \
    va_start(rest, flags);                                                      \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;     \
    va_end(rest);                                                               \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_below(path)) FAIL(1);     \
    return real(at, path, flags, mode);                                         \
  }
OPENAT(openat)
OPENAT(openat64)

static ssize_t torn(int fd, const void *data, size_t size) {
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  if (size > 1) return real(fd, data, size / 2);
  errno = ENOSPC;
  return -1;
}

ssize_t write(int fd, const void *data, size_t size) {
  REAL(write, ssize_t (*)(int, const void *, size_t));
  if (is_fd_below(fd)) {
    long kind = fault(1);
    if (kind == -2) return torn(fd, data, size);
    if (kind) {
      errno = (int)kind;
      return -1;
    }
  }
  return real(fd, data, size);
}

#define PWRITE(name, off)                                                   \
  ssize_t name(int fd, const void *data, size_t size, off at) {             \
    REAL(name, ssize_t (*)(int, const void *, size_t, off));                \
    if (is_fd_below(fd)) FAIL(1);                                           \
    return real(fd, data, size, at);                                        \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *parts, int n) {
  REAL(writev, ssize_t (*)(int, const struct iovec *, int));
  if (is_fd_below(fd)) FAIL(1);
  return real(fd, parts, n);
}

#define SENDFILE(name, off)                                   \
  ssize_t name(int to, int from, off *at, size_t size) {      \
    REAL(name, ssize_t (*)(int, int, off *, size_t));         \
    if (is_fd_below(to)) FAIL(1);                             \
    return real(to, from, at, size);                          \
  }
SENDFILE(sendfile, off_t)
SENDFILE(sendfile64, off64_t)

#define ON_FD(name, room)             \
  int name(int fd) {                  \
    REAL(name, int (*)(int));         \
    if (is_fd_below(fd)) FAIL(room);  \
    return real(fd);                  \
  }
ON_FD(fsync, 1)
ON_FD(fdatasync, 1)

#define ON_PATH(name, room)                  \
  int name(const char *path) {               \
    REAL(name, int (*)(const char *));       \
    if (is_below(path)) FAIL(room);          \
    return real(path);                       \
  }
ON_PATH(unlink, 0)
ON_PATH(rmdir, 0)

int unlinkat(int at, const char *path, int flags) {
  REAL(unlinkat, int (*)(int, const char *, int));
  if (path[0] == '/' ? is_below(path) : at >= 0 ? is_fd_below(at) : is_below(path)) FAIL(0);
  return real(at, path, flags);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir, int (*)(const char *, mode_t));
  if (is_below(path)) FAIL(1);
  return real(path, mode);
}

int rename(const char *from, const char *to) {
  REAL(rename, int (*)(const char *, const char *));
  if (is_below(to)) FAIL(1);
  return real(from, to);
}

int renameat(int a, const char *from, int b, const char *to) {
  REAL(renameat, int (*)(int, const char *, int, const char *));
  if (is_below(to)) FAIL(1);
  return real(a, from, b, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
  REAL(renameat2, int (*)(int, const char *, int, const char *, unsigned));
  if (is_below(to)) FAIL(1);
  return real(a, from, b, to, flags);
}

#define TRUNCATE(name, off)               \
  int name(int fd, off size) {            \
    REAL(name, int (*)(int, off));        \
    if (is_fd_below(fd)) FAIL(1);         \
    return real(fd, size);                \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
