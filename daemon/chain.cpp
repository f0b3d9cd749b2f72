#include "daemon/chain.h"

#include <algorithm>
#include <array>
#include <utility>

#include "daemon/full_text/read_page.h"
#include "daemon/page_class.h"
#include "daemon/polling/feed_hints.h"
#include "daemon/polling/older_page.h"
#include "processors/clean/make_item.h"
#include "processors/identity/identity.h"
#include "processors/language/language.h"
#include "processors/parse/decode_body.h"
#include "processors/story/adoption.h"

namespace steppe {
namespace {

// Neither a guid, link, title nor text: nothing would tell it from the next such item.
constexpr std::string_view kNoIdentity = "no_identity";

/// Adds the CPU time between its calls to one stage after the other.
class StageTimer {
 public:
  explicit StageTimer(Metrics* metrics)
      : metrics_(metrics), last_(metrics ? thread_cpu_seconds() : 0) {}
  void done(Stage stage) {
    if (metrics_ == nullptr) return;
    const double now = thread_cpu_seconds();
    metrics_->add_stage_cpu(stage, now - last_);
    last_ = now;
  }

 private:
  Metrics* metrics_;
  double last_;
};

void refuse(Digest& digest, const char* stage, Error error, std::string_view body,
            Metrics* metrics) {
  const PollClass poll_class = class_of_refusal(stage, error, body);
  if (metrics != nullptr) metrics->add("documents_refused_total", to_string(poll_class));
  Document& document = std::get<Document>(digest.outcome.result);
  digest.refusal = Refusal{stage, document.content_type, std::move(document.body)};
  digest.outcome.result = FetchFailure{
      .error = std::move(error), .http_status = document.http_status, .poll_class = poll_class};
}

void count_limits(const std::vector<std::string>& warnings, Metrics* metrics) {
  constexpr std::array<std::string_view, 6> kLimits = {"item_limit",      "element_limit",
                                                       "attribute_limit", "text_truncated",
                                                       "too_deep",        "memory_limit"};
  if (metrics == nullptr) return;
  for (const std::string_view limit : kLimits) {
    if (std::find(warnings.begin(), warnings.end(), limit) != warnings.end())
      metrics->add("parse_limits_total", limit);
  }
}

DocumentTrace trace_of(const Document& document) {
  DocumentTrace trace;
  trace.raw_sha256 = sha256_hex(document.body);
  trace.http_status = document.http_status;
  if (!document.url_chain.empty()) {
    trace.final_url = document.url_chain.back();
    trace.redirects.assign(document.url_chain.begin(), document.url_chain.end() - 1);
  }
  return trace;
}

std::string_view header_of(const Document& document, std::string_view lower_name) {
  for (const auto& [name, value] : document.headers) {
    if (name == lower_name) return value;
  }
  return {};
}

bool unchanged(const Window* window, const IdentityKey& key, std::uint64_t hash) {
  return window != nullptr && window->known.contains(key.key, hash);
}

// Such items are left to the keeper, who knows the stories.
bool may_be_adopted(const Item& item) {
  const AdoptionCase is = adoption_case(item);
  return is.ours && !is.against;
}

}  // namespace

Chain::Chain(const Profile& profile, EnrichmentLexicon lexicon, WireTables wire,
             ChainOptions options)
    : profile_name_(profile.name),
      profile_hash_(profile.hash),
      rules_version_(profile.version),
      options_(std::move(options)),
      matcher_(profile),
      enricher_(std::move(lexicon)),
      wire_(std::move(wire)) {}

Digest Chain::digest(FetchOutcome outcome, Metrics* metrics) const {
  Digest digest;
  digest.outcome = std::move(outcome);
  if (digest.outcome.request.purpose == FetchPurpose::kArticle) {
    StageTimer timer(metrics);
    read_page(digest, *this);
    timer.done(Stage::kPage);
    return digest;
  }
  const WindowPtr& window = digest.outcome.request.window;
  digest.guid_trusted = !window || window->guid_trusted;
  if (std::holds_alternative<Document>(digest.outcome.result)) digest_document(digest, metrics);
  auto* failed = std::get_if<FetchFailure>(&digest.outcome.result);
  if (failed != nullptr) look_at_page(*failed);
  if (metrics != nullptr) metrics->add("poll_classes_total", to_string(class_of(digest.outcome)));
  return digest;
}

void Chain::digest_document(Digest& digest, Metrics* metrics) const {
  Document& document = std::get<Document>(digest.outcome.result);
  const Feed& feed = *digest.outcome.request.feed;
  StageTimer timer(metrics);
  digest.trace = trace_of(document);
  auto body =
      decode_body(document.body, document.content_encoding, options_.parse.max_document_bytes);
  timer.done(Stage::kDecode);
  if (!body) return refuse(digest, "decode", std::move(body).error(), {}, metrics);
  const ParseHints hints{.content_type = document.content_type,
                         .base_url = digest.trace.final_url,
                         .timezone = feed.timezone,
                         .content_location = header_of(document, "content-location"),
                         .content_language = header_of(document, "content-language")};
  auto parsed = parse_feed(*body, hints, options_.parse);
  timer.done(Stage::kParse);
  if (!parsed) return refuse(digest, "parse", std::move(parsed).error(), *body, metrics);
  document.body.clear();
  document.body.shrink_to_fit();
  digest_items(std::move(*parsed), digest, metrics);
}

void Chain::digest_items(ParsedFeed parsed, Digest& digest, Metrics* metrics) const {
  const FeedPtr feed = digest.outcome.request.feed;
  const Window* window = digest.outcome.request.window.get();
  digest.trace.format = parsed.meta.format;
  digest.trace.feed_language = parsed.language;
  digest.trace.warnings = parsed.meta.warnings;
  const FetchRequest& request = digest.outcome.request;
  digest.hints = hints_of(parsed);
  digest.hub = parsed.hub;
  digest.older_page = older_page_of(parsed, request.asked_url(), request.page);
  if (metrics != nullptr && parsed.meta.salvaged)
    metrics->add("documents_salvaged_total", "salvaged");
  count_limits(parsed.meta.warnings, metrics);

  StageTimer timer(metrics);
  std::vector<ParsedItem> raw = std::move(parsed.items);
  std::vector<Item> items;
  items.reserve(raw.size());
  for (ParsedItem& item : raw) {
    items.push_back(make_item(std::move(item), parsed, *feed, digest.outcome.fetched_at));
    items.back().content_hash = content_hash(items.back());
  }
  DocumentIdentity identity = identify_document(items, *feed, digest.guid_trusted);
  digest.guid_trusted = identity.guid_trusted;
  timer.done(Stage::kClean);

  std::vector<Item> fresh;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (identity.keys[i].empty()) {
      ++digest.dropped[std::string(kNoIdentity)];
      continue;
    }
    items[i].keys = std::move(identity.keys[i]);
    digest.seen.push_back(items[i].keys.front());
    digest.seen_hashes.push_back(items[i].content_hash);
    digest.seen_published.push_back(items[i].published ? items[i].published->value : Instant{});
    if (unchanged(window, items[i].keys.front(), items[i].content_hash)) {
      ++digest.unchanged;
    } else {
      fresh.push_back(std::move(items[i]));
    }
  }
  for (Item& item : fresh) item.lang = identify_language(item);
  timer.done(Stage::kLanguage);
  for (Item& item : fresh) item.match = matcher_.match(item, *feed);
  timer.done(Stage::kMatch);
  for (Item& item : fresh) {
    if (item.match.decision == Decision::kDrop) {
      if (may_be_adopted(item)) {
        digest.items.push_back(std::move(item));
      } else {
        ++digest.dropped[item.match.drop_reason];
      }
      continue;
    }
    wire_.annotate(item);
    enricher_.enrich(item, *feed);
    digest.items.push_back(std::move(item));
  }
  timer.done(Stage::kEnrich);
}

void Chain::judge(Item& item, const Feed& feed, bool guid_trusted) const {
  item.content_hash = content_hash(item);
  item.keys = identity_keys(item, feed, guid_trusted);
  item.lang = identify_language(item);
  item.match = matcher_.match(item, feed);
  if (item.keys.empty()) {  // dropped whatever the score, as in digest_items()
    item.match.decision = Decision::kDrop;
    item.match.drop_reason = kNoIdentity;
  }
  if (item.match.decision == Decision::kDrop) return;
  wire_.annotate(item);
  enricher_.enrich(item, feed);
}

void Chain::enrich(Item& item, const Feed& feed) const {
  item.lang = identify_language(item);
  item.match = matcher_.match(item, feed);
  wire_.annotate(item);
  enricher_.enrich(item, feed);
}

}  // namespace steppe
