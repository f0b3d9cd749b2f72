#include "processors/claims/enricher.h"

#include <array>
#include <utility>

#include "processors/claims/figure_writer.h"
#include "processors/claims/passage.h"
#include "processors/when/date_mention.h"

namespace steppe {
namespace {

constexpr std::array kFields = {TextField::kTitle, TextField::kSummary, TextField::kBody};

std::chrono::sys_days reference_day(const Item& item, const Feed& feed) {
  if (!item.published) return {};
  const std::string& own = item.published->zone;
  return local_day(item.published->value, is_known_zone(own) ? own : feed.timezone);
}

}  // namespace

Enricher::Enricher(const EnrichmentLexicon& lexicon)
    : words_(std::make_unique<const EnrichmentLexicon>(lexicon)) {
  for (const LanguagePack& pack : words_->packs) {
    lexicons_.try_emplace(pack.code, pack, *words_);
  }
  lexicons_.try_emplace("", no_words_, *words_);
}

const Lexicon& Enricher::lexicon_for(const Item& item) const {
  const auto found = lexicons_.find(item.lang.code);
  return found != lexicons_.end() ? found->second : lexicons_.at("");
}

void Enricher::enrich(Item& item, const Feed& feed) const {
  item.found = {};
  const Lexicon& lexicon = lexicon_for(item);
  const std::chrono::sys_days reference = reference_day(item, feed);
  std::vector<Passage> passages;
  passages.reserve(kFields.size());
  for (const TextField field : kFields) {
    const std::string& words = text_of(item, field);
    if (words.empty()) continue;
    read_passage(words, field, lexicon, reference, passages.emplace_back());
  }
  write_figures(passages, item.found.figures);
}

}  // namespace steppe
