#include "connectors/json_lines/tail.h"

#include <algorithm>
#include <string_view>

#include "connectors/json_lines/line.h"

namespace steppe::json_lines {
namespace {

Error not_ours(const std::string& path) {
  return {Code::kConfig, Retry::kNever,
          path + " does not end with a record of steppewatch; choose another path or move it away"};
}

/// True when `text` could be the beginning of a line of ours.
bool is_line_start(std::string_view text) {
  const std::size_t size = std::min(text.size(), kLineStart.size());
  return text.substr(0, size) == kLineStart.substr(0, size);
}

/// The last complete line of `window` with its end; nothing when its start is not in sight.
struct LastLine {
  std::string_view line;
  std::size_t end = 0;  // behind its newline
};

std::optional<LastLine> last_line(std::string_view text, bool from_file_start) {
  const std::size_t newline = text.rfind('\n');
  if (newline == std::string_view::npos) return {};
  const std::size_t before = newline == 0 ? std::string_view::npos : text.rfind('\n', newline - 1);
  if (before == std::string_view::npos && !from_file_start) return {};
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  return LastLine{text.substr(start, newline - start), newline + 1};
}

}  // namespace

Result<Tail> read_tail(const File& file, const std::string& path) {
  const Result<std::uint64_t> size = file.size();
  if (!size) return size.error();
  for (std::uint64_t wanted = 2 * kPieceBytes; wanted <= 4 * kMaxLineBytes; wanted *= 2) {
    const std::uint64_t offset = *size > wanted ? *size - wanted : 0;
    const Result<std::string> window = file.read(offset, static_cast<std::size_t>(*size - offset));
    if (!window) return window.error();
    const std::string_view text = std::string_view(*window).substr(0, window->find('\0'));
    if (const auto found = last_line(text, offset == 0)) {
      const std::optional<Checkpoint> last = read_line(found->line);
      if (!last) return not_ours(path);
      return Tail{offset + found->end, last};
    }
    if (offset > 0) continue;
    const bool only_zeros = window->find_first_not_of('\0') == std::string::npos;
    if (text.empty() ? !only_zeros : !is_line_start(text)) return not_ours(path);
    return Tail{};
  }
  return not_ours(path);
}

Result<Tail> repair_tail(File& file, const std::string& path) {
  Result<Tail> tail = read_tail(file, path);
  if (!tail) return tail;
  const Result<std::uint64_t> size = file.size();
  if (!size) return size.error();
  if (*size == tail->whole_bytes) return tail;
  if (auto done = file.cut(tail->whole_bytes); !done) return done.error();
  if (auto done = file.sync(); !done) return done.error();
  return tail;
}

}  // namespace steppe::json_lines
