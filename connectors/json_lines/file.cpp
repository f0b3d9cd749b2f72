#include "connectors/json_lines/file.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace steppe::json_lines {
namespace {

constexpr int kOpenFlags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// O_NONBLOCK keeps the open of a pipe from waiting for a reader before it can be refused.
Result<File> open_or_create(const std::string& path) {
  int descriptor = ::open(path.c_str(), kOpenFlags);
  if (descriptor >= 0) return File(descriptor, path);
  if (errno != ENOENT) return file_error(errno, "opening", path);
  descriptor = ::open(path.c_str(), kOpenFlags | O_CREAT, 0644);
  if (descriptor < 0 && errno == ENOENT) {
    return Error{Code::kConfig, Retry::kNever, "there is no folder " + folder_of(path)};
  }
  if (descriptor < 0) return file_error(errno, "creating", path);
  File file(descriptor, path);
  if (auto done = sync_folder_of(path); !done) return done.error();
  return file;
}

}  // namespace

Error file_error(int system_error, const std::string& operation, const std::string& path) {
  std::string message = operation + " " + path + ": " +
                        std::error_code(system_error, std::generic_category()).message();
  switch (system_error) {
    case EACCES:
    case EPERM:
    case EROFS: return {Code::kPermission, Retry::kNever, std::move(message)};
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ENXIO:
    case ELOOP:
    case ENAMETOOLONG: return {Code::kConfig, Retry::kNever, std::move(message)};
    case ENOSPC:
    case EDQUOT: return {Code::kStorage, Retry::kLater, "disk full: " + message};
    case EFBIG:
    case EMFILE:
    case ENFILE:
    case ENOMEM: return {Code::kStorage, Retry::kLater, std::move(message)};
    default: return {Code::kStorage, Retry::kNever, "unsafe storage: " + message};
  }
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
  if (this == &other) return *this;
  close();
  descriptor_ = std::exchange(other.descriptor_, -1);
  path_ = std::move(other.path_);
  return *this;
}

File::~File() {
  close();
}

void File::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Result<File> File::open_output(const std::string& path) {
  Result<File> file = open_or_create(path);
  if (!file) return file;
  struct stat info{};
  if (::fstat(file->descriptor(), &info) != 0) return file_error(errno, "looking at", path);
  if (!S_ISREG(info.st_mode)) {
    return Error{Code::kConfig, Retry::kNever,
                 path + " is not a regular file; use \"-\" and redirect stdout"};
  }
  if (::flock(file->descriptor(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno != EWOULDBLOCK) return file_error(errno, "locking", path);
  return Error{Code::kConflict, Retry::kNever, "another process writes to " + path};
}

Result<FileId> File::id() const {
  struct stat info{};
  if (::fstat(descriptor_, &info) != 0) return file_error(errno, "looking at", path_);
  return FileId{info.st_dev, info.st_ino};
}

Result<std::uint64_t> File::size() const {
  struct stat info{};
  if (::fstat(descriptor_, &info) != 0) return file_error(errno, "looking at", path_);
  return static_cast<std::uint64_t>(info.st_size);
}

Result<void> File::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error(errno, "writing to", path_);
    if (written == 0) return file_error(EIO, "writing to", path_);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> File::cut(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) == 0) return {};
  return file_error(errno, "cutting a partial line of", path_);
}

Result<void> File::sync() {
  if (::fdatasync(descriptor_) == 0) return {};
  // Whatever the reason, what was written before may be gone: never kLater.
  Error error = file_error(errno, "syncing", path_);
  return Error{Code::kStorage, Retry::kNever, std::move(error.message)};
}

Result<std::string> File::read(std::uint64_t offset, std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::pread(descriptor_, bytes.data() + filled, size - filled,
                                static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(errno, "reading", path_);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

Result<void> sync_folder_of(const std::string& path) {
  const std::string folder = folder_of(path);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return file_error(errno, "opening", folder);
  const File handle(descriptor, folder);
  if (::fsync(descriptor) != 0) return file_error(errno, "syncing", folder);
  return {};
}

FileId file_at(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return {};
  return {info.st_dev, info.st_ino};
}

Result<void> write_stream(int descriptor, std::string_view bytes, std::chrono::milliseconds limit,
                          std::size_t& written) {
  written = 0;
  while (written < bytes.size()) {
    pollfd ready{descriptor, POLLOUT, 0};
    const int count = ::poll(&ready, 1, static_cast<int>(limit.count()));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) {
      return Error{Code::kTimeout, Retry::kLater, "nobody reads stdout"};
    }
    // A pipe that is ready takes PIPE_BUF bytes without blocking.
    const std::size_t size = std::min<std::size_t>(bytes.size() - written, PIPE_BUF);
    const ssize_t got = ::write(descriptor, bytes.data() + written, size);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0 && errno == EPIPE) {
      return Error{Code::kUnavailable, Retry::kNever, "the reader of stdout is gone"};
    }
    if (got < 0) return file_error(errno, "writing to", "stdout");
    written += static_cast<std::size_t>(got);
  }
  return {};
}

}  // namespace steppe::json_lines
