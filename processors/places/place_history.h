#pragma once
// What a place was called and belonged to on a day.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/gazetteer.h"
#include "core/few.h"
#include "core/kept_text.h"

namespace steppe {

/// A day after all others: for what is known to hold now.
inline constexpr std::string_view kNow = "9999-12-31";

/// The place that `place` lay in on `day` ("2022-06-08") and that has ISO 3166-2 codes: its region,
/// or the city of a district; kNoPlace where there is none. Any thread.
std::uint32_t region_on(const std::vector<PlaceEntry>& places, std::uint32_t place,
                        std::string_view day);

/// The codes of the place, or of its region on `day`: those that held then first, else in the order
/// of the profile.
Few<KeptText, 2> codes_on(const std::vector<PlaceEntry>& places, std::uint32_t place,
                          std::string_view day);

/// Folds the forms of all former names for former_name(), once: to fold them again for each mention
/// took 20 of 1,140 thousand instructions an item.
void fold_former_names(std::vector<PlaceEntry>& places);

/// The former name that `folded` is, or null. The forms of `place` are folded.
const FormerName* former_name(const PlaceEntry& place, std::string_view folded);

}  // namespace steppe
