#pragma once
// The header lines of one HTTP answer, under a bound.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steppe {

/// One thread at a time.
class HeaderBlock {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  explicit HeaderBlock(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// Takes one line as received. A status line starts anew (interim answers). What is dropped, and
  /// a trailer's lines are, counts all the same. False when the bound is hit.
  bool add_line(std::string_view line, bool trailer = false);

  bool over_limit() const { return bytes_ > max_bytes_; }
  std::size_t bytes() const { return bytes_; }

  /// The first field of that lower-case name, without surrounding blanks, else nothing.
  std::optional<std::string_view> first(std::string_view name) const;
  /// All fields of that name joined with ", " (RFC 9110 5.2), else "".
  std::string joined(std::string_view name) const;

  /// Content-Encoding in the terms of Document; nothing for one that workers cannot decode.
  std::optional<std::string> content_encoding() const;

  const Fields& fields() const { return fields_; }
  Fields take() { return std::move(fields_); }

 private:
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  Fields fields_;
};

}  // namespace steppe
