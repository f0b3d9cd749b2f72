#include "processors/annotate/shared_names.h"

namespace steppe {

namespace {

bool is_actor(const Lexeme& lexeme, std::size_t actor) {
  return lexeme.role == LexemeRole::kActor && static_cast<std::size_t>(lexeme.value) == actor;
}

}  // namespace

std::vector<Lexeme> name_lexemes(const EnrichmentLexicon& all) {
  std::vector<Lexeme> lexemes;
  const auto add = [&](const std::vector<std::string>& forms, LexemeRole role, std::uint8_t detail,
                       std::size_t entry) {
    for (const std::string& form : forms) {
      lexemes.push_back({form, role, detail, static_cast<double>(entry)});
    }
  };
  for (std::size_t i = 0; i < all.places.size(); ++i) {
    add(all.places[i].forms, LexemeRole::kPlace, 0, i);
    add(all.places[i].adjectives, LexemeRole::kPlace, 1, i);
  }
  for (std::size_t i = 0; i < all.actors.size(); ++i) {
    add(all.actors[i].forms, LexemeRole::kActor, 0, i);
    add(all.actors[i].titles, LexemeRole::kActor, 1, i);
  }
  return lexemes;
}

SharedNames::SharedNames(const EnrichmentLexicon& all) : scanner_({}) {
  const std::vector<Lexeme> lexemes = name_lexemes(all);
  std::vector<TermPattern> patterns;
  patterns.reserve(lexemes.size());
  meanings_.reserve(lexemes.size());
  for (const Lexeme& lexeme : lexemes) {
    patterns.push_back(lexeme_pattern(size(), lexeme.pattern));
    meanings_.push_back(meaning_of(lexeme));
  }
  std::uint32_t end = 0;
  while (end < size() && lexemes[end].role == LexemeRole::kPlace) ++end;
  for (std::size_t i = 0; i < all.actors.size(); ++i) {
    while (end < size() && is_actor(lexemes[end], i)) ++end;
    actor_ends_.push_back(end);
  }
  scanner_ = TermScanner(patterns);
}

}  // namespace steppe
