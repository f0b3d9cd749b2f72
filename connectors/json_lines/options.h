#pragma once
// [json_lines]: where the lines go and how soon they must be on disk.

#include <chrono>
#include <cstdint>
#include <string>

namespace steppe {

template <typename T>
class OptionTable;

/// When written lines are synced to disk. A killed process loses nothing under any of them.
enum class FsyncPolicy : std::uint8_t {
  kAlways,    // before publish() returns: survives a power cut
  kInterval,  // at most every `fsync_interval`: a power cut may cost that much
  kNever,     // left to the system
};

struct JsonLinesOptions {
  std::string path = "-";  // "-" is stdout
  FsyncPolicy fsync = FsyncPolicy::kAlways;
  std::chrono::milliseconds fsync_interval{1000};
  std::chrono::milliseconds write_limit{30000};  // stdout: how long a stuck reader is waited for
};

OptionTable<JsonLinesOptions> json_lines_option_table();

}  // namespace steppe
