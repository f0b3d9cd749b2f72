// Preloaded into a child (LD_PRELOAD): while the file named by STEPPE_FULL_DISK exists, no file
// below the folder it lies in can grow, as on a disk without space.

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace {

// True when `descriptor` lies beside the marker and writing up to `end` would make it larger.
bool is_full(int descriptor, off_t end) {
  const char* marker = std::getenv("STEPPE_FULL_DISK");  // NOLINT(concurrency-mt-unsafe)
  if (marker == nullptr || ::access(marker, F_OK) != 0) return false;
  const char* slash = std::strrchr(marker, '/');
  if (slash == nullptr) return false;
  char link[64];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  char path[4096];
  const ssize_t size = ::readlink(link, path, sizeof path);
  const std::size_t folder = static_cast<std::size_t>(slash - marker) + 1;
  if (size < 0 || static_cast<std::size_t>(size) < folder) return false;
  struct stat file{};
  return std::strncmp(path, marker, folder) == 0 && ::fstat(descriptor, &file) == 0 &&
         S_ISREG(file.st_mode) && end > file.st_size;
}

template <typename Call>
Call next(const char* name) {
  return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
  using Call = ssize_t (*)(int, const void*, size_t);
  if (is_full(descriptor, std::numeric_limits<off_t>::max())) {  // appended to, in this program
    errno = ENOSPC;
    return -1;
  }
  return next<Call>("write")(descriptor, bytes, size);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
  using Call = ssize_t (*)(int, const void*, size_t, off64_t);
  if (is_full(descriptor, at + static_cast<off_t>(size))) {
    errno = ENOSPC;
    return -1;
  }
  return next<Call>("pwrite64")(descriptor, bytes, size, at);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  return pwrite64(descriptor, bytes, size, at);
}

int posix_fallocate(int descriptor, off_t at, off_t size) {
  using Call = int (*)(int, off_t, off_t);
  if (is_full(descriptor, at + size)) return ENOSPC;
  return next<Call>("posix_fallocate")(descriptor, at, size);
}

}  // extern "C"
