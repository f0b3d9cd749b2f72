#include "processors/annotate/lexicon.h"

#include <algorithm>
#include <array>
#include <utility>

#include "processors/match/fold.h"

namespace steppe {
namespace {

bool glues_to_digits(LexemeRole role) {
  return role == LexemeRole::kSuffix || role == LexemeRole::kMultiplier ||
         role == LexemeRole::kDateUnit || role == LexemeRole::kNotPeople ||
         role == LexemeRole::kCurrency || role == LexemeRole::kPrefix;
}

FrameWords frames_of(const EnrichmentLexicon& all, std::string_view language) {
  for (const EventWords& words : all.event_words) {
    if (words.language == language) return {words, all};
  }
  return {};
}

/// The script of most words.
Script main_script(const std::vector<Lexeme>& lexemes) {
  std::array<std::size_t, 4> counts{};
  for (const Lexeme& lexeme : lexemes) {
    ++counts[static_cast<std::size_t>(script_of_pattern(lexeme.pattern))];
  }
  return static_cast<Script>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

/// True when a text has a letter that is_foreign_script().
bool has_foreign_letters(const TextWords& words, Script own) {
  return (own != Script::kCyrillic && words.has_cyrillic()) ||
         (own != Script::kHan && words.has_han());
}

}  // namespace

Lexicon::Lexicon(const LanguagePack& pack, const EnrichmentLexicon& all,
                 std::shared_ptr<const SharedNames> names)
    : pack_(pack),
      all_(all),
      names_(std::move(names)),
      frames_(frames_of(all, pack.code)),
      joint_(!frames_.triggers().empty()),
      scanner_({}) {
  std::vector<Lexeme> lexemes = own_lexemes();
  script_ = main_script(lexemes);
  if (joint_) join_names(lexemes);
  std::vector<TermPattern> patterns;
  const std::size_t count = lexemes.size() + frames_.triggers().size();
  patterns.reserve(count + frames_.words().size());
  meanings_.reserve(count);
  for (std::uint32_t i = 0; i < lexemes.size(); ++i) {
    const Lexeme& lexeme = lexemes[i];
    meanings_.push_back(meaning_of(lexeme));
    patterns.push_back(lexeme_pattern(i, lexeme.pattern));
    if (glues_to_digits(lexeme.role)) glued_.emplace(fold(lexeme.pattern), i);
  }
  add_triggers(patterns);
  add_words_around(patterns);
  for (const std::string& word : pack.abbreviations) abbreviations_.add(fold(word), 0);
  abbreviations_.finish();
  scanner_ = TermScanner(patterns);
  if (joint_) senses_.read(scanner_, meanings_, around_);
}

std::vector<Lexeme> Lexicon::own_lexemes() {
  std::vector<Lexeme> lexemes = pack_.lexemes;
  add_number_forms(lexemes);
  first_late_ = static_cast<std::uint32_t>(lexemes.size());
  add_actor_words(lexemes);
  names_before_.shrink_to_fit();
  return lexemes;
}

/// A number word takes every case ending of its language: kk "elu" + "den".
void Lexicon::add_number_forms(std::vector<Lexeme>& lexemes) const {
  for (const Lexeme& lexeme : pack_.lexemes) {
    const bool counts =
        lexeme.role == LexemeRole::kNumber || lexeme.role == LexemeRole::kMultiplier;
    if (!counts) continue;
    for (const std::string& ending : pack_.number_endings) {
      Lexeme form = lexeme;
      form.pattern += ending;
      lexemes.push_back(std::move(form));
    }
  }
}

void Lexicon::add_actor_words(std::vector<Lexeme>& lexemes) {
  for (std::size_t i = 0; i < all_.actors.size(); ++i) {
    for (const LanguagePack::ActorWord& word : pack_.actor_words) {
      if (word.key != all_.actors[i].key) continue;
      lexemes.push_back({word.word, LexemeRole::kActor, 0, static_cast<double>(i)});
      names_before_.push_back(names_->end_of_actor(i));
    }
  }
}

/// Behind all other words: what has one range with a name stands after it.
void Lexicon::add_triggers(std::vector<TermPattern>& patterns) {
  const std::vector<Trigger>& triggers = frames_.triggers();
  for (std::size_t i = 0; i < triggers.size(); ++i) {
    TermPattern pattern = triggers[i].pattern;
    pattern.id = static_cast<std::uint32_t>(meanings_.size());
    patterns.push_back(std::move(pattern));
    WordMeaning meaning;
    meaning.role = triggers[i].whole ? LexemeRole::kEvent : LexemeRole::kEventHalf;
    meaning.sort = sort_of(meaning.role, meaning.detail);
    meaning.value = static_cast<double>(i);
    meanings_.push_back(meaning);
  }
}

/// Found in the same pass; they are no marks, and stand after what has one range with them.
void Lexicon::add_words_around(std::vector<TermPattern>& patterns) {
  if (!joint_) return;
  around_.first = static_cast<std::uint32_t>(meanings_.size());
  for (TermPattern pattern : frames_.words()) {
    around_.count = std::max(around_.count, pattern.id + 1);
    pattern.id += around_.first;
    patterns.push_back(std::move(pattern));
  }
  frames_.forget_words();
}

/// The names among the words of the language, where stands_before() puts them.
void Lexicon::join_names(std::vector<Lexeme>& lexemes) const {
  const std::vector<Lexeme> names = name_lexemes(all_);
  std::vector<Lexeme> joined(lexemes.begin(), lexemes.begin() + first_late_);
  std::size_t name = 0;
  const auto take_up_to = [&](std::size_t end) {
    for (; name < end; ++name) {
      const Script script = script_of_pattern(names[name].pattern);
      if (!is_foreign_script(script, script_)) joined.push_back(names[name]);
    }
  };
  for (std::size_t own = first_late_; own < lexemes.size(); ++own) {
    take_up_to(names_before_[own - first_late_]);
    joined.push_back(std::move(lexemes[own]));
  }
  take_up_to(names.size());
  lexemes = std::move(joined);
}

bool Lexicon::stands_before(const TermHit& own, const TermHit& name) const {
  if (own.begin != name.begin || own.end != name.end) return is_before(own, name);
  return own.id < first_late_ || names_before_[own.id - first_late_] <= name.id - kFirstName;
}

/// From the end, where there is room.
void Lexicon::merge(std::span<const TermHit> names, std::vector<TermHit>& hits) const {
  std::size_t own = hits.size();
  std::size_t left = names.size();
  hits.resize(own + left);
  while (left > 0) {
    const bool name_last = own == 0 || stands_before(hits[own - 1], names[left - 1]);
    hits[own + left - 1] = name_last ? names[left - 1] : hits[own - 1];
    --(name_last ? left : own);
  }
}

void Lexicon::scan(std::string_view folded, const TextWords& words, std::vector<TermHit>& hits,
                   std::vector<TermHit>& names) const {
  hits.clear();
  names.clear();
  if (joint_ && !has_foreign_letters(words, script_)) {
    return scanner_.scan_lists(folded, words.all(), hits);
  }
  scanner_.scan_more(folded, words.all(), hits);
  if (joint_) return scan_foreign(folded, words.all(), hits, names);
  names_->scan_more(folded, words.all(), names);
  for (TermHit& name : names) name.id += kFirstName;
  merge(names, hits);
}

/// The names that join_names() left out.
void Lexicon::scan_foreign(std::string_view folded, std::span<const TextWord> words,
                           std::vector<TermHit>& hits, std::vector<TermHit>& names) const {
  names_->scan_more(folded, words, names);
  std::erase_if(names, [&](const TermHit& name) {
    const Script script = script_of_lead(static_cast<unsigned char>(folded[name.begin]));
    return !is_foreign_script(script, script_);
  });
  for (TermHit& name : names) name.id += kFirstName;
  const auto own = static_cast<std::ptrdiff_t>(hits.size());
  hits.insert(hits.end(), names.begin(), names.end());
  std::inplace_merge(hits.begin(), hits.begin() + own, hits.end(), is_before);
}

const WordMeaning* Lexicon::find_word(std::string_view folded_word, LexemeRole role) const {
  const auto [first, last] = glued_.equal_range(std::string(folded_word));
  for (auto entry = first; entry != last; ++entry) {
    if (meanings_[entry->second].role == role) return &meanings_[entry->second];
  }
  return nullptr;
}

}  // namespace steppe
