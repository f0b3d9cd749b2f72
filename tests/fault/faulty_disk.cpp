#include "tests/fault/faulty_disk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <filesystem>
#include <fstream>

#include "core/check.h"

namespace steppe::test {
namespace {

FaultyDisk* armed = nullptr;

std::string path_of(int descriptor) {
  char name[4096];
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t size = ::readlink(link.c_str(), name, sizeof name);
  return size > 0 ? std::string(name, static_cast<std::size_t>(size)) : std::string();
}

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::uint64_t next_random(std::uint64_t& state) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

struct stat info_of(int descriptor) {
  struct stat info{};
  ::fstat(descriptor, &info);
  return info;
}

/// Runs `real` unless the disk says that this call fails.
template <typename Real>
auto guarded(DiskCall kind, const std::string& path, Real real) -> decltype(real()) {
  FaultyDisk* disk = FaultyDisk::watching(path);
  const int error = disk == nullptr ? 0 : disk->enter(kind);
  if (error == 0) return real();
  errno = error;
  return -1;
}

int open_file(const char* path, int flags, mode_t mode) {
  const auto real = [&] { return static_cast<int>(::syscall(SYS_open, path, flags, mode)); };
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  return writes ? guarded(DiskCall::kOpen, path, real) : real();
}

ssize_t write_file(int descriptor, const void* data, std::size_t size, std::uint64_t offset,
                   bool appends) {
  const auto real = [&](std::size_t count) -> ssize_t {
    return appends ? ::syscall(SYS_write, descriptor, data, count)
                   : ::syscall(SYS_pwrite64, descriptor, data, count, offset);
  };
  const std::string path = path_of(descriptor);
  FaultyDisk* disk = FaultyDisk::watching(path);
  if (disk == nullptr) return real(size);
  if (appends) offset = static_cast<std::uint64_t>(info_of(descriptor).st_size);
  int error = disk->enter(DiskCall::kWrite);
  if (error == 0 && !disk->fits(path, offset + size)) error = ENOSPC;
  const ssize_t done = real(error == 0 ? size : size / 2);
  if (done > 0) {
    disk->wrote(descriptor, offset,
                std::string(static_cast<const char*>(data), static_cast<std::size_t>(done)));
  }
  if (error == 0) return done;
  errno = error;
  return -1;
}

int sync_file(int descriptor, long number) {
  return guarded(DiskCall::kSync, path_of(descriptor), [&] {
    const int done = static_cast<int>(::syscall(number, descriptor));
    if (FaultyDisk* disk = FaultyDisk::watching(path_of(descriptor))) disk->synced(descriptor);
    return done;
  });
}

int truncate_file(int descriptor, off_t size) {
  return guarded(DiskCall::kTruncate, path_of(descriptor), [&] {
    const int done = static_cast<int>(::syscall(SYS_ftruncate, descriptor, size));
    if (FaultyDisk* disk = FaultyDisk::watching(path_of(descriptor))) {
      disk->cut(descriptor, static_cast<std::uint64_t>(size));
    }
    return done;
  });
}

int allocate_file(int descriptor, off_t size) {
  const std::string path = path_of(descriptor);
  const FaultyDisk* disk = FaultyDisk::watching(path);
  if (disk != nullptr && !disk->fits(path, static_cast<std::uint64_t>(size))) return ENOSPC;
  return ::syscall(SYS_fallocate, descriptor, 0, 0, size) == 0 ? 0 : errno;
}

}  // namespace

FaultyDisk::FaultyDisk(std::string folder)
    : folder_(std::filesystem::canonical(folder).string() + "/") {
  STEPPE_CHECK(armed == nullptr);
  armed = this;
}

FaultyDisk::~FaultyDisk() {
  armed = nullptr;
}

FaultyDisk* FaultyDisk::watching(const std::string& path) {
  if (armed == nullptr || armed->inside_hook_) return nullptr;
  const bool below = path.starts_with(armed->folder_) || path + "/" == armed->folder_;
  return below ? armed : nullptr;
}

void FaultyDisk::fail(DiskCall kind, int n, int error, bool lasting) {
  kind_ = kind;
  countdown_ = n;
  error_ = error;
  lasting_ = lasting;
  fired_ = false;
}

void FaultyDisk::heal() {
  countdown_ = 0;
}

int FaultyDisk::enter(DiskCall kind) {
  if (hook_) {
    inside_hook_ = true;
    hook_();
    inside_hook_ = false;
  }
  if (countdown_ == 0 || kind != kind_) return 0;
  if (countdown_ > 1) {
    --countdown_;
    return 0;
  }
  fired_ = true;
  if (!lasting_) countdown_ = 0;
  return error_;
}

bool FaultyDisk::fits(const std::string& path, std::uint64_t end) const {
  std::uint64_t total = end;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::uint64_t size = entry.file_size();
    if (entry.path() != path) {
      total += size;
    } else if (end <= size) {
      return true;  // no growth
    }
  }
  return total <= limit_;
}

FaultyDisk::File* FaultyDisk::file_of(int descriptor) {
  if (!recording_) return nullptr;
  const struct stat info = info_of(descriptor);
  return &files_[{info.st_dev, info.st_ino}];
}

void FaultyDisk::wrote(int descriptor, std::uint64_t offset, std::string bytes) {
  if (File* file = file_of(descriptor)) file->pending.push_back({offset, std::move(bytes), false});
}

void FaultyDisk::cut(int descriptor, std::uint64_t size) {
  if (File* file = file_of(descriptor)) file->pending.push_back({size, {}, true});
}

void FaultyDisk::synced(int descriptor) {
  File* file = file_of(descriptor);
  if (file == nullptr) return;
  for (const Change& change : file->pending) apply(file->durable, change);
  file->pending.clear();
}

void FaultyDisk::apply(std::string& content, const Change& change) {
  if (change.is_cut) {
    content.resize(change.offset);
    return;
  }
  content.resize(std::max<std::size_t>(content.size(), change.offset + change.bytes.size()));
  std::copy(change.bytes.begin(), change.bytes.end(),
            content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

void FaultyDisk::record() {
  recording_ = true;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (!entry.is_regular_file()) continue;
    struct stat info{};
    ::stat(entry.path().c_str(), &info);
    files_[{info.st_dev, info.st_ino}].durable = read_whole(entry.path().string());
  }
}

std::string FaultyDisk::cut_power(const File& file, std::uint64_t& random) {
  static constexpr std::size_t kSector = 512;
  std::string content = file.durable;
  for (const Change& change : file.pending) {
    const std::uint64_t fate = next_random(random) % 4;
    if (fate == 0) continue;
    Change left = change;
    if (fate == 1) {
      const std::size_t sectors = left.bytes.size() / kSector + 1;
      left.bytes.resize(
          std::min<std::size_t>(left.bytes.size(), next_random(random) % sectors * kSector));
    }
    // A file can be longer than what was written into it: its size came to disk, its bytes did not.
    const bool grows = left.offset + left.bytes.size() > content.size();
    if (fate == 2 && grows && !left.is_cut) left.bytes.assign(left.bytes.size(), '\0');
    apply(content, left);
  }
  return content;
}

void FaultyDisk::write_image(const std::string& target, std::uint64_t seed) const {
  std::filesystem::create_directories(target);
  std::uint64_t random = seed * 0x9e3779b97f4a7c15u + 1;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    struct stat info{};
    ::stat(entry.path().c_str(), &info);
    const auto known = files_.find({info.st_dev, info.st_ino});
    if (known == files_.end()) continue;
    std::ofstream(target + "/" + entry.path().filename().string(), std::ios::binary)
        << cut_power(known->second, random);
  }
}

}  // namespace steppe::test

// The C library's names, for this binary and the libraries it loads.
extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return steppe::test::open_file(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return steppe::test::open_file(path, flags, mode);
}

ssize_t write(int descriptor, const void* data, size_t size) {
  return steppe::test::write_file(descriptor, data, size, 0, true);
}

ssize_t pwrite(int descriptor, const void* data, size_t size, off_t offset) {
  return steppe::test::write_file(descriptor, data, size, static_cast<std::uint64_t>(offset),
                                  false);
}

ssize_t pwrite64(int descriptor, const void* data, size_t size, off64_t offset) {
  return steppe::test::write_file(descriptor, data, size, static_cast<std::uint64_t>(offset),
                                  false);
}

int fsync(int descriptor) {
  return steppe::test::sync_file(descriptor, SYS_fsync);
}

int fdatasync(int descriptor) {
  return steppe::test::sync_file(descriptor, SYS_fdatasync);
}

int ftruncate(int descriptor, off_t size) noexcept {
  return steppe::test::truncate_file(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) noexcept {
  return steppe::test::truncate_file(descriptor, size);
}

int posix_fallocate(int descriptor, off_t, off_t size) {
  return steppe::test::allocate_file(descriptor, size);
}

int rename(const char* from, const char* to) noexcept {
  return steppe::test::guarded(steppe::test::DiskCall::kRename, to,
                               [&] { return static_cast<int>(::syscall(SYS_rename, from, to)); });
}

int unlink(const char* path) noexcept {
  return steppe::test::guarded(steppe::test::DiskCall::kUnlink, path,
                               [&] { return static_cast<int>(::syscall(SYS_unlink, path)); });
}

}  // extern "C"
