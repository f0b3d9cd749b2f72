#include "processors/claims/enricher.h"

#include "processors/claims/event_writer.h"
#include "processors/claims/figure_writer.h"
#include "processors/claims/mention_writer.h"
#include "processors/claims/quote_writer.h"
#include "processors/claims/reading.h"

namespace steppe {

Enricher::Enricher(const EnrichmentLexicon& lexicon)
    : words_(std::make_unique<const EnrichmentLexicon>(lexicon)) {
  for (const LanguagePack& pack : words_->packs) {
    lexicons_.try_emplace(pack.code, pack, *words_);
    for (const std::string& close : pack.also) read_as_.try_emplace(close, pack.code);
  }
  lexicons_.try_emplace("", no_words_, *words_);
}

const Lexicon& Enricher::lexicon_for(const Item& item) const {
  auto found = lexicons_.find(item.lang.code);
  const auto close = read_as_.find(item.lang.code);
  if (found == lexicons_.end() && close != read_as_.end()) found = lexicons_.find(close->second);
  return found != lexicons_.end() ? found->second : lexicons_.at("");
}

void Enricher::enrich(Item& item, const Feed& feed) const {
  item.found = {};
  Reading reading;
  read_item(item, feed, lexicon_for(item), reading);
  write_mentions(reading, item.found);
  write_events(reading, item.found);
  write_figures(reading, item, feed, item.found);
  write_quotes(reading, item.found);
}

}  // namespace steppe
