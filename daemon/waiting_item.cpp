#include "daemon/waiting_item.h"

#include "core/packing.h"

namespace steppe {
namespace {

constexpr std::uint64_t kFormat = 1;

void pack(Packer& out, const std::vector<std::string>& texts) {
  out.number(texts.size());
  for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> texts(Unpacker& in) {
  std::vector<std::string> out;
  for (std::uint64_t left = in.count(); left > 0; --left) out.push_back(in.text());
  return out;
}

void pack(Packer& out, Instant at) {
  out.number(static_cast<std::uint64_t>(at.time_since_epoch().count()));
}

Instant instant(Unpacker& in) {
  return Instant{Millis{static_cast<std::int64_t>(in.number())}};
}

void pack_texts(Packer& out, const Item& item) {
  out.text(item.guid).text(item.url).text(item.canonical_url);
  out.text(item.title).text(item.summary).text(item.body).text(item.lang.declared);
  out.number(item.authors.size());
  for (const Person& person : item.authors)
    out.text(person.name).text(person.email).text(person.uri);
  pack(out, item.categories);
  pack(out, item.media);
}

void read_texts(Unpacker& in, Item& item) {
  item.guid = in.text();
  item.url = in.text();
  item.canonical_url = in.text();
  item.title = in.text();
  item.summary = in.text();
  item.body = in.text();
  item.lang.declared = in.text();
  for (std::uint64_t left = in.count(); left > 0; --left) {
    Person person;
    person.name = in.text();
    person.email = in.text();
    person.uri = in.text();
    item.authors.push_back(std::move(person));
  }
  item.categories = texts(in);
  item.media = texts(in);
}

void pack_dates_and_keys(Packer& out, const Item& item) {
  out.number(item.published ? 1 : 0);
  if (item.published) {
    pack(out, item.published->value);
    out.text(item.published->zone).text(item.published->source);
  }
  out.number(item.updated ? 1 : 0);
  if (item.updated) pack(out, *item.updated);
  out.number(item.content_hash).number(item.keys.size());
  for (const IdentityKey& key : item.keys)
    out.number(static_cast<std::uint64_t>(key.rung)).number(key.key.high).number(key.key.low);
}

void read_dates_and_keys(Unpacker& in, Item& item) {
  if (in.number() != 0) {
    PublishedAt published;
    published.value = instant(in);
    published.zone = in.text();
    published.source = in.text();
    item.published = std::move(published);
  }
  if (in.number() != 0) item.updated = instant(in);
  item.content_hash = in.number();
  for (std::uint64_t left = in.count(); left > 0; --left) {
    IdentityKey key;
    key.rung = static_cast<Rung>(in.number() % 4);
    key.key.high = in.number();
    key.key.low = in.number();
    item.keys.push_back(key);
  }
}

void pack_source(Packer& out, const ItemSource& source) {
  const Feed& feed = *source.feed;
  out.text(feed.id.str()).text(feed.url).text(feed.name).text(feed.lang).text(feed.country);
  out.text(feed.timezone).number(static_cast<std::uint64_t>(feed.tier));
  out.number(static_cast<std::uint64_t>(feed.publish_text));
  const DocumentTrace& trace = *source.trace;
  out.text(trace.raw_sha256).text(trace.final_url).text(trace.format).text(trace.feed_language);
  out.number(static_cast<std::uint64_t>(trace.http_status));
  pack(out, trace.redirects);
  pack(out, trace.warnings);
  out.text(source.validators.etag).text(source.validators.last_modified);
  pack(out, source.fetched_at);
  out.number(source.backfill ? 1 : 0).number(source.known_here ? 1 : 0).text(source.tag);
}

void read_source(Unpacker& in, WaitingItem& out) {
  Feed& feed = out.feed;
  feed.id = FeedId(in.text());
  feed.url = in.text();
  feed.name = in.text();
  feed.lang = in.text();
  feed.country = in.text();
  feed.timezone = in.text();
  feed.tier = static_cast<SourceTier>(in.number() % 7);
  feed.publish_text = static_cast<PublishText>(in.number() % 3);
  DocumentTrace& trace = out.trace;
  trace.raw_sha256 = in.text();
  trace.final_url = in.text();
  trace.format = in.text();
  trace.feed_language = in.text();
  trace.http_status = static_cast<int>(in.number());
  trace.redirects = texts(in);
  trace.warnings = texts(in);
  out.source.validators.etag = in.text();
  out.source.validators.last_modified = in.text();
  out.source.fetched_at = instant(in);
  out.source.backfill = in.number() != 0;
  out.source.known_here = in.number() != 0;
  out.source.tag = in.text();
}

}  // namespace

std::string pack_waiting(const Item& item, const ItemSource& source) {
  const AdoptionCase is = adoption_case(item);
  Packer out;
  out.number(kFormat).number(is.review ? 1 : 0).number(is.ours ? 1 : 0).number(is.against ? 1 : 0);
  pack_texts(out, item);
  pack_dates_and_keys(out, item);
  pack_source(out, source);
  return out.take();
}

std::optional<WaitingItem> read_waiting(std::string_view bytes) {
  Unpacker in(bytes);
  if (in.number() != kFormat) return {};
  WaitingItem out;
  out.adoption.review = in.number() != 0;
  out.adoption.ours = in.number() != 0;
  out.adoption.against = in.number() != 0;
  read_texts(in, out.item);
  read_dates_and_keys(in, out.item);
  read_source(in, out);
  if (!in.ok() || out.item.keys.empty()) return {};
  return out;
}

}  // namespace steppe
