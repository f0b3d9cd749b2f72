#pragma once
// Item ids in 18 bytes, names as numbers: what a million remembered items are made of.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace steppe {

/// An item id in its shortest form. Holds ids of a letter and 26 base32hex digits (all of ours),
/// and any of up to 17 bytes; others become empty.
class CompactId {
 public:
  CompactId() = default;
  explicit CompactId(const ItemId& id);
  ItemId unpacked() const;
  bool operator==(const CompactId&) const = default;

 private:
  std::array<unsigned char, 18> bytes_{};  // length or kPacked, then the rest
};

/// An instant in whole seconds of the years 1970 to 2106.
class CompactInstant {
 public:
  CompactInstant() = default;
  CompactInstant(Instant at)  // NOLINT: an instant, shorter
      : seconds_(static_cast<std::uint32_t>(std::clamp<std::int64_t>(
            std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(), 0,
            std::numeric_limits<std::uint32_t>::max()))) {}
  operator Instant() const {  // NOLINT: an instant
    return Instant{std::chrono::seconds{seconds_}};
  }

 private:
  std::uint32_t seconds_ = 0;
};

/// Numbers for names (outlets, languages, places) that recur. Names are never forgotten.
class NameTable {
 public:
  std::uint32_t number(std::string_view name);
  const std::string& name(std::uint32_t number) const { return *names_[number]; }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<const std::string*> names_;
};

}  // namespace steppe
