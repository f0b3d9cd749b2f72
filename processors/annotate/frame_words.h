#pragma once
// The event frames of one language, ready to be looked up: what a trigger may tell, and the words
// that stand around it.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/enrichment_lexicon.h"
#include "config/term_pattern.h"
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
  std::uint32_t event = 0;  // index into the event types of the profile
  EventForm form = EventForm::kNoun;
  PartSide side = PartSide::kEither;
  std::uint32_t reach = 0;  // half words
  std::optional<Unreal> modality;
  double confidence = 0;
  std::uint64_t with = 0;  // bits of lists
  std::uint64_t unless = 0;
  std::string rule;  // "event.<type>.<form>", and the list its second part is of
};

struct ModalEnding {
  std::string ending;
  Unreal modal = Unreal::kDenied;
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

  /// Every trigger once; its place is its number.
  const std::vector<Trigger>& triggers() const { return triggers_; }
  /// The frames of a trigger, none for a phrase that tells nothing.
  std::span<const std::uint32_t> frames_of(std::uint32_t trigger) const {
    return trigger_frames_[trigger];
  }
  const Frame& frame(std::uint32_t index) const { return frames_[index]; }
  /// Every word around triggers, for the scanner of the language; `id` is the one of its meaning.
  /// Where the language is written without spaces, only its own script counts.
  const std::vector<TermPattern>& words() const { return words_; }
  /// Once the scanner is made.
  void forget_words() { words_ = std::vector<TermPattern>(); }
  const FrameMeaning& meaning(std::uint32_t id) const { return meanings_[id]; }
  const std::string& cause(std::uint16_t index) const { return causes_[index]; }
  /// The last cause of the profile is for what no other one holds.
  std::optional<std::uint16_t> any_cause() const {
    if (causes_.empty()) return {};
    return static_cast<std::uint16_t>(causes_.size() - 1);
  }
  /// Those with that last byte.
  std::span<const ModalEnding> modal_endings(char last) const {
    const auto byte = static_cast<unsigned char>(last);
    return std::span(modal_endings_)
        .subspan(first_ending_[byte], first_ending_[byte + 1] - first_ending_[byte]);
  }
  bool has_modal_endings() const { return !modal_endings_.empty(); }
  bool ends(std::string_view folded_word, NameEnding kind) const;
  bool is(std::string_view folded_word, Beside kind) const {
    return ((beside_.kinds_of(folded_word) >> static_cast<std::uint32_t>(kind)) & 1U) != 0;
  }
  bool has(NameEnding kind) const { return !name_endings_[static_cast<std::size_t>(kind)].empty(); }

 private:
  void add_words(const std::vector<std::string>& words, const FrameMeaning& meaning,
                 std::vector<TermPattern>& patterns);
  void add_lists(const EventWords& words, const EnrichmentLexicon& all,
                 std::vector<TermPattern>& patterns);
  void add_modal(const ModalWords& words, FrameMeaning meaning, std::vector<TermPattern>& patterns);
  void add_grammar(const EventGrammar& grammar, std::vector<TermPattern>& patterns);
  void add_beside(const EventGrammar& grammar);
  void add_frame(const EventFrame& frame, const EnrichmentLexicon& all);
  void sort_endings();
  std::uint32_t trigger(const std::string& word);
  std::uint64_t bits(const std::vector<std::string>& names) const;

  std::vector<Frame> frames_;
  std::vector<Trigger> triggers_;
  std::vector<std::vector<std::uint32_t>> trigger_frames_;
  std::vector<FrameMeaning> meanings_;
  std::vector<std::string> names_;  // of the lists that frames name, while it is made
  std::vector<std::string> causes_;
  std::vector<ModalEnding> modal_endings_;         // by last byte
  std::array<std::uint16_t, 257> first_ending_{};  // of a last byte
  std::array<std::vector<std::string>, kNameEndings> name_endings_;
  WordKinds beside_;
  std::vector<TermPattern> words_;
};

}  // namespace steppe
