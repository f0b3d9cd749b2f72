#pragma once
// The end of an output file: whose last line it is, and where a half-written one begins.

#include <cstdint>
#include <optional>
#include <string>

#include "connectors/json_lines/file.h"
#include "core/record.h"

namespace steppe::json_lines {

/// No line is longer; bounds the memory of reading a tail.
inline constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;
/// Lines are written in pieces of about this size, each synced before the next.
inline constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

struct Tail {
  std::uint64_t whole_bytes = 0;   // where the last complete line ends
  std::optional<Checkpoint> last;  // of the last complete line; nothing when there is none
};

/// Reads from the end, at most about two lines and two pieces. A stretch of zero bytes, as a power
/// cut leaves in the piece that was never synced, ends the whole part like a missing newline does.
/// Errors: kConfig when the file holds something else than our lines.
Result<Tail> read_tail(const File& file, const std::string& path);

/// read_tail(), then removes what is behind the last complete line.
Result<Tail> repair_tail(File& file, const std::string& path);

}  // namespace steppe::json_lines
