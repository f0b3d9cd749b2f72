#include "tests/contract/samples.h"

#include <gtest/gtest.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "processors/identity/identity.h"

namespace steppe {
namespace {

Instant at(const char* text) {
  return *parse_rfc3339(text);
}

// "Ministry of Health" and the place names as the outlet writes them.
constexpr const char* kAlmatyRu = "\u0410\u043B\u043C\u0430\u0442\u044B";
constexpr const char* kAlmatyZh = "\u963F\u62C9\u6728\u56FE";

void add_figures(Item& item) {
  Figure toll;
  toll.id = "f1";
  toll.claim_id = ClaimId("c-164");
  toll.kind = FigureKind::kKilled;
  toll.value = toll.low = 164;
  toll.qualifier = Qualifier::kAtLeast;
  toll.victim_class = {"civilians"};
  toll.scope_place = "kazakhstan";
  toll.as_of = AsOf{"2022-01-09", "day", "stated", "Asia/Almaty"};
  toll.claimant = "Ministry of Health";
  toll.claimant_actor_id = "a1";
  toll.claimant_key = "kz_health_ministry";
  toll.chain = {{"speaker", "Ministry of Health"}, {"outlet", "Steppe Courier"}};
  toll.status = "retracted";
  toll.evidence = {evidence_of(item, TextField::kBody, "at least 164 people were killed")};
  toll.confidence = 0.9;
  toll.rule = "figures.en.count_harm";
  Figure loss;
  loss.id = "f2";
  loss.kind = FigureKind::kDamageMoney;
  loss.value = loss.high = 199e6;
  loss.low = 180.5e6;
  loss.qualifier = Qualifier::kRange;
  loss.unit = "money";
  loss.currency = "USD";
  loss.claimant = "Steppe Courier";
  loss.claimant_is_outlet = true;
  loss.evidence = {evidence_of(item, TextField::kBody, "180.5 to 199 million dollars")};
  loss.confidence = 0.75;
  loss.rule = "figures.en.money";
  item.found.figures = {toll, loss};
}

void add_quote_and_event(Item& item) {
  Quote quote;
  quote.id = "q1";
  quote.speaker = "Ministry of Health";
  quote.cue = "said";
  quote.kind = "indirect";
  quote.stance = "report";
  quote.about = {"f1"};
  quote.evidence = {evidence_of(item, TextField::kBody, "The ministry said")};
  quote.confidence = 0.8;
  quote.rule = "quotes.en.said";
  item.found.quotes = {quote};
  Event event;
  event.id = "e1";
  event.type = "demonstration";
  event.modality = "asserted";
  event.plover = "PROTEST-demonstrate";
  event.cameo = "141";
  event.acled = "Protests/Peaceful protest";
  event.iptc = "20000065";
  event.start = "2022-01-05";
  event.grain = "day";
  event.anchor = "stated";
  event.place_id = "p1";
  event.actor_id = "a1";
  event.cause = "price_rise";
  event.evidence = {evidence_of(item, TextField::kTitle, "protests")};
  event.confidence = 0.7;
  event.rule = "events.en.protest";
  item.found.events = {event};
}

void add_place_and_actor(Item& item) {
  Place place;
  place.id = "p1";
  place.key = "almaty";
  place.name = kAlmatyRu;
  place.name_en = "Almaty";
  place.name_ru = place.name_kk = kAlmatyRu;
  place.name_zh = kAlmatyZh;
  place.geonames_id = 1526384;
  place.iso_3166_2 = {"KZ-ALA", "KZ-75"};
  place.country = "KZ";
  place.point = GeoPoint{43.25, 76.91};
  place.precision = "city";
  place.role = "event";
  place.evidence = {evidence_of(item, TextField::kSummary, kAlmatyRu)};
  place.confidence = 0.95;
  place.rule = "places.gazetteer";
  item.found.places = {place};
  Actor actor;
  actor.id = "a1";
  actor.key = "kz_health_ministry";
  actor.name = "Ministry of Health";
  actor.type = "ministry";
  actor.sector = "GOV";
  actor.country = "KZ";
  actor.aliases_seen = {"The ministry"};
  actor.evidence = {evidence_of(item, TextField::kBody, "The ministry")};
  actor.confidence = 0.9;
  actor.rule = "actors.alias";
  item.found.actors = {actor};
}

void add_match(Item& item) {
  item.match.decision = Decision::kKeep;
  item.match.score = 7.5;
  const Evidence country = evidence_of(item, TextField::kSummary, kAlmatyRu);
  const Evidence unrest = evidence_of(item, TextField::kTitle, "protests");
  item.match.reasons = {{"Almaty", "country", "ru", country, 4},
                        {"protest", "unrest", "en", unrest, 3.5},
                        {"default country of the source", "source_default", "", {}, 0.5}};
}

Feed sample_feed() {
  Feed feed;
  feed.id = FeedId("steppe-courier");
  feed.url = "https://user:secret@courier.example/rss.xml";
  feed.name = "Steppe Courier";
  feed.tier = SourceTier::kIndependent;
  feed.lang = "en";
  feed.country = "KZ";
  feed.publish_text = PublishText::kFull;
  return feed;
}

}  // namespace

Evidence evidence_of(const Item& item, TextField field, const std::string& text) {
  const std::size_t start = text_of(item, field).find(text);
  if (start == std::string::npos) {
    ADD_FAILURE() << "sample text lacks: " << text;
    return {};
  }
  return {field, static_cast<std::uint32_t>(start),
          static_cast<std::uint32_t>(start + text.size())};
}

ItemRecordInput ItemSample::input() const {
  ItemRecordInput input;
  input.item = &item;
  input.feed = &feed;
  input.trace = &trace;
  input.item_id = id;
  input.revision = revision;
  input.change = change;
  input.story = story;
  input.first_seen_at = first_seen_at;
  input.fetched_at = fetched_at;
  input.validators = validators;
  input.rights = rights;
  input.backfill = backfill;
  return input;
}

RecordContext sample_context() {
  RecordContext context;
  context.profile = "kazakhstan-unrest";
  context.profile_hash = "5f1c2a90d3b84e67";
  context.rules_version = "2022.1";
  context.software = "steppewatch 0.1.0";
  return context;
}

ItemSample full_item() {
  ItemSample sample;
  Item& item = sample.item;
  item.guid = "https://courier.example/news/17";
  item.url = "https://www.courier.example/news/17?utm_source=rss";
  item.canonical_url = "https://courier.example/news/17";
  item.title = "CORRECTED-Toll of January protests rises, ministry says";
  item.summary = std::string(kAlmatyRu) + ": the count of victims was published and withdrawn.";
  item.body =
      "The ministry said that at least 164 people were killed as of 9 January. Damage is put at "
      "180.5 to 199 million dollars.";
  item.lang = {"en", 0.97, "en-GB"};
  item.authors = {{"Aigerim Sample", "desk@courier.example", "https://courier.example/aigerim"}};
  item.categories = {"politics", "\u043F\u0440\u043E\u0442\u0435\u0441\u0442\u044B"};
  item.media = {"https://courier.example/17.jpg"};
  item.published = PublishedAt{at("2022-01-10T04:30:00Z"), "+06:00", "feed"};
  item.updated = at("2022-01-10T06:00:00.250Z");
  item.credit = "Reuters";
  item.wire_marker = "corrected";
  add_figures(item);
  add_quote_and_event(item);
  add_place_and_actor(item);
  add_match(item);
  sample.feed = sample_feed();
  item.content_hash = content_hash(item);
  item.keys = identity_keys(item, sample.feed, true);
  sample.id = item_id_of("kazakhstan-unrest", item.keys.front());
  sample.revision = 2;
  sample.change = {ChangeKind::kCorrected, {TextField::kTitle, TextField::kBody}, true};
  sample.story = {StoryId("s-january"), Relation::kRevision, 0.93, sample.id};
  sample.trace = {std::string(64, 'a'),
                  "https://courier.example/rss.xml",
                  {"http://courier.example/rss.xml"},
                  200,
                  "rss",
                  "en",
                  {"undeclared_entity"}};
  sample.validators = {"\"v17\"", "Mon, 10 Jan 2022 06:00:00 GMT"};
  sample.item.text_source = TextSource::kPageJsonLd;
  sample.rights = {.licence = "CC-BY-4.0", .embargo_until = at("2022-01-10T07:00:00Z")};
  sample.first_seen_at = at("2022-01-10T04:35:00Z");
  sample.fetched_at = at("2022-01-10T06:05:00Z");
  sample.backfill = true;
  return sample;
}

ItemSample bare_item() {
  ItemSample sample;
  sample.item.guid = "17";
  sample.feed.id = FeedId("bare");
  sample.item.match.decision = Decision::kKeep;
  sample.item.keys = identity_keys(sample.item, sample.feed, true);
  sample.id = item_id_of("kazakhstan-unrest", sample.item.keys.front());
  sample.fetched_at = sample.first_seen_at = at("2022-01-10T06:05:00Z");
  return sample;
}

ClaimEvent sample_claim() {
  ClaimEvent claim;
  claim.claim_id = ClaimId("c-164");
  claim.story_id = StoryId("s-january");
  claim.item_id = full_item().id;
  claim.figure_id = "f1";
  claim.value = claim.low = 164;
  claim.qualifier = Qualifier::kAtLeast;
  claim.unit = "people";
  claim.victim_class = {"civilians"};
  claim.scope_place = "kazakhstan";
  claim.as_of_date = "2022-01-09";
  claim.claimant = "Ministry of Health";
  claim.root_claimant = "kz_health_ministry";
  claim.source_name = "Steppe Courier";
  claim.source_tier = SourceTier::kIndependent;
  claim.observed_at = at("2022-01-10T06:05:00Z");
  return claim;
}

ClaimEvent sample_retraction() {
  ClaimEvent claim = sample_claim();
  claim.claim_revision = 2;
  claim.status = ClaimStatus::kRetracted;
  claim.previous_status = ClaimStatus::kAsserted;
  claim.caused_by_item = claim.item_id;
  claim.caused_by_rule = "claims.retraction.technical_error";
  const Item item = full_item().item;
  claim.caused_by_evidence =
      quoted(item, evidence_of(item, TextField::kBody, "at least 164 people were killed"));
  return claim;
}

StorySnapshot sample_story() {
  StorySnapshot story;
  story.story_id = StoryId("s-january");
  story.story_revision = 3;
  story.title = {{"en", "January protests"}, {"zh", kAlmatyZh}};
  story.first_seen_at = at("2022-01-02T10:00:00Z");
  story.last_seen_at = at("2022-01-10T06:05:00Z");
  story.items_count = 2;
  story.languages = {"en", "zh"};
  story.outlets_count = 2;
  story.independent_sources = 1;
  story.newest_members = {
      {full_item().id, Relation::kRevision, "Steppe Courier", "https://courier.example/news/17"},
      {bare_item().id, Relation::kOrigin, "", ""}};
  FigureView view;
  view.scope_place = "kazakhstan";
  view.best = view.low = 164;
  view.status = ClaimStatus::kRetracted;
  view.latest_as_of = "2022-01-09";
  view.claims_count = 1;
  view.independent_sources = 1;
  story.figures_view = {view};
  story.places = {"almaty"};
  story.split_from = StoryId("s-prices");
  return story;
}

FeedState sample_feed_state() {
  FeedState state;
  state.id = FeedId("steppe-courier");
  state.url = sample_feed().url;
  state.status = "http_status";
  state.detail = "503 Service Unavailable, 2 in a row; next try after 60 s";
  state.failures = 2;
  state.last_poll_at = at("2022-01-10T06:05:00Z");
  state.last_ok_at = at("2022-01-10T05:35:00Z");
  state.last_new_item_at = at("2022-01-10T04:35:00Z");
  state.next_poll_at = at("2022-01-10T06:35:00Z");
  state.memory.health = FeedHealth::kBroken;
  state.memory.health_since = at("2022-01-10T06:05:00Z");
  state.memory.changed_at = at("2022-01-10T04:40:00Z");
  state.memory.period = std::chrono::hours{9};
  state.memory.item_gap = std::chrono::minutes{25};
  state.memory.interval = std::chrono::minutes{15};
  return state;
}

FeedState sample_moved_feed_state() {
  FeedState state = sample_feed_state();
  state.status = "ok";
  state.failures = 0;
  state.detail = "moved for good, asked at https://news.courier.example/rss: change its url";
  state.last_ok_at = state.last_poll_at;
  state.memory.health = FeedHealth::kMoved;
  state.memory.set_move({.adopted_url = "https://news.courier.example/rss"});
  state.memory.hub = "https://hub.example/";
  return state;
}

Blackout sample_blackout() {
  return {.country = "KZ",
          .dark = true,
          .feeds = 14,
          .unreachable = 8,
          .overdue = 2,
          .observed_at = at("2022-01-05T13:10:00Z"),
          .sequence = 43};
}

Gap sample_gap() {
  Gap gap;
  gap.feed_id = FeedId("steppe-courier");
  gap.from = at("2022-01-10T00:00:00Z");
  gap.to = at("2022-01-10T06:05:00Z");
  gap.estimated_missed = 12;
  gap.reason = "no_overlap";
  gap.observed_at = gap.to;
  gap.sequence = 41;
  return gap;
}

DeadLetter sample_dead_letter() {
  DeadLetter letter;
  letter.feed_id = FeedId("steppe-courier");
  letter.stage = "parse";
  letter.error = {Code::kInvalidInput, Retry::kNever, "no feed: an HTML page"};
  letter.url = sample_feed().url;
  letter.content_type = "text/html";
  letter.bytes = "<html>\xFF</html>";
  letter.observed_at = at("2022-01-10T06:05:00Z");
  letter.sequence = 42;
  return letter;
}

std::string envelope(const Record& record) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  const auto put = [&writer](std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  };
  writer.StartObject();
  put("topic");
  put(record.topic);
  put("key");
  put(record.key);
  put("headers");
  writer.StartObject();
  for (const auto& [name, value] : record.headers) {
    put(name);
    put(value);
  }
  writer.EndObject();
  put("value");
  writer.RawValue(record.value.data(), record.value.size(), rapidjson::kObjectType);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace steppe
