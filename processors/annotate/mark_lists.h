#pragma once
// Known words of a text, and lists of those that rules look for.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "config/language_pack.h"

namespace steppe {

/// A known word or phrase: half-open range of tokens.
struct Mark {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  double value = 0;
  LexemeRole role = LexemeRole::kIgnore;
  std::uint8_t detail = 0;
};

/// A set of roles.
using Roles = std::uint64_t;
template <typename... Role>
constexpr Roles roles_of(Role... roles) {
  return ((Roles{1} << static_cast<unsigned>(roles)) | ...);
}

/// Roles that a rule looks for in a whole text.
inline constexpr Roles kListedRoles =
    roles_of(LexemeRole::kRetraction, LexemeRole::kSpeech, LexemeRole::kSpeaker, LexemeRole::kVenue,
             LexemeRole::kSeveralPlaces, LexemeRole::kWholePlace, LexemeRole::kRoleWord,
             LexemeRole::kEvent, LexemeRole::kEventHalf, LexemeRole::kPlace, LexemeRole::kActor);

namespace detail {
inline constexpr std::size_t kMostRoles = 64;
inline constexpr std::uint8_t kMarkLists = 10;  // halves of events have none of their own

constexpr std::array<std::uint8_t, kMostRoles> make_list_of() {
  std::array<std::uint8_t, kMostRoles> list_of{};
  std::uint8_t next = 0;
  for (std::size_t role = 0; role < kMostRoles; ++role) {
    const bool half = role == static_cast<std::size_t>(LexemeRole::kEventHalf);
    const bool listed = !half && ((kListedRoles >> role) & 1) != 0;
    list_of[role] = listed ? next++ : kMarkLists;
  }
  list_of[static_cast<std::size_t>(LexemeRole::kEventHalf)] =
      list_of[static_cast<std::size_t>(LexemeRole::kEvent)];
  return list_of;
}
inline constexpr std::array<std::uint8_t, kMostRoles> kListOf = make_list_of();
}  // namespace detail

/// The marks of each listed role, made in one pass: a dozen rules each walked all marks of a
/// text for one word in fifty, 35 of 1,090 thousand instructions an item.
class MarkLists {
 public:
  void clear() {
    for (std::vector<std::uint32_t>& list : lists_) list.clear();
  }
  /// Takes in the marks of a token, of which `first` is the number of the first. A half of an event
  /// is listed as an event.
  void add(std::span<const Mark> marks, std::uint32_t first) {
    for (const Mark& mark : marks) {
      const std::uint8_t list = detail::kListOf[static_cast<std::size_t>(mark.role)];
      if (list < detail::kMarkLists) lists_[list].push_back(first);
      ++first;
    }
  }
  /// `role` is listed.
  std::span<const std::uint32_t> of(LexemeRole role) const {
    return lists_[detail::kListOf[static_cast<std::size_t>(role)]];
  }

 private:
  std::array<std::vector<std::uint32_t>, detail::kMarkLists> lists_;
};

}  // namespace steppe
