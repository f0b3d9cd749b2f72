#include "processors/annotate/lexicon.h"

#include <utility>

#include "processors/match/fold.h"

namespace steppe {
namespace {

bool glues_to_digits(LexemeRole role) {
  return role == LexemeRole::kSuffix || role == LexemeRole::kMultiplier ||
         role == LexemeRole::kDateUnit || role == LexemeRole::kNotPeople ||
         role == LexemeRole::kCurrency || role == LexemeRole::kPrefix;
}

const std::vector<std::string>* words_of(const EventEntry& event, std::string_view language) {
  if (language == "en") return &event.words_en;
  if (language == "ru") return &event.words_ru;
  if (language == "kk") return &event.words_kk;
  if (language == "zh") return &event.words_zh;
  return nullptr;
}

}  // namespace

Lexicon::Lexicon(const LanguagePack& pack, const EnrichmentLexicon& all)
    : pack_(pack), all_(all), lexemes_(pack.lexemes), scanner_({}) {
  add_number_forms();
  add_places();
  add_actors();
  add_events();
  lexemes_.shrink_to_fit();
  for (std::uint32_t i = 0; i < lexemes_.size(); ++i) {
    if (glues_to_digits(lexemes_[i].role)) glued_.emplace(fold(lexemes_[i].pattern), i);
  }
  for (const std::string& word : pack.abbreviations) abbreviations_.insert(fold(word));
  scanner_ = make_scanner();
}

/// A number word takes every case ending of its language: kk "elu" + "den".
void Lexicon::add_number_forms() {
  const std::vector<Lexeme> plain = lexemes_;
  for (const Lexeme& lexeme : plain) {
    const bool counts =
        lexeme.role == LexemeRole::kNumber || lexeme.role == LexemeRole::kMultiplier;
    if (!counts) continue;
    for (const std::string& ending : pack_.number_endings) {
      Lexeme form = lexeme;
      form.pattern += ending;
      lexemes_.push_back(std::move(form));
    }
  }
}

void Lexicon::add_places() {
  for (std::size_t i = 0; i < all_.places.size(); ++i) {
    const auto index = static_cast<double>(i);
    for (const std::string& form : all_.places[i].forms) {
      lexemes_.push_back({form, LexemeRole::kPlace, 0, index});
    }
    for (const std::string& form : all_.places[i].adjectives) {
      lexemes_.push_back({form, LexemeRole::kPlace, 1, index});
    }
  }
}

void Lexicon::add_actors() {
  for (std::size_t i = 0; i < all_.actors.size(); ++i) {
    const auto index = static_cast<double>(i);
    for (const std::string& form : all_.actors[i].forms) {
      lexemes_.push_back({form, LexemeRole::kActor, 0, index});
    }
    for (const std::string& form : all_.actors[i].titles) {
      lexemes_.push_back({form, LexemeRole::kActor, 1, index});
    }
    for (const LanguagePack::ActorWord& word : pack_.actor_words) {
      if (word.key != all_.actors[i].key) continue;
      lexemes_.push_back({word.word, LexemeRole::kActor, 0, index});
    }
  }
}

void Lexicon::add_events() {
  for (std::size_t i = 0; i < all_.events.size(); ++i) {
    const std::vector<std::string>* words = words_of(all_.events[i], pack_.code);
    if (words == nullptr) continue;
    for (const std::string& word : *words) {
      lexemes_.push_back({word, LexemeRole::kEvent, 0, static_cast<double>(i)});
    }
  }
}

TermScanner Lexicon::make_scanner() const {
  std::vector<TermPattern> patterns;
  patterns.reserve(lexemes_.size());
  for (std::uint32_t i = 0; i < lexemes_.size(); ++i) {
    const std::string& text = lexemes_[i].pattern;
    const Anchor anchor = text.ends_with('*') ? Anchor::kStem : Anchor::kWord;
    patterns.push_back({i, text, anchor});
  }
  return TermScanner(patterns);
}

const Lexeme* Lexicon::find_word(std::string_view folded_word, LexemeRole role) const {
  const auto [first, last] = glued_.equal_range(std::string(folded_word));
  for (auto entry = first; entry != last; ++entry) {
    if (lexemes_[entry->second].role == role) return &lexemes_[entry->second];
  }
  return nullptr;
}

bool Lexicon::is_abbreviation(std::string_view folded_word) const {
  return abbreviations_.contains(std::string(folded_word));
}

}  // namespace steppe
