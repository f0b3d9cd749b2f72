#include "processors/claims/enricher.h"

#include <utility>

#include "processors/claims/event_writer.h"
#include "processors/claims/figure_writer.h"
#include "processors/claims/mention_writer.h"
#include "processors/claims/quote_writer.h"
#include "processors/claims/reading.h"
#include "processors/claims/rejected_numbers.h"
#include "processors/places/place_history.h"

namespace steppe {

namespace {

constexpr std::size_t kLargestKept =
    64 * 1024;  // bytes of an item; what a larger one took is freed

// The lexicons made of them hold their words. (Assigning {} would keep the memory.)
void forget_words(LanguagePack& pack) {
  pack.lexemes = std::vector<Lexeme>();
  pack.number_endings = std::vector<std::string>();
  pack.abbreviations = std::vector<std::string>();
  pack.actor_words = std::vector<LanguagePack::ActorWord>();
}

void forget_forms(EnrichmentLexicon& words) {
  const auto forget = [](std::vector<std::string>& forms) { forms = std::vector<std::string>(); };
  for (PlaceEntry& place : words.places) {
    forget(place.forms);
    forget(place.adjectives);
  }
  for (ActorEntry& actor : words.actors) {
    forget(actor.forms);
    forget(actor.titles);
  }
  words.event_words = std::vector<EventWords>();
  words.places.shrink_to_fit();
  words.actors.shrink_to_fit();
}

}  // namespace

Enricher::Words::Words(EnrichmentLexicon lexicon) : all(std::move(lexicon)), outlets(all.actors) {
  const auto names = std::make_shared<const SharedNames>(all);
  for (LanguagePack& pack : all.packs) {
    lexicons.try_emplace(pack.code, pack, all, names);
    for (const std::string& close : pack.also) read_as.try_emplace(close, pack.code);
    forget_words(pack);
  }
  lexicons.try_emplace("", no_words, all, names);
  forget_forms(all);
  fold_former_names(all.places);
}

Enricher::Enricher(EnrichmentLexicon lexicon)
    : words_(std::make_shared<const Words>(std::move(lexicon))) {}

const Lexicon& Enricher::lexicon_for(const Item& item) const {
  const auto& lexicons = words_->lexicons;
  auto found = lexicons.find(item.lang.code);
  const auto close = words_->read_as.find(item.lang.code);
  if (found == lexicons.end() && close != words_->read_as.end()) {
    found = lexicons.find(close->second);
  }
  return found != lexicons.end() ? found->second : lexicons.at("");
}

void Enricher::enrich(Item& item, const Feed& feed) const {
  thread_local auto kept = std::make_unique<Reading>();  // its memory serves the next item
  Reading& reading = *kept;
  item.found = {};
  item.found.texts.keep_alive(words_);
  read_item(item, feed, lexicon_for(item), reading);
  write_mentions(reading, item.found);
  write_events(reading, item.found);
  write_figures(reading, item, feed, words_->outlets, item.found);
  write_quotes(reading, item.found);
  const std::size_t bytes = item.title.size() + item.summary.size() + item.body.size();
  if (bytes > kLargestKept) kept = std::make_unique<Reading>();
}

std::vector<RejectedNumber> Enricher::rejected_numbers(const Item& item, const Feed& feed) const {
  const auto reading = std::make_unique<Reading>();
  read_item(item, feed, lexicon_for(item), *reading);
  return steppe::rejected_numbers(*reading, item.found.figures);
}

}  // namespace steppe
