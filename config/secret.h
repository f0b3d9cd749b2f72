#pragma once
// A value that must never reach a log, a metric, a message or a dump.

#include <iosfwd>
#include <string>
#include <utility>

namespace steppe {

/// What every dump shows in place of a secret.
inline constexpr const char* kRedacted = "(secret)";

/// Only `reveal()` gives the text; printing gives kRedacted. One thread at a time.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  /// The text itself: hand it to the library that needs it, nowhere else.
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  bool operator==(const Secret&) const = default;

 private:
  std::string value_;
};

std::ostream& operator<<(std::ostream& out, const Secret& secret);

}  // namespace steppe
