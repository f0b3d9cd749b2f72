#pragma once
// Counted things: a number with its bound and unit, or the reason why it counts nothing for us.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/item.h"
#include "processors/annotate/annotated_text.h"
#include "processors/when/date_mention.h"

namespace steppe {

enum class UnitKind : std::uint8_t {
  kNone,
  kPeople,
  kTroops,
  kBuildings,
  kVehicles,
  kMoney,
  kOther
};

enum class Reject : std::uint8_t {
  kNone,
  kYear,     // a bare 1900-2100
  kOrdinal,  // "16th", "№ 5"
  kGlued,    // "Il-76", "5G", "37-year-old"
  kBefore,   // "aged 35", "article 402"
  kUnit,     // days, percent, cases
  kClock,    // "16:00"
  kFraction  // "4.5" of something countable
};

/// Half-open ranges of tokens.
struct Quantity {
  std::uint32_t first = 0;  // with its bound: "at least 164"
  std::uint32_t last = 0;
  std::uint32_t number_first = 0;
  std::uint32_t number_last = 0;
  std::uint32_t unit_first = 0;  // equal to unit_last when there is none
  std::uint32_t unit_last = 0;
  std::optional<double> value, low, high, vague_value;
  Qualifier qualifier = Qualifier::kExact;
  UnitKind unit = UnitKind::kNone;
  std::uint32_t victim_classes = 0;  // bit per VictimClass
  std::uint8_t currency = 0;
  bool part = false;  // "67 of them" by its suffix
  bool in_words = false;
  Reject reject = Reject::kNone;
};

/// The quantity with its unit ends before this token.
inline std::uint32_t end_of(const Quantity& quantity) {
  return quantity.last > quantity.unit_last ? quantity.last : quantity.unit_last;
}

inline bool counts_things(const Quantity& quantity) {
  return quantity.unit == UnitKind::kBuildings || quantity.unit == UnitKind::kVehicles;
}

/// Why a number is no figure, in words.
std::string_view to_string(Reject reject);

/// Of one text: rules hold them against one another, and what counts more is a table.
inline constexpr std::size_t kMostQuantities = 1000;

/// The first kMostQuantities of `text` outside `dates`, in order, rejected ones included. Any
/// thread.
void find_quantities(const AnnotatedText& text, std::span<const DateMention> dates,
                     std::vector<Quantity>& out);

}  // namespace steppe
