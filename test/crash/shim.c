/* Stands between a process and its disk (LD_PRELOAD, glibc). It watches what changes the files below CRASH_ROOT and can
 *   record   CRASH_LOG=file        every change with its bytes, in the order in which the kernel took it (read by disk.ts);
 *   kill     CRASH_KILL_AT=n       the process at the n-th change, CRASH_KILL_HOW=before, torn (half of a write) or after it;
 *   refuse   CRASH_FAIL_AT=n       the n-th change with CRASH_FAIL_ERRNO; CRASH_FAIL_ON=1: and all that follow, as a full disk does;
 *   count    CRASH_COUNT=file      the changes, once the process ends.
 * The -shm file is memory: it is counted and refused, never recorded. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FDS 4096
#define REAL(name) ((__typeof__(&name))real(#name))

static pthread_mutex_t gate = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char root[4096], *names[FDS];
static size_t root_length;
static int log_fd = -1, fail_errno, fail_on;
static long kill_at = -1, fail_at = -1, changes;
static const char *kill_how = "before";

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static long number(const char *name, long otherwise) {
  const char *said = getenv(name);
  return said ? atol(said) : otherwise;
}

__attribute__((constructor)) static void start(void) {
  const char *said = getenv("CRASH_ROOT");
  if (!said || root_length || !realpath(said, root)) return;
  root_length = strlen(root);
  if ((said = getenv("CRASH_LOG"))) log_fd = REAL(open64)(said, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
  if ((said = getenv("CRASH_KILL_HOW"))) kill_how = said;
  kill_at = number("CRASH_KILL_AT", -1);
  fail_at = number("CRASH_FAIL_AT", -1);
  fail_errno = number("CRASH_FAIL_ERRNO", EIO);
  fail_on = number("CRASH_FAIL_ON", 0);
}

__attribute__((destructor)) static void end(void) {
  const char *file = getenv("CRASH_COUNT");
  if (!file || !root_length) return;
  char text[32];
  int fd = REAL(open64)(file, O_CREAT | O_WRONLY | O_TRUNC, 0644);
  REAL(write)(fd, text, snprintf(text, sizeof text, "%ld", changes));
  REAL(close)(fd);
}

/* The path below the root; NULL: not below it. */
static const char *below(const char *path) {
  if (!root_length || strncmp(path, root, root_length) || path[root_length] != '/') return NULL;
  return path + root_length + 1;
}

static const char *name_of(int fd) { return fd >= 0 && fd < FDS ? names[fd] : NULL; }

static void put(const void *bytes, size_t length) {
  for (const char *p = bytes; length > 0;) {
    ssize_t done = REAL(write)(log_fd, p, length);
    if (done < 0) abort();
    p += done;
    length -= done;
  }
}

/* kind (1 byte), length of the name (2), offset (8), length of the bytes (4), name, bytes; little end first */
static void record(char kind, const char *name, uint64_t offset, const void *bytes, uint32_t length) {
  size_t end = strlen(name);
  if (log_fd < 0 || (end > 4 && !strcmp(name + end - 4, "-shm"))) return;
  uint16_t name_length = end;
  char head[15];
  head[0] = kind;
  memcpy(head + 1, &name_length, 2);
  memcpy(head + 3, &offset, 8);
  memcpy(head + 11, &length, 4);
  put(head, sizeof head);
  put(name, end);
  put(bytes, length);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static int dies(const char *how) { return changes == kill_at && !strcmp(kill_how, how); }

/* Counts a change about to be made. True: refuse it. */
static int refused(int refusable) {
  changes++;
  if (dies("before")) die();
  if (!refusable || fail_at < 0 || changes < fail_at || (changes > fail_at && !fail_on)) return 0;
  errno = fail_errno;
  return 1;
}

#define CHANGE(type, refusable, call, kind, name, offset, bytes, length)   \
  pthread_mutex_lock(&gate);                                              \
  type result = refused(refusable) ? -1 : (call);                         \
  int said = errno;                                                       \
  if (result >= 0) record(kind, name, offset, bytes, length);             \
  if (dies("after") || dies("torn")) die();                               \
  pthread_mutex_unlock(&gate);                                            \
  errno = said;                                                           \
  return result

static int open_real(const char *path, int flags, mode_t mode) {
  /* a recording is to come out the same each time: SQLite salts its log with this */
  if (log_fd >= 0 && !strcmp(path, "/dev/urandom")) path = "/dev/zero";
  return REAL(open64)(path, flags, mode);
}

static int create(const char *path, const char *name, int flags, mode_t mode) {
  CHANGE(int, 1, open_real(path, flags, mode), 'C', name, 0, NULL, 0);
}

static int open_watched(const char *path, int flags, mode_t mode) {
  const char *name = below(path);
  struct stat64 there;
  int is_new = name && (flags & O_CREAT) && REAL(stat64)(path, &there) != 0;
  int fd = is_new ? create(path, name, flags, mode) : open_real(path, flags, mode);
  if (fd < 0 || fd >= FDS) return fd;
  free(names[fd]);
  names[fd] = name ? strdup(name) : NULL;
  return fd;
}

#define OPEN(function)                                    \
  int function(const char *path, int flags, ...) {        \
    va_list rest;                                         \
    va_start(rest, flags);                                \
    mode_t mode = flags & O_CREAT ? va_arg(rest, int) : 0; \
    va_end(rest);                                         \
    return open_watched(path, flags, mode);               \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (name_of(fd)) {
    free(names[fd]);
    names[fd] = NULL;
  }
  return REAL(close)(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  const char *name = name_of(fd);
  if (!name) return REAL(pwrite64)(fd, bytes, length, offset);
  size_t taken = changes + 1 == kill_at && !strcmp(kill_how, "torn") ? length / 2 : length;
  CHANGE(ssize_t, 1, REAL(pwrite64)(fd, bytes, taken, offset), 'W', name, offset, bytes, result);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
  const char *name = name_of(fd);
  if (!name) return REAL(write)(fd, bytes, length);
  off64_t offset = lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  CHANGE(ssize_t, 1, REAL(write)(fd, bytes, length), 'W', name, offset, bytes, result);
}

int ftruncate64(int fd, off64_t size) {
  const char *name = name_of(fd);
  if (!name) return REAL(ftruncate64)(fd, size);
  CHANGE(int, 1, REAL(ftruncate64)(fd, size), 'T', name, size, NULL, 0);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int is_folder(int fd) {
  struct stat64 it;
  return fstat64(fd, &it) == 0 && S_ISDIR(it.st_mode);
}

#define SYNC(function)                                                                                \
  int function(int fd) {                                                                              \
    const char *name = name_of(fd);                                                                   \
    if (!name) return REAL(function)(fd);                                                             \
    int folder = is_folder(fd);                                                                       \
    CHANGE(int, !folder, REAL(function)(fd), folder ? 'D' : 'S', name, 0, NULL, 0);                    \
  }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
  const char *name = below(path);
  if (!name) return REAL(unlink)(path);
  CHANGE(int, 0, REAL(unlink)(path), 'U', name, 0, NULL, 0);
}

int rename(const char *from, const char *to) {
  const char *name = below(from), *other = below(to);
  if (!name || !other) return REAL(rename)(from, to);
  for (int fd = 0; fd < FDS; fd++)
    if (names[fd] && !strcmp(names[fd], name)) {
      free(names[fd]);
      names[fd] = strdup(other);
    }
  CHANGE(int, 1, REAL(rename)(from, to), 'R', name, 0, other, strlen(other));
}
