#include "connectors/sqlite_store/state_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "connectors/sqlite_store/files.h"

namespace steppe {
namespace {

std::string holder_of(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  std::string digits;
  for (const char c :
       std::string_view(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0)) {
    if (c < '0' || c > '9') break;
    digits.push_back(c);
  }
  return digits.empty() ? "unknown" : digits;
}

void write_holder(int descriptor) {
  const std::string text = std::to_string(::getpid()) + "\n";
  // Only for the other side's message: on a full disk the lock still holds without it.
  if (::ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

}  // namespace

Result<StateLock> StateLock::acquire(const std::string& state_dir) {
  const std::string path = state_dir + "/lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return sqlite::file_error(errno, "opening", path);
  StateLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return sqlite::file_error(errno, "locking", path);
    return Error{Code::kConflict, Retry::kNever,
                 "another steppewatch (pid " + holder_of(descriptor) + ") holds " + state_dir};
  }
  write_holder(descriptor);
  return lock;
}

StateLock::StateLock(StateLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

StateLock::~StateLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace steppe
