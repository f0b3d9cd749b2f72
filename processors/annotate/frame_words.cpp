#include "processors/annotate/frame_words.h"

#include <algorithm>
#include <utility>

#include "processors/match/fold.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

std::string_view name_of(EventForm form) {
  switch (form) {
    case EventForm::kNoun: return "noun";
    case EventForm::kVerb: return "verb";
    case EventForm::kPassive: return "passive";
    case EventForm::kAlone: return "alone";
  }
  return "noun";
}

bool starts_han(const TermPattern& pattern) {
  const std::string text = fold(pattern.text);
  return !text.empty() && byte_class(text.front()) == ByteClass::kHanLead;
}

FrameMeaning modal_meaning(Unreal modal) {
  FrameMeaning meaning;
  meaning.role = FrameRole::kModal;
  meaning.modal = modal;
  return meaning;
}

std::vector<std::string> folded(const std::vector<std::string>& words) {
  std::vector<std::string> all;
  all.reserve(words.size());
  for (const std::string& word : words) all.push_back(fold(word));
  return all;
}

}  // namespace

FrameWords::FrameWords(const EventWords& words, const EnrichmentLexicon& all) {
  for (const EventFrame& frame : words.frames) {
    for (const auto* names : {&frame.with, &frame.unless}) {
      for (const std::string& name : *names) {
        const bool known = std::find(names_.begin(), names_.end(), name) != names_.end();
        if (!known && names_.size() < kMostFrameLists) names_.push_back(name);
      }
    }
  }
  std::vector<TermPattern> patterns;
  add_lists(words, all, patterns);
  add_modal(words.denied, modal_meaning(Unreal::kDenied), patterns);
  add_modal(words.hypothetical, modal_meaning(Unreal::kHypothetical), patterns);
  add_modal(words.planned, modal_meaning(Unreal::kPlanned), patterns);
  add_modal(words.ongoing, modal_meaning(Unreal::kOngoing), patterns);
  add_modal(words.historical, modal_meaning(Unreal::kHistorical), patterns);
  FrameMeaning claimed = modal_meaning(Unreal::kDenied);
  claimed.claimed = true;
  add_modal(words.claimed, claimed, patterns);
  sort_endings();
  add_grammar(words.grammar, patterns);
  const bool spaceless = words.language == "zh" || words.language == "ja";
  if (spaceless) std::erase_if(patterns, [](const TermPattern& p) { return !starts_han(p); });
  words_ = std::move(patterns);
  for (const std::string& phrase : words.ignore) trigger(phrase);
  for (const EventFrame& frame : words.frames) add_frame(frame, all);
  add_beside(words.grammar);
  names_ = {};
}

bool FrameWords::ends(std::string_view folded_word, NameEnding kind) const {
  const auto& endings = name_endings_[static_cast<std::size_t>(kind)];
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return folded_word.ends_with(ending); });
}

void FrameWords::add_beside(const EventGrammar& grammar) {
  name_endings_ = {folded(grammar.agent_ending),       folded(grammar.object_ending),
                   folded(grammar.name_object_ending), folded(grammar.oblique_ending),
                   folded(grammar.owner_ending),       folded(grammar.with_ending)};
  const std::array<std::vector<std::string>, kBesideKinds> beside = {
      folded(grammar.place),       folded(grammar.place_after), folded(grammar.oblique),
      folded(grammar.owner_after), folded(grammar.with),        folded(grammar.passing),
      folded(grammar.counted),     folded(grammar.pronoun),     folded(grammar.object_pronoun),
      folded(grammar.relative)};
  for (std::uint32_t kind = 0; kind < kBesideKinds; ++kind) {
    for (const std::string& word : beside[kind]) beside_.add(word, kind);
  }
  beside_.finish();
}

void FrameWords::add_words(const std::vector<std::string>& words, const FrameMeaning& meaning,
                           std::vector<TermPattern>& patterns) {
  for (const std::string& word : words) {
    std::string why;
    std::optional<TermPattern> pattern = parse_term(word, why);
    if (!pattern) continue;  // the loader said so
    pattern->id = static_cast<std::uint32_t>(meanings_.size());
    patterns.push_back(std::move(*pattern));
    meanings_.push_back(meaning);
  }
}

void FrameWords::add_lists(const EventWords& words, const EnrichmentLexicon& all,
                           std::vector<TermPattern>& patterns) {
  const auto named = [&](const EventList& list, FrameRole role, std::size_t index) {
    FrameMeaning meaning;
    meaning.role = role;
    meaning.index = static_cast<std::uint16_t>(index);
    meaning.lists = bits({list.name});
    add_words(list.words, meaning, patterns);
  };
  for (const EventList& list : words.lists) named(list, FrameRole::kList, 0);
  for (const EventList& group : words.groups) {
    const auto entry =
        std::find_if(all.groups.begin(), all.groups.end(),
                     [&](const GroupEntry& each) { return each.name == group.name; });
    if (entry == all.groups.end()) continue;
    named(group, FrameRole::kGroup, static_cast<std::size_t>(entry - all.groups.begin()));
  }
  for (const EventList& cause : words.causes) {
    named(cause, FrameRole::kCause, causes_.size());
    causes_.push_back(cause.name);
  }
}

void FrameWords::add_modal(const ModalWords& words, FrameMeaning meaning,
                           std::vector<TermPattern>& patterns) {
  meaning.side = ModalSide::kNear;
  add_words(words.near, meaning, patterns);
  meaning.side = ModalSide::kBefore;
  add_words(words.before, meaning, patterns);
  meaning.side = ModalSide::kOver;
  add_words(words.over, meaning, patterns);
  meaning.side = ModalSide::kAfter;
  add_words(words.after, meaning, patterns);
  meaning.side = ModalSide::kBehind;
  add_words(words.behind, meaning, patterns);
  if (meaning.claimed) return;
  for (const std::string& ending : words.ending) {
    modal_endings_.push_back({fold(ending), meaning.modal});
  }
}

void FrameWords::sort_endings() {
  std::erase_if(modal_endings_, [](const ModalEnding& each) { return each.ending.empty(); });
  const auto last = [](const ModalEnding& each) {
    return static_cast<unsigned char>(each.ending.back());
  };
  std::stable_sort(modal_endings_.begin(), modal_endings_.end(),
                   [&](const ModalEnding& a, const ModalEnding& b) { return last(a) < last(b); });
  std::size_t at = 0;
  for (std::size_t byte = 0; byte < first_ending_.size(); ++byte) {
    while (at < modal_endings_.size() && last(modal_endings_[at]) < byte) ++at;
    first_ending_[byte] = static_cast<std::uint16_t>(at);
  }
}

void FrameWords::add_grammar(const EventGrammar& grammar, std::vector<TermPattern>& patterns) {
  const auto add = [&](const std::vector<std::string>& words, FrameRole role,
                       std::uint16_t index = 0) {
    FrameMeaning meaning;
    meaning.role = role;
    meaning.index = index;
    add_words(words, meaning, patterns);
  };
  add(grammar.clause, FrameRole::kClause);
  add(grammar.joins, FrameRole::kJoins);
  add(grammar.passive, FrameRole::kPassive);
  add(grammar.agent, FrameRole::kAgent);
  add(grammar.agent_after, FrameRole::kAgentAfter);
  add(grammar.against, FrameRole::kAgainst);
  add(grammar.cause, FrameRole::kCauseBefore);
  add(grammar.cause_after, FrameRole::kCauseAfter);
  add(grammar.reason, FrameRole::kCauseBefore, 1);
  add(grammar.reason_after, FrameRole::kCauseAfter, 1);
}

/// The number of the trigger with this term, a new one where there is none.
std::uint32_t FrameWords::trigger(const std::string& word) {
  std::string why;
  std::optional<TermPattern> pattern = parse_term(word, why);
  if (!pattern) return 0;
  const auto same = std::find_if(triggers_.begin(), triggers_.end(), [&](const Trigger& other) {
    return other.pattern.text == pattern->text && other.pattern.anchor == pattern->anchor &&
           other.pattern.max_suffix == pattern->max_suffix;
  });
  if (same != triggers_.end()) return static_cast<std::uint32_t>(same - triggers_.begin());
  triggers_.push_back({std::move(*pattern), false});
  trigger_frames_.emplace_back();
  return static_cast<std::uint32_t>(triggers_.size() - 1);
}

std::uint64_t FrameWords::bits(const std::vector<std::string>& names) const {
  std::uint64_t found = 0;
  for (const std::string& name : names) {
    const auto at = std::find(names_.begin(), names_.end(), name);
    if (at != names_.end()) found |= std::uint64_t{1} << (at - names_.begin());
  }
  return found;
}

void FrameWords::add_frame(const EventFrame& frame, const EnrichmentLexicon& all) {
  const auto event =
      std::find_if(all.events.begin(), all.events.end(),
                   [&](const EventEntry& entry) { return entry.type == frame.event; });
  if (event == all.events.end()) return;
  Frame made;
  made.event = static_cast<std::uint32_t>(event - all.events.begin());
  made.form = frame.form;
  made.side = frame.side;
  made.reach = static_cast<std::uint32_t>(frame.reach);
  made.modality = frame.modality;
  made.confidence = frame.confidence;
  made.with = bits(frame.with);
  made.unless = bits(frame.unless);
  made.rule = "event." + frame.event + "." + std::string(name_of(frame.form));
  if (!frame.with.empty()) made.rule += "." + frame.with.front();
  for (const std::string& word : frame.words) {
    std::string why;
    if (!parse_term(word, why)) continue;
    const std::uint32_t number = trigger(word);
    trigger_frames_[number].push_back(static_cast<std::uint32_t>(frames_.size()));
    triggers_[number].whole = triggers_[number].whole || frame.with.empty();
  }
  frames_.push_back(std::move(made));
}

}  // namespace steppe
