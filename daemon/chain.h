#pragma once
// The processors in their order, for one profile: what a worker does to one fetch outcome.

#include <memory>
#include <string>

#include "core/digest.h"
#include "core/document.h"
#include "core/rejected_number.h"
#include "daemon/metrics.h"
#include "processors/claims/enricher.h"
#include "processors/identity/wire_words.h"
#include "processors/ledger/history.h"
#include "processors/ledger/place_tree.h"
#include "processors/match/matcher.h"
#include "processors/parse/parse.h"

namespace steppe {

struct ChainOptions {
  ParseLimits parse;
  std::vector<KnownClaim> history;
  PlaceTree places;
};

/// Immutable; any thread.
class Chain {
 public:
  Chain(const Profile& profile, EnrichmentLexicon lexicon, WireTables wire, ChainOptions options);

  /// Decodes, parses, cleans, identifies, matches and enriches. A document that is no feed becomes
  /// a FetchFailure named after what it is. `metrics` may be null.
  Digest digest(FetchOutcome outcome, Metrics* metrics) const;

  /// Language, keys, match, and enrichment when it is kept or in review.
  void judge(Item& item, const Feed& feed, bool guid_trusted) const;

  /// Language, match, wire marks and findings anew, whatever the match decides.
  void enrich(Item& item, const Feed& feed) const;
  /// The numbers of an enriched item that are no figures, and why.
  std::vector<RejectedNumber> rejected_numbers(const Item& item, const Feed& feed) const {
    return enricher_.rejected_numbers(item, feed);
  }

  const std::string& profile_name() const { return profile_name_; }
  const std::string& profile_hash() const { return profile_hash_; }
  const std::string& rules_version() const { return rules_version_; }
  /// Claims the profile knows from before.
  const std::vector<KnownClaim>& history() const { return options_.history; }
  const PlaceTree& places() const { return options_.places; }

 private:
  void digest_document(Digest& digest, Metrics* metrics) const;
  void digest_items(ParsedFeed parsed, Digest& digest, Metrics* metrics) const;

  std::string profile_name_;
  std::string profile_hash_;
  std::string rules_version_;
  ChainOptions options_;
  Matcher matcher_;
  Enricher enricher_;
  WireWords wire_;
};

}  // namespace steppe
