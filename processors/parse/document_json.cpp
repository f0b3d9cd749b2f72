#include "processors/parse/document_json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "processors/clean/sanitize.h"

namespace steppe {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

/// Writes one document.
class DocumentWriter {
 public:
  explicit DocumentWriter(Writer& writer) : writer_(writer) {}

  void write(const Result<ParsedFeed>& feed, std::string_view id) {
    writer_.StartObject();
    text("id", id);
    key("ok");
    writer_.Bool(feed.has_value());
    if (feed) {
      meta(feed->meta);
      channel(*feed);
      items(*feed);
    } else {
      text("error", feed.error().message);
    }
    writer_.EndObject();
  }

 private:
  void key(std::string_view name) {
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }
  void value(std::string_view text) {
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void text(std::string_view name, std::string_view content) {
    if (content.empty()) return;
    key(name);
    value(content);
  }
  void html(std::string_view name, std::string_view content, std::string_view base) {
    if (!content.empty()) text(name, sanitize_html(content, base));
  }
  void date(std::string_view name, const std::optional<FeedDate>& at) {
    if (at) text(name, to_rfc3339(at->value));
  }
  void list(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    key(name);
    writer_.StartArray();
    for (const std::string& one : values) value(one);
    writer_.EndArray();
  }

  void people(const std::vector<Person>& authors) {
    if (authors.empty()) return;
    key("authors");
    writer_.StartArray();
    for (const Person& person : authors) {
      writer_.StartObject();
      text("name", person.name);
      text("email", person.email);
      text("uri", person.uri);
      writer_.EndObject();
    }
    writer_.EndArray();
  }

  void meta(const ParsedMeta& meta) {
    key("meta");
    writer_.StartObject();
    text("format", meta.format);
    text("version", meta.version);
    text("encoding", meta.encoding);
    key("salvaged");
    writer_.Bool(meta.salvaged);
    list("warnings", meta.warnings);
    writer_.EndObject();
  }

  void channel(const ParsedFeed& feed) {
    key("feed");
    writer_.StartObject();
    text("title", feed.title);
    text("link", feed.link);
    html("description", feed.description, feed.base_url);
    text("language", feed.language);
    date("updated", feed.updated);
    date("published", feed.published);
    text("id", feed.id);
    text("ttl", feed.ttl);
    text("self", feed.self);
    text("hub", feed.hub);
    text("image", feed.image);
    people(feed.authors);
    list("categories", feed.categories);
    writer_.EndObject();
  }

  void items(const ParsedFeed& feed) {
    key("items");
    writer_.StartArray();
    for (const ParsedItem& one : feed.items) item(one, feed.base_url);
    writer_.EndArray();
  }

  void item(const ParsedItem& item, std::string_view base) {
    writer_.StartObject();
    text("id", item.id);
    if (item.guid_is_permalink) {
      key("guid_is_permalink");
      writer_.Bool(*item.guid_is_permalink);
    }
    text("title", item.title);
    text("link", item.link);
    html("summary", item.summary, item.summary_base.empty() ? base : item.summary_base);
    html("content", item.content, item.content_base.empty() ? base : item.content_base);
    people(item.authors);
    date("published", item.published);
    date("updated", item.updated);
    list("categories", item.categories);
    enclosures(item.enclosures);
    list("media", item.media);
    text("comments", item.comments);
    text("source_title", item.source_title);
    text("source_url", item.source_url);
    text("language", item.language);
    geo(item.geo);
    writer_.EndObject();
  }

  void enclosures(const std::vector<Enclosure>& list) {
    if (list.empty()) return;
    key("enclosures");
    writer_.StartArray();
    for (const Enclosure& one : list) {
      writer_.StartObject();
      text("url", one.url);
      text("type", one.type);
      text("length", one.length);
      writer_.EndObject();
    }
    writer_.EndArray();
  }

  void geo(const std::optional<GeoPoint>& point) {
    if (!point) return;
    key("geo");
    writer_.StartObject();
    key("lat");
    writer_.Double(point->lat);
    key("lon");
    writer_.Double(point->lon);
    writer_.EndObject();
  }

  Writer& writer_;
};

}  // namespace

std::string to_json(const Result<ParsedFeed>& feed, std::string_view id) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  DocumentWriter(writer).write(feed, id);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace steppe
