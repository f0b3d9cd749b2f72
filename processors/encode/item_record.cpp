#include "core/check.h"
#include "core/hash.h"
#include "processors/encode/cloud_event.h"
#include "processors/encode/credentials.h"
#include "processors/encode/findings_json.h"
#include "processors/encode/json_out.h"
#include "processors/encode/records.h"
#include "processors/encode/text_plan.h"

namespace steppe {
namespace {

class ItemWriter {
 public:
  ItemWriter(const ItemRecordInput& input, const RecordContext& context, const TextPlan& plan)
      : input_(input), item_(*input.item), context_(context), plan_(plan) {}

  std::string value() {
    json_.begin_object();
    json_.text("schema", "item.v1");
    json_.text("item_id", input_.item_id.str());
    json_.integer("revision", input_.revision);
    change();
    if (input_.backfill) json_.boolean("backfill", true);
    json_.text("url", item_.url);
    json_.text("canonical_url", item_.canonical_url);
    texts();
    about_the_text();
    times();
    source();
    rights();
    match();
    identity();
    story();
    write_findings(json_, item_.found, plan_);
    provenance();
    json_.end_object();
    return json_.take();
  }

 private:
  void change() {
    json_.begin_object("change");
    json_.text("kind", to_string(input_.change.kind));
    json_.begin_array("fields");
    for (const TextField field : input_.change.fields) json_.element(to_string(field));
    json_.end_array();
    json_.boolean("material", input_.change.material);
    json_.end_object();
    json_.text("status", status_of(item_));
  }

  void texts() {
    json_.text("title", plan_.published(TextField::kTitle));
    json_.text("summary", plan_.published(TextField::kSummary));
    json_.text("body", plan_.published(TextField::kBody));
    for (const TextField field : {TextField::kTitle, TextField::kSummary, TextField::kBody}) {
      if (!plan_.truncated(field)) continue;
      const std::string name(to_string(field));
      json_.boolean(name + "_truncated", true);
      json_.integer(name + "_original_bytes",
                    static_cast<std::int64_t>(plan_.original_bytes(field)));
    }
  }

  void about_the_text() {
    json_.begin_object("lang");
    json_.text("code", item_.lang.code.empty() ? "und" : item_.lang.code);
    json_.confidence("confidence", item_.lang.confidence);
    json_.text("declared", item_.lang.declared);
    json_.end_object();
    authors();
    json_.text("credit", item_.credit);
    json_.text("wire_marker", item_.wire_marker);
    json_.texts("categories", item_.categories);
    json_.texts("media", item_.media);
  }

  // Addresses of people stay where they are: a record needs a name, not a mailbox.
  void authors() {
    if (item_.authors.empty()) return;
    json_.begin_array("authors");
    for (const Person& person : item_.authors) {
      if (person.name.empty()) continue;
      json_.begin_object();
      json_.text("name", person.name);
      json_.text("uri", person.uri);
      json_.end_object();
    }
    json_.end_array();
  }

  void times() {
    if (item_.published) {
      json_.begin_object("published_at");
      json_.text("value", to_rfc3339(item_.published->value));
      json_.text("zone", item_.published->zone);
      json_.text("source", item_.published->source);
      json_.end_object();
    }
    if (item_.updated) json_.text("updated_at", to_rfc3339(*item_.updated));
    json_.text("first_seen_at", to_rfc3339(input_.first_seen_at));
    json_.text("fetched_at", to_rfc3339(input_.fetched_at));
  }

  void source() {
    json_.begin_object("source");
    json_.text("feed_id", input_.feed->id.str());
    json_.text("name", input_.feed->name);
    json_.text("tier", to_string(input_.feed->tier));
    json_.text("country", input_.feed->country);
    json_.end_object();
  }

  void rights() {
    json_.begin_object("rights");
    json_.text("publish_text", to_string(input_.feed->publish_text));
    json_.text("licence", input_.rights.licence);
    if (input_.rights.tdm_reserved) json_.boolean("tdm_reserved", true);
    if (input_.rights.not_free) json_.boolean("free_to_read", false);
    if (input_.rights.embargo_until) json_.instant("embargo_until", *input_.rights.embargo_until);
    json_.end_object();
  }

  void match() {
    json_.begin_object("match");
    json_.text("profile", context_.profile);
    json_.number("score", item_.match.score);
    json_.text("decision", to_string(item_.match.decision));
    json_.text("stage", item_.match.stage);
    json_.begin_array("reasons");
    for (const Reason& reason : item_.match.reasons) reason_object(reason);
    json_.end_array();
    json_.text("rules_version", context_.rules_version);
    json_.end_object();
  }

  void reason_object(const Reason& reason) {
    json_.begin_object();
    json_.text("term", reason.term);
    json_.text("group", reason.group);
    json_.text("lang", reason.lang);
    if (const auto evidence = plan_.map(reason.evidence)) {
      json_.text("field", evidence->field);
      json_.integer("byte_start", static_cast<std::int64_t>(evidence->byte_start));
      json_.integer("byte_end", static_cast<std::int64_t>(evidence->byte_end));
    }
    json_.number("weight", reason.weight);
    json_.end_object();
  }

  void identity() {
    if (item_.keys.empty()) return;
    json_.begin_object("identity");
    json_.text("key", to_hex(item_.keys.front().key));
    json_.text("rung", to_string(item_.keys.front().rung));
    json_.end_object();
  }

  void story() {
    if (input_.story.story_id.empty()) return;
    json_.begin_object("story");
    json_.text("story_id", input_.story.story_id.str());
    json_.text("relation", to_string(input_.story.relation));
    json_.confidence("similarity", input_.story.similarity);
    json_.text("of_item", input_.story.of_item.str());
    json_.end_object();
  }

  void provenance() {
    const DocumentTrace& trace = *input_.trace;
    json_.begin_object("provenance");
    json_.text("raw_sha256", trace.raw_sha256);
    if (!plan_.source_text().empty()) json_.text("source_sha256", sha256_hex(plan_.source_text()));
    json_.text("final_url", without_credentials(trace.final_url));
    std::vector<std::string> redirects = trace.redirects;
    for (std::string& url : redirects) url = without_credentials(url);
    json_.texts("redirects", redirects);
    if (trace.http_status != 0) json_.integer("http_status", trace.http_status);
    if (!input_.validators.empty()) {
      json_.begin_object("validators");
      json_.text("etag", input_.validators.etag);
      json_.text("last_modified", input_.validators.last_modified);
      json_.end_object();
    }
    json_.text("format", trace.format);
    if (item_.text_source != TextSource::kFeed)
      json_.text("text_source", to_string(item_.text_source));
    json_.texts("parser_warnings", trace.warnings);
    json_.text("software", context_.software);
    json_.text("profile_hash", context_.profile_hash);
    json_.end_object();
  }

  const ItemRecordInput& input_;
  const Item& item_;
  const RecordContext& context_;
  const TextPlan& plan_;
  JsonOut json_;
};

CloudEvent event_of(const ItemRecordInput& input, const RecordContext& context) {
  CloudEvent event;
  event.id = input.item_id.str() + "." + std::to_string(input.revision);
  event.source = event_source(context.profile, input.feed->id.str());
  event.type = "org.steppewatch.item." + std::string(to_string(input.change.kind)) + ".v1";
  event.time = input.fetched_at;
  event.subject = input.item_id.str();
  event.schema = "item.v1";
  event.lang = input.item->lang.code;
  event.story_id = input.story.story_id.str();
  event.tier = to_string(input.feed->tier);
  event.trace_id = trace_id_of(input.feed->id, input.fetched_at);
  return event;
}

}  // namespace

std::string trace_id_of(const FeedId& feed, Instant fetched_at) {
  return to_hex(hash128("trace " + to_rfc3339(fetched_at) + " " + feed.str()));
}

Result<Record> encode_item(const ItemRecordInput& input, const RecordContext& context) {
  STEPPE_CHECK(input.item != nullptr && input.feed != nullptr && input.trace != nullptr);
  const EncodeLimits& limits = context.limits;
  const PublishText policy = input.feed->publish_text;
  const TextPlan plan(*input.item, policy, input.rights, limits);
  std::string value = ItemWriter(input, context, plan).value();
  if (value.size() > limits.record_max_bytes && plan.has_body()) {
    const TextPlan short_plan(*input.item, policy, input.rights, limits, false);
    value = ItemWriter(input, context, short_plan).value();
  }
  return sealed(kItemsTopic, input.item_id.str(), event_of(input, context), std::move(value),
                limits.record_max_bytes);
}

}  // namespace steppe
