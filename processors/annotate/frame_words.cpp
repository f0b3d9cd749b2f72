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

/// The same for terms that are the same.
std::string key_of(const TermPattern& pattern) {
  return pattern.text + '\n' + std::to_string(static_cast<unsigned>(pattern.anchor)) + ' ' +
         std::to_string(pattern.max_suffix);
}

FrameMeaning modal_meaning(Unreal modal) {
  FrameMeaning meaning;
  meaning.role = FrameRole::kModal;
  meaning.modal = modal;
  return meaning;
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
  add_modals(words, patterns);
  add_grammar(words.grammar, patterns);
  const bool spaceless = words.language == "zh" || words.language == "ja";
  if (spaceless) std::erase_if(patterns, [](const TermPattern& p) { return !starts_han(p); });
  words_ = std::move(patterns);
  for (const std::string& phrase : words.ignore) trigger(phrase);
  for (const EventFrame& frame : words.frames) add_frame(frame, all);
  traits_.assign(all.events.begin(), all.events.end());
  sort_frames();
  add_name_endings(words.grammar);
  add_beside(words.grammar);
  names_ = std::vector<std::string>();
  trigger_numbers_ = std::unordered_map<std::string, std::uint32_t>();
}

NameEndings FrameWords::find_endings(std::string_view folded_word) const {
  NameEndings found = 0;
  for (const auto& each : name_endings_.of(folded_word.back())) {
    if (folded_word.ends_with(each.ending)) found |= each.meaning;
  }
  return found;
}

void FrameWords::add_name_endings(const EventGrammar& grammar) {
  const std::array<const std::vector<std::string>*, kNameEndings> lists = {
      &grammar.agent_ending,   &grammar.object_ending, &grammar.name_object_ending,
      &grammar.oblique_ending, &grammar.owner_ending,  &grammar.with_ending};
  std::vector<EndingTable<NameEndings>::Entry> entries;
  for (std::size_t kind = 0; kind < kNameEndings; ++kind) {
    const NameEndings bit = bit_of(static_cast<NameEnding>(kind));
    for (const std::string& ending : *lists[kind]) entries.push_back({fold(ending), bit});
    if (!lists[kind]->empty()) endings_known_ |= bit;
  }
  name_endings_.assign(std::move(entries));
}

void FrameWords::add_beside(const EventGrammar& grammar) {
  const std::array<const std::vector<std::string>*, kBesideKinds> lists = {
      &grammar.place,          &grammar.place_after, &grammar.oblique, &grammar.owner_after,
      &grammar.with,           &grammar.passing,     &grammar.counted, &grammar.pronoun,
      &grammar.object_pronoun, &grammar.relative};
  for (std::uint32_t kind = 0; kind < kBesideKinds; ++kind) {
    for (const std::string& word : *lists[kind]) beside_.add(fold(word), kind);
    if (!lists[kind]->empty()) beside_known_ |= bit_of(static_cast<Beside>(kind));
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

void FrameWords::add_modals(const EventWords& words, std::vector<TermPattern>& patterns) {
  const std::array<std::pair<const ModalWords*, Unreal>, 5> kinds = {
      {{&words.denied, Unreal::kDenied},
       {&words.hypothetical, Unreal::kHypothetical},
       {&words.planned, Unreal::kPlanned},
       {&words.ongoing, Unreal::kOngoing},
       {&words.historical, Unreal::kHistorical}}};
  std::vector<ModalEndings::Entry> endings;
  for (const auto& [kind, modal] : kinds) {
    add_modal(*kind, modal_meaning(modal), patterns);
    for (const std::string& ending : kind->ending) endings.push_back({fold(ending), modal});
  }
  FrameMeaning claimed = modal_meaning(Unreal::kDenied);
  claimed.claimed = true;
  add_modal(words.claimed, claimed, patterns);
  modal_endings_.assign(std::move(endings));
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
  const auto next = static_cast<std::uint32_t>(triggers_.size());
  const auto [known, is_new] = trigger_numbers_.try_emplace(key_of(*pattern), next);
  if (is_new) {
    triggers_.push_back({std::move(*pattern), false});
    frames_by_trigger_.emplace_back();
  }
  return known->second;
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
  const auto find = [&](const std::string& type) {
    return std::find_if(all.events.begin(), all.events.end(),
                        [&](const EventEntry& entry) { return entry.type == type; });
  };
  const auto event = find(frame.event);
  if (event == all.events.end()) return;
  Frame made;
  made.event = static_cast<std::uint32_t>(event - all.events.begin());
  const auto planned = event->planned_as.empty() ? event : find(event->planned_as);
  made.planned = planned == all.events.end()
                     ? made.event
                     : static_cast<std::uint32_t>(planned - all.events.begin());
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
    frames_by_trigger_[number].push_back(static_cast<std::uint32_t>(frames_.size()));
    triggers_[number].whole = triggers_[number].whole || frame.with.empty();
  }
  frames_.push_back(std::move(made));
}

void FrameWords::sort_frames() {
  for (const std::vector<std::uint32_t>& numbers : frames_by_trigger_) {
    first_frame_.push_back(static_cast<std::uint32_t>(trigger_frames_.size()));
    for (const bool two_parts : {true, false}) {
      for (const std::uint32_t number : numbers) {
        const Frame& frame = frames_[number];
        if ((frame.with != 0) == two_parts) {
          trigger_frames_.push_back({frame.with, frame.unless, number});
        }
      }
    }
  }
  first_frame_.push_back(static_cast<std::uint32_t>(trigger_frames_.size()));
  trigger_frames_.shrink_to_fit();
  frames_by_trigger_ = std::vector<std::vector<std::uint32_t>>();
}

}  // namespace steppe
