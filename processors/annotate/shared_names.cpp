#include "processors/annotate/shared_names.h"

namespace steppe {

SharedNames::SharedNames(const EnrichmentLexicon& all) : scanner_({}) {
  std::vector<TermPattern> patterns;
  const auto add = [&](const std::vector<std::string>& forms, LexemeRole role, std::uint8_t detail,
                       std::size_t entry) {
    for (const std::string& form : forms) {
      patterns.push_back(lexeme_pattern(size(), form));
      meanings_.push_back({static_cast<double>(entry), role, detail, lexeme_needs_capital(form)});
    }
  };
  for (std::size_t i = 0; i < all.places.size(); ++i) {
    add(all.places[i].forms, LexemeRole::kPlace, 0, i);
    add(all.places[i].adjectives, LexemeRole::kPlace, 1, i);
  }
  for (std::size_t i = 0; i < all.actors.size(); ++i) {
    add(all.actors[i].forms, LexemeRole::kActor, 0, i);
    add(all.actors[i].titles, LexemeRole::kActor, 1, i);
    actor_ends_.push_back(size());
  }
  meanings_.shrink_to_fit();
  scanner_ = TermScanner(patterns);
}

}  // namespace steppe
