#pragma once
// Logs go to stderr through spdlog, records never do. A steady healthy daemon is silent at info.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/clock.h"
#include "core/mutex.h"

namespace steppe {

struct LogOptions {
  std::string format = "text";  // or "json"
  std::string level = "info";
};

/// Installs the process-wide logger. Call again on reload.
void set_up_log(const LogOptions& options);

/// Lets one line per key through in each period and counts the others. Any thread.
class LogLimiter {
 public:
  LogLimiter(const Clock& clock, std::chrono::seconds period) : clock_(clock), period_(period) {}

  /// True when a line for `key` may be written now; `suppressed` = lines held back since the last.
  bool allow(const std::string& key, std::uint64_t& suppressed);

 private:
  struct Entry {
    std::chrono::steady_clock::time_point last{};
    std::uint64_t suppressed = 0;
  };
  static constexpr std::size_t kMaxKeys = 4096;

  const Clock& clock_;
  const std::chrono::seconds period_;
  Mutex mutex_;
  std::unordered_map<std::string, Entry> entries_ STEPPE_GUARDED_BY(mutex_);
};

}  // namespace steppe
