#include "tests/unit/processors/figures/profile_lexicon.h"

#include <cstdio>

#include "core/check.h"

namespace steppe {

const EnrichmentLexicon& profile_lexicon() {
  static const EnrichmentLexicon lexicon = [] {
    Problems problems;
    const std::filesystem::path folder =
        std::string(STEPPE_SOURCE_DIR) + "/config/profiles/kazakhstan-unrest";
    EnrichmentLexicon loaded = load_enrichment_lexicon({&folder, 1}, problems);
    for (const Problem& problem : problems.all()) {
      std::fprintf(stderr, "%s\n", problem.to_string().c_str());
    }
    STEPPE_CHECK(problems.empty());
    return loaded;
  }();
  return lexicon;
}

const Lexicon& profile_language(const std::string& code) {
  static const std::map<std::string, Lexicon> lexicons = [] {
    std::map<std::string, Lexicon> made;
    const auto names = std::make_shared<const SharedNames>(profile_lexicon());
    for (const LanguagePack& pack : profile_lexicon().packs) {
      made.try_emplace(pack.code, pack, profile_lexicon(), names);
    }
    return made;
  }();
  return lexicons.at(code);
}

}  // namespace steppe
