#pragma once
// The event frames of one language, ready to be looked up: what a trigger may tell, and the words
// that stand around it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/enrichment_lexicon.h"
#include "config/term_pattern.h"
#include "processors/annotate/ending_table.h"
#include "processors/annotate/word_kinds.h"

namespace steppe {

/// What a word around a trigger does.
enum class FrameRole : std::uint8_t {
  kList,    // index: of a list that frames name
  kGroup,   // index: of a group of the profile, and of a list
  kCause,   // index: of a cause
  kModal,   // modal, side
  kClause,  // the rest as in EventGrammar
  kJoins,
  kPassive,
  kAgent,
  kAgentAfter,
  kAgainst,
  kCauseBefore,
  kCauseAfter
};

/// What a single word beside somebody says of them; as in EventGrammar.
enum class Beside : std::uint8_t {
  kPlace,
  kPlaceAfter,
  kOblique,
  kOwnerAfter,
  kWith,
  kPassing,
  kCounted,
  kPronoun,
  kObjectPronoun,
  kRelative
};
inline constexpr std::size_t kBesideKinds = 10;

/// What the ending of a word for somebody says of them; as in EventGrammar.
enum class NameEnding : std::uint8_t { kAgent, kObject, kNameObject, kOblique, kOwner, kWith };
inline constexpr std::size_t kNameEndings = 6;

/// Sets of them: a bit for each.
using BesideKinds = std::uint32_t;
using NameEndings = std::uint32_t;
constexpr BesideKinds bit_of(Beside kind) {
  return BesideKinds{1} << static_cast<unsigned>(kind);
}
constexpr NameEndings bit_of(NameEnding kind) {
  return NameEndings{1} << static_cast<unsigned>(kind);
}

enum class ModalSide : std::uint8_t { kNear, kBefore, kOver, kAfter, kBehind };

struct FrameMeaning {
  FrameRole role = FrameRole::kList;
  Unreal modal = Unreal::kDenied;
  ModalSide side = ModalSide::kNear;
  bool claimed = false;     // instead of modal: somebody says so
  std::uint16_t index = 0;  // of a cause word: 1 where any cause may stand beside it
  std::uint64_t lists = 0;  // the bit that frames know it by; 0: no frame names it
};

/// One frame with its lists as numbers.
struct Frame {
  std::uint32_t event = 0;    // index into the event types of the profile
  std::uint32_t planned = 0;  // the one it is of while it is only planned; the same for most
  EventForm form = EventForm::kNoun;
  PartSide side = PartSide::kEither;
  std::uint32_t reach = 0;  // half words
  std::optional<Unreal> modality;
  double confidence = 0;
  std::uint64_t with = 0;  // bits of lists
  std::uint64_t unless = 0;
  std::string rule;  // "event.<type>.<form>", and the list its second part is of
};

using ModalEndings = EndingTable<Unreal>;

/// What is asked of a frame before it is read.
struct TriggerFrame {
  std::uint64_t with = 0;  // as of the frame
  std::uint64_t unless = 0;
  std::uint32_t frame = 0;
};

/// A term that begins or is a frame: `id` for the scanner of the language.
struct Trigger {
  TermPattern pattern;
  bool whole = false;  // one of its frames needs no second part
};

/// Immutable after construction; any thread.
class FrameWords {
 public:
  FrameWords() = default;
  /// Keeps nothing of `words` and `all`.
  FrameWords(const EventWords& words, const EnrichmentLexicon& all);

  /// Every trigger once; its place is its number. Gone, as words() are, after forget_words().
  const std::vector<Trigger>& triggers() const { return triggers_; }
  /// The frames of a trigger, those of two parts first; none for a phrase that tells nothing.
  std::span<const TriggerFrame> frames_of(std::uint32_t trigger) const {
    return std::span(trigger_frames_)
        .subspan(first_frame_[trigger], first_frame_[trigger + 1] - first_frame_[trigger]);
  }
  const Frame& frame(std::uint32_t index) const { return frames_[index]; }
  const EventTraits& traits(std::uint32_t event) const { return traits_[event]; }
  /// Every word around triggers, for the scanner of the language; `id` is the one of its meaning.
  /// Where the language is written without spaces, only its own script counts.
  const std::vector<TermPattern>& words() const { return words_; }
  /// Once the scanner is made.
  void forget_words() {
    words_ = std::vector<TermPattern>();
    triggers_ = std::vector<Trigger>();
  }
  const FrameMeaning& meaning(std::uint32_t id) const { return meanings_[id]; }
  const std::string& cause(std::uint16_t index) const { return causes_[index]; }
  /// The last cause of the profile is for what no other one holds.
  std::optional<std::uint16_t> any_cause() const {
    if (causes_.empty()) return {};
    return static_cast<std::uint16_t>(causes_.size() - 1);
  }
  /// Those with that last byte.
  std::span<const ModalEndings::Entry> modal_endings(char last) const {
    return modal_endings_.of(last);
  }
  bool has_modal_endings() const { return !modal_endings_.empty(); }
  /// The endings of a word that is not empty.
  NameEndings endings_of(std::string_view folded_word) const {
    return name_endings_.empty() ? 0 : find_endings(folded_word);
  }
  /// What the word folded[begin, end) says, which is not empty.
  BesideKinds beside(std::string_view folded, std::size_t begin, std::size_t end) const {
    return beside_.kinds_of(folded, begin, end);
  }
  /// True when the language has such words, or endings.
  bool has(Beside kind) const { return (beside_known_ & bit_of(kind)) != 0; }
  bool has(NameEnding kind) const { return (endings_known_ & bit_of(kind)) != 0; }

 private:
  void add_words(const std::vector<std::string>& words, const FrameMeaning& meaning,
                 std::vector<TermPattern>& patterns);
  void add_lists(const EventWords& words, const EnrichmentLexicon& all,
                 std::vector<TermPattern>& patterns);
  void add_modals(const EventWords& words, std::vector<TermPattern>& patterns);
  void add_modal(const ModalWords& words, FrameMeaning meaning, std::vector<TermPattern>& patterns);
  void add_grammar(const EventGrammar& grammar, std::vector<TermPattern>& patterns);
  void add_beside(const EventGrammar& grammar);
  void add_frame(const EventFrame& frame, const EnrichmentLexicon& all);
  void add_name_endings(const EventGrammar& grammar);
  NameEndings find_endings(std::string_view folded_word) const;
  void sort_frames();
  std::uint32_t trigger(const std::string& word);
  std::uint64_t bits(const std::vector<std::string>& names) const;

  std::vector<Frame> frames_;
  std::vector<EventTraits> traits_;  // by event type, side by side: entries are far apart
  std::vector<Trigger> triggers_;
  std::unordered_map<std::string, std::uint32_t> trigger_numbers_;  // by term, while it is made
  std::vector<std::vector<std::uint32_t>> frames_by_trigger_;       // while it is made
  std::vector<TriggerFrame> trigger_frames_;
  std::vector<std::uint32_t> first_frame_;  // of a trigger, one more at the end
  std::vector<FrameMeaning> meanings_;
  std::vector<std::string> names_;  // of the lists that frames name, while it is made
  std::vector<std::string> causes_;
  ModalEndings modal_endings_;
  EndingTable<NameEndings> name_endings_;
  NameEndings endings_known_ = 0;
  WordKinds beside_;
  BesideKinds beside_known_ = 0;
  std::vector<TermPattern> words_;
};

}  // namespace steppe
