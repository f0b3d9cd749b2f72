#pragma once

#include <cstddef>
#include <string_view>

namespace steppe {

/// Finds a mark from ever later places. Remembers where the next one is, so that all looking
/// together is linear even when the mark is never there. One thread at a time.
class NextMark {
 public:
  NextMark(std::string_view text, std::string_view mark) : text_(text), mark_(mark) {}
  /// The first mark at or after `at`, npos when there is none.
  std::size_t from(std::size_t at) {
    if (at > next_ || at < looked_from_) {
      next_ = text_.find(mark_, at);
      looked_from_ = at;
    }
    return next_;
  }

  std::size_t length() const { return mark_.size(); }

 private:
  std::string_view text_;
  std::string_view mark_;
  std::size_t looked_from_ = 1;
  std::size_t next_ = 0;
};

}  // namespace steppe
