#include "daemon/full_text/page_counts.h"

#include <algorithm>

#include "core/poll_class.h"

namespace steppe {
namespace {

constexpr std::array<std::string_view, kPageEnds> kNames = {
    "text", "unused", "robots", "reserved", "not_free", "no_copy", "failed"};

}  // namespace

std::string_view to_string(PageEnd end) {
  return kNames[static_cast<std::size_t>(end)];
}

PageEnd page_end_of(std::string_view outcome) {
  constexpr std::array<std::string_view, 5> kUnused = {"no_text", "no_gain", "other_subject",
                                                       "off_topic", "front_page"};
  if (outcome == "text") return PageEnd::kText;
  if (outcome == to_string(PollClass::kRobots)) return PageEnd::kRobots;
  if (outcome == "tdm_reserved") return PageEnd::kReserved;
  if (outcome == "not_free") return PageEnd::kNotFree;
  if (outcome == "no_copy") return PageEnd::kNoCopy;
  return std::ranges::find(kUnused, outcome) != kUnused.end() ? PageEnd::kUnused : PageEnd::kFailed;
}

}  // namespace steppe
