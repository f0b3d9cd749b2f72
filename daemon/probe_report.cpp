#include "daemon/probe_report.h"

#include "core/printable.h"
#include "daemon/probe_politeness.h"
#include "processors/encode/json_out.h"
#include "processors/encode/process_json.h"

namespace steppe {
namespace {

struct Facts {
  std::string url;
  int http_status = 0;
  std::vector<std::string> chain;
  std::string content_type, encoding;
  std::size_t received = 0;
  Validators validators;
  Politeness politeness;
};

Facts facts_of(const FetchOutcome& outcome) {
  Facts facts;
  facts.url = outcome.request.feed->url;
  if (const auto* document = std::get_if<Document>(&outcome.result)) {
    facts.http_status = document->http_status;
    facts.chain = document->url_chain;
    facts.content_type = document->content_type;
    facts.encoding = document->content_encoding;
    facts.received = document->body.size();
    facts.validators = document->validators;
  } else if (const auto* failure = std::get_if<FetchFailure>(&outcome.result)) {
    facts.http_status = failure->http_status;
  }
  return facts;
}

std::size_t dropped_count(const Digest& digest) {
  std::size_t count = 0;
  for (const auto& [reason, number] : digest.dropped) count += number;
  return count;
}

std::string row(const char* name, const std::string& value) {
  if (value.empty()) return {};
  std::string label = name;
  label.resize(14, ' ');
  return label + printable(value, 200) + "\n";
}

std::string text_of_items(const Digest& digest) {
  std::string out;
  for (const auto& [reason, number] : digest.dropped) {
    out += "  drop   " + std::to_string(number) + " items: " + reason + "\n";
  }
  for (const Item& item : digest.items) {
    out += std::string(item.match.decision == Decision::kKeep ? "  keep   " : "  review ") +
           printable(item.title, 120) + "\n";
    for (const std::string& why : explain(item)) out += "           " + printable(why, 160) + "\n";
  }
  return out;
}

std::string text_of(const Politeness& politeness) {
  std::string out;
  for (const auto& [name, value] : politeness.rows()) out += row(name.c_str(), value);
  return out;
}

void write(JsonOut& json, const Politeness& politeness) {
  json.text("poll_class", politeness.poll_class);
  json.text("health", politeness.health);
  json.text("remark", politeness.remark);
  json.text("permanent_url", politeness.permanent_url);
  json.boolean("temporary_redirect", politeness.temporary_redirect);
  json.text("address", politeness.address);
  json.integer("retry_after_secs", politeness.hints.retry_after.count());
  json.integer("max_age_secs", politeness.hints.max_age.count());
  json.integer("feed_hint_secs", politeness.feed_hints.period.count());
  json.text("hub", politeness.hub);
  json.text("older_page", politeness.older_page);
  json.integer("next_poll_secs", politeness.next_in.count());
  json.text("next_poll_by", politeness.next_by);
  json.begin_array("page_feeds");
  for (const DiscoveredFeed& found : politeness.page_feeds) {
    json.begin_object();
    json.text("url", found.url);
    json.text("title", found.title);
    json.text("type", found.type);
    json.end_object();
  }
  json.end_array();
}

std::string text_of(const Facts& facts, const Digest& digest, const std::optional<Error>& error) {
  std::string out = row("url", facts.url);
  if (facts.chain.size() > 1) out += row("redirected to", facts.chain.back());
  if (facts.http_status != 0) out += row("status", std::to_string(facts.http_status));
  if (error) return out + row("problem", error->message) + text_of(facts.politeness);
  out += row("type", facts.content_type) +
         row("received", std::to_string(facts.received) + " bytes" +
                             (facts.encoding.empty() ? "" : " (" + facts.encoding + ")"));
  out += row("etag", facts.validators.etag) + row("last-modified", facts.validators.last_modified);
  if (facts.validators.empty())
    out += row("validators", "none: every poll will fetch the whole document");
  out += text_of(facts.politeness);
  out += row("format", digest.trace.format) + row("language", digest.trace.feed_language);
  for (const std::string& warning : digest.trace.warnings) out += row("warning", warning);
  out += row("items", std::to_string(digest.seen.size()) + ", of which " +
                          std::to_string(digest.items.size()) + " concern the topic");
  return out + text_of_items(digest);
}

std::string line_of(const Facts& facts, const Digest& digest, const std::optional<Error>& error) {
  if (error)
    return "FAIL  " + printable(facts.url, 80) + "  " + printable(error->message, 160) + "\n";
  return "ok    " + printable(facts.url, 80) + "  " + digest.trace.format + ", " +
         std::to_string(digest.seen.size()) + " items, " + std::to_string(digest.items.size()) +
         " kept\n";
}

std::string json_of(const Facts& facts, const Digest& digest, const std::optional<Error>& error) {
  JsonOut json;
  json.begin_object();
  json.boolean("ok", !error);
  json.text("url", facts.url);
  if (error) json.text("error", error->message);
  if (error) json.text("error_code", to_string(error->code));
  if (facts.http_status != 0) json.integer("http_status", facts.http_status);
  json.texts("url_chain", facts.chain);
  json.text("content_type", facts.content_type);
  json.text("content_encoding", facts.encoding);
  json.integer("received_bytes", static_cast<std::int64_t>(facts.received));
  json.text("etag", facts.validators.etag);
  json.text("last_modified", facts.validators.last_modified);
  write(json, facts.politeness);
  json.text("format", digest.trace.format);
  json.texts("warnings", digest.trace.warnings);
  json.integer("items", static_cast<std::int64_t>(digest.seen.size()));
  json.integer("dropped", static_cast<std::int64_t>(dropped_count(digest)));
  json.begin_array("kept");
  for (const Item& item : digest.items) {
    json.begin_object();
    json.text("title", item.title);
    json.text("url", item.url);
    json.text("decision", to_string(item.match.decision));
    json.number("score", item.match.score);
    json.texts("explain", explain(item));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

}  // namespace

ProbeReport probe_report(FetchOutcome outcome, const Chain& chain, const PollingOptions& polling) {
  Facts facts = facts_of(outcome);
  const Digest digest = chain.digest(std::move(outcome), nullptr);
  facts.politeness = politeness_of(digest, facts.encoding, polling);
  ProbeReport report;
  if (const auto* failure = std::get_if<FetchFailure>(&digest.outcome.result))
    report.error = failure->error;
  report.text = text_of(facts, digest, report.error);
  report.line = line_of(facts, digest, report.error);
  report.json = json_of(facts, digest, report.error);
  return report;
}

}  // namespace steppe
