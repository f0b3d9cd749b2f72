#pragma once
// One event as a text tells it: what, how real, when, who and why.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "processors/annotate/frame_words.h"
#include "processors/when/date_mention.h"

namespace steppe {

enum class EventModality : std::uint8_t {
  kAsserted,
  kClaimed,  // set by whoever knows the speakers
  kPlanned,
  kOngoing,
  kHypothetical,
  kDenied,
  kHistorical  // more than half a year before publication, or said to be long ago
};

inline constexpr std::size_t kEventModalities =
    static_cast<std::size_t>(EventModality::kHistorical) + 1;

std::string_view to_string(EventModality modality);

enum class ParticipantKind : std::uint8_t { kActor, kPerson, kGroup, kState };

/// Who may act or suffer: half-open range of tokens. `index` is of the passage's actors, people
/// or places (whose country acts), or of the profile's groups. `sector` is of the profile or
/// constant.
struct Participant {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  ParticipantKind kind = ParticipantKind::kActor;
  std::uint32_t index = 0;
  std::string_view sector;
};

/// Half-open ranges of tokens; `event` indexes the event types of the profile.
struct EventMention {
  std::uint32_t first = 0;  // of word and second part together
  std::uint32_t last = 0;
  std::uint32_t word_first = 0;
  std::uint32_t word_last = 0;
  std::uint32_t event = 0;
  std::uint32_t sentence = 0;
  EventTraits traits;  // of the type
  const Frame* frame = nullptr;
  EventModality modality = EventModality::kAsserted;
  const DateMention* date = nullptr;  // the nearest one in the sentence
  bool date_is_near = false;          // of the sentence before, for want of a better one
  bool dropped = false;               // asked for and not told
  bool same_actor = false;            // a pronoun for who was told of before
  bool same_target = false;
  std::optional<Participant> actor;
  std::optional<Participant> target;
  std::optional<std::uint16_t> cause;  // of the frame words of the language
};

}  // namespace steppe
