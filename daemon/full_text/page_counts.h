#pragma once
// What became of the article pages of one feed, for the operator.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace steppe {

/// How a page ended.
enum class PageEnd : std::uint8_t {
  kText,      // its text was published
  kUnused,    // it was read, but has no text, or none that adds to the feed's
  kRobots,    // robots.txt forbids it
  kReserved,  // text and data mining is reserved
  kNotFree,   // it is not free to read
  kNoCopy,    // noarchive and its kin
  kFailed,    // no answer that can be read, or it waited too long
};
inline constexpr std::size_t kPageEnds = static_cast<std::size_t>(PageEnd::kFailed) + 1;

/// "text", "unused", "robots", ...
std::string_view to_string(PageEnd end);

/// The end that an outcome of read_page.h is.
PageEnd page_end_of(std::string_view outcome);

struct PageCounts {
  std::uint64_t waiting = 0;
  std::array<std::uint64_t, kPageEnds> ended{};

  std::uint64_t& operator[](PageEnd end) { return ended[static_cast<std::size_t>(end)]; }
  std::uint64_t operator[](PageEnd end) const { return ended[static_cast<std::size_t>(end)]; }
  /// Left alone because their makers say so.
  std::uint64_t refused() const {
    return (*this)[PageEnd::kRobots] + (*this)[PageEnd::kReserved] + (*this)[PageEnd::kNotFree] +
           (*this)[PageEnd::kNoCopy];
  }
};

}  // namespace steppe
