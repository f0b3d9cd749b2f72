#pragma once
// One state directory, one process: an advisory lock that dies with its holder.

#include <string>

#include "core/result.h"

namespace steppe {

/// Holds `<state_dir>/lock` until destroyed; the file names the holder's process id.
class StateLock {
 public:
  /// Never waits. Errors: kConflict (another process holds it), kPermission, kStorage.
  static Result<StateLock> acquire(const std::string& state_dir);

  StateLock(StateLock&& other) noexcept;
  StateLock& operator=(StateLock&&) = delete;
  ~StateLock();

 private:
  explicit StateLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace steppe
