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

/// A story id without a block of memory of its own: 24 bytes. Ours have 21; longer than 23 becomes
/// empty.
class CompactStoryId {
 public:
  CompactStoryId() = default;
  explicit CompactStoryId(std::string_view id) {
    if (id.size() >= bytes_.size()) return;
    bytes_[0] = static_cast<char>(id.size());
    std::copy(id.begin(), id.end(), bytes_.begin() + 1);
  }
  std::string_view view() const {
    return std::string_view(bytes_.data(), bytes_.size())
        .substr(1, static_cast<std::size_t>(bytes_[0]));
  }
  StoryId unpacked() const { return StoryId(std::string(view())); }
  bool empty() const { return bytes_[0] == 0; }

 private:
  std::array<char, 24> bytes_{};  // length, then the rest
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
