#pragma once
// Event types of the profile in a text, with how real they are and when.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "processors/annotate/annotated_text.h"
#include "processors/when/date_mention.h"

namespace steppe {

enum class EventModality : std::uint8_t {
  kAsserted,
  kClaimed,  // set by whoever knows the speakers
  kPlanned,
  kOngoing,
  kHypothetical,
  kDenied,
  kHistorical  // more than half a year before publication
};

/// Half-open range of tokens; `event` indexes the event types of the profile.
struct EventMention {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t event = 0;
  std::uint32_t sentence = 0;
  EventModality modality = EventModality::kAsserted;
  const DateMention* date = nullptr;  // the nearest one in the sentence
  bool date_is_near = false;          // of the sentence before, for want of a better one
};

std::string_view to_string(EventModality modality);

/// Every event word of `text`, in order. `reference` is the publication day. Any thread.
void find_events(const AnnotatedText& text, std::span<const DateMention> dates,
                 std::chrono::sys_days reference, std::vector<EventMention>& out);

}  // namespace steppe
