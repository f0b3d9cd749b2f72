#pragma once
// Turns the text of an item into figures, claims, places, actors and events with evidence.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/enrichment_lexicon.h"
#include "core/feed.h"
#include "core/item.h"
#include "core/rejected_number.h"
#include "processors/annotate/lexicon.h"
#include "processors/claims/outlet_names.h"

namespace steppe {

/// Immutable after construction; any thread.
class Enricher {
 public:
  explicit Enricher(EnrichmentLexicon lexicon);
  Enricher(const Enricher&) = delete;
  Enricher& operator=(const Enricher&) = delete;

  /// Replaces `item.found` by what title, summary and body say. Reads the whole text; every object
  /// has evidence equal to the slice of the field it names. Relative dates count from the
  /// publication day in the item's zone, else the feed's zone, else UTC.
  void enrich(Item& item, const Feed& feed) const;

  /// The numbers of an enriched item that none of its figures holds, in the order of the text,
  /// each with the reason. Reads the item again: for explanations.
  std::vector<RejectedNumber> rejected_numbers(const Item& item, const Feed& feed) const;

 private:
  /// What the texts of records are views of.
  struct Words {
    explicit Words(EnrichmentLexicon lexicon);

    EnrichmentLexicon all;  // without the words that the lexicons hold
    OutletNames outlets;
    LanguagePack no_words;  // for languages without a pack: places and actors only
    std::map<std::string, Lexicon> lexicons;
    std::map<std::string, std::string> read_as;  // a close language: code to the code of its pack
  };

  const Lexicon& lexicon_for(const Item& item) const;

  std::shared_ptr<const Words> words_;
};

}  // namespace steppe
