#pragma once
// Where the lines go and how soon they must be on disk.

#include <chrono>
#include <cstdint>
#include <string>

namespace steppe {

/// When written lines are synced to disk.
enum class FsyncPolicy : std::uint8_t {
  kAlways,    // before publish() returns: survives a power cut
  kInterval,  // at most every `fsync_interval`: a power cut may cost that much
  kNever,     // left to the system; a killed process still loses nothing
};

struct JsonLinesOptions {
  std::string path = "-";  // "-" is stdout
  FsyncPolicy fsync = FsyncPolicy::kAlways;
  std::chrono::milliseconds fsync_interval{1000};
  std::chrono::milliseconds write_limit{30000};  // stdout: how long a stuck reader is waited for
};

}  // namespace steppe
