#include "processors/parse/json_feed.h"

#include <simdjson.h>

#include <utility>

#include "core/utf8.h"
#include "processors/clean/entities.h"
#include "processors/clean/urls.h"
#include "processors/parse/dates.h"
#include "processors/parse/json_salvage.h"
#include "processors/parse/names.h"
#include "processors/parse/xml_text.h"

namespace steppe {
namespace {

namespace od = simdjson::ondemand;

// Bytes of index and string buffers per byte of JSON. Source: simdjson 3.0 parser::allocate.
constexpr std::size_t kIndexFactor = 6;
constexpr std::size_t kKeptIndexBytes = 512U << 10U;

std::string number_text(std::string_view token) {
  return std::string(trimmed(token));
}

/// Reads the values of one document.
class JsonReader {
 public:
  JsonReader(const ParseHints& hints, const ParseLimits& limits) : hints_(hints), limits_(limits) {}

  ParsedFeed feed;
  bool is_feed = false;
  bool damaged = false;

  void read(od::document& document) {
    od::json_type type{};
    if (document.type().get(type) != simdjson::SUCCESS || type != od::json_type::object) return;
    od::object root;
    if (document.get_object().get(root) != simdjson::SUCCESS) return;
    for (auto field : root) {
      std::string_view key;
      od::value value;
      if (!open(field, key, value)) break;
      read_feed_field(key, value);
    }
  }

 private:
  template <typename Field>
  bool open(Field& field, std::string_view& key, od::value& value) {
    if (field.unescaped_key().get(key) == simdjson::SUCCESS &&
        field.value().get(value) == simdjson::SUCCESS) {
      return true;
    }
    damaged = true;
    return false;
  }

  // Text of a string or number; "" for anything else.
  std::string text(od::value& value) {
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) {
      damaged = true;
      return {};
    }
    std::string out;
    std::string_view view;
    if (type == od::json_type::string && value.get_string().get(view) == simdjson::SUCCESS) {
      out = trimmed(view);
    } else if (type == od::json_type::number) {
      out = number_text(value.raw_json_token());
    }
    if (out.size() > limits_.max_text_bytes)
      out.resize(truncate_utf8(out, limits_.max_text_bytes).size());
    return out;
  }

  std::string link(od::value& value) { return absolute_link(hints_.base_url, text(value)); }

  std::optional<FeedDate> date(od::value& value) {
    return parse_date(text(value), hints_.timezone);
  }

  template <typename Use>
  void each_field(od::value& value, Use use) {
    od::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return;
    for (auto field : object) {
      std::string_view key;
      od::value inner;
      if (!open(field, key, inner)) return;
      use(key, inner);
    }
  }

  template <typename Use>
  void each_element(od::value& value, Use use) {
    od::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return;
    for (auto element : array) {
      od::value inner;
      if (element.get(inner) != simdjson::SUCCESS) {
        damaged = true;
        return;
      }
      if (!use(inner)) return;
    }
  }

  static od::json_type type_of(od::value& value) {
    od::json_type type{};
    return value.type().get(type) == simdjson::SUCCESS ? type : od::json_type::null;
  }

  void person(od::value& value, std::vector<Person>& authors) {
    Person person;
    if (type_of(value) == od::json_type::object) {
      each_field(value, [&](std::string_view key, od::value& inner) {
        if (key == "name") person.name = text(inner);
        if (key == "url") person.uri = link(inner);
        if (key == "email") person.email = text(inner);
      });
      constexpr std::string_view kMailto = "mailto:";
      if (person.email.empty() && person.uri.compare(0, kMailto.size(), kMailto) == 0) {
        person.email = person.uri.substr(kMailto.size());
      }
    } else {
      person.name = text(value);
    }
    if (!person.name.empty() || !person.uri.empty() || !person.email.empty()) {
      authors.push_back(std::move(person));
    }
  }

  void people(od::value& value, std::vector<Person>& authors) {
    if (type_of(value) != od::json_type::array) return person(value, authors);
    std::vector<Person> list;
    each_element(value, [&](od::value& inner) {
      person(inner, list);
      return true;
    });
    if (!list.empty()) authors = std::move(list);
  }

  void strings(od::value& value, std::vector<std::string>& out) {
    const auto add = [&](std::string one) {
      if (!one.empty()) out.push_back(std::move(one));
    };
    if (type_of(value) != od::json_type::array) return add(text(value));
    each_element(value, [&](od::value& inner) {
      add(text(inner));
      return true;
    });
  }

  void read_feed_field(std::string_view key, od::value& value) {
    switch (name_key(key)) {
      case name_key("version"): version(text(value)); break;
      case name_key("title"): feed.title = html_line(text(value)); break;
      case name_key("home_page_url"): feed.link = link(value); break;
      case name_key("feed_url"): feed.self = link(value); break;
      case name_key("description"): feed.description = escaped(text(value)); break;
      case name_key("icon"): feed.image = link(value); break;
      case name_key("favicon"):
        if (feed.image.empty()) feed.image = link(value);
        break;
      case name_key("language"): feed.language = text(value); break;
      case name_key("author"):
        if (feed.authors.empty()) person(value, feed.authors);
        break;
      case name_key("authors"): people(value, feed.authors); break;
      case name_key("hubs"): hubs(value); break;
      case name_key("next_url"): feed.previous_page = link(value); break;
      case name_key("items"): items(value, false); break;
      case name_key("articles"): items(value, true); break;
      default: break;
    }
  }

  static std::string escaped(const std::string& plain) {
    std::string out;
    append_escaped(out, plain);
    return out;
  }

  void version(const std::string& text) {
    constexpr std::string_view kPrefix = "jsonfeed.org/version/";
    const std::size_t at = text.find(kPrefix);
    if (at != std::string::npos) is_feed = true;
    feed.meta.version = at == std::string::npos ? text : text.substr(at + kPrefix.size());
  }

  void hubs(od::value& value) {
    each_element(value, [&](od::value& hub) {
      each_field(hub, [&](std::string_view key, od::value& inner) {
        if (key == "url" && feed.hub.empty()) feed.hub = link(inner);
      });
      return true;
    });
  }

  void items(od::value& value, bool gdelt) {
    const bool array = type_of(value) == od::json_type::array;
    const bool object = type_of(value) == od::json_type::object;
    is_feed = is_feed || array || object;
    const auto add = [&](od::value& inner) {
      if (feed.items.size() >= limits_.max_items) {
        feed.meta.warnings.emplace_back("item_limit");
        return false;
      }
      if (type_of(inner) != od::json_type::object) return true;
      ParsedItem item;
      gdelt ? read_article(inner, item) : read_item(inner, item);
      if (!damaged) feed.items.push_back(std::move(item));
      return !damaged;
    };
    if (array) each_element(value, add);
    if (object) {  // some feeds make it an object of items
      each_field(value, [&](std::string_view, od::value& inner) { add(inner); });
    }
  }

  void read_item(od::value& value, ParsedItem& item) {
    std::string external;
    std::string plain;
    std::string html;
    std::string summary;
    each_field(value, [&](std::string_view key, od::value& inner) {
      switch (name_key(key)) {
        case name_key("id"): item.id = text(inner); break;
        case name_key("url"): item.link = link(inner); break;
        case name_key("external_url"): external = link(inner); break;
        case name_key("title"): item.title = html_line(text(inner)); break;
        case name_key("content_html"): html = text(inner); break;
        case name_key("content_text"): plain = text(inner); break;
        case name_key("summary"): summary = text(inner); break;
        case name_key("image"):
        case name_key("banner_image"):
          if (std::string url = link(inner); !url.empty()) item.media.push_back(std::move(url));
          break;
        case name_key("date_published"): item.published = date(inner); break;
        case name_key("date_modified"): item.updated = date(inner); break;
        case name_key("author"):
          if (item.authors.empty()) person(inner, item.authors);
          break;
        case name_key("authors"): people(inner, item.authors); break;
        case name_key("tags"): strings(inner, item.categories); break;
        case name_key("language"): item.language = text(inner); break;
        case name_key("attachments"): attachments(inner, item); break;
        default: break;
      }
    });
    if (item.link.empty()) item.link = std::move(external);
    item.content = html.empty() ? escaped(plain) : std::move(html);
    item.summary = escaped(summary);
  }

  void attachments(od::value& value, ParsedItem& item) {
    each_element(value, [&](od::value& inner) {
      Enclosure enclosure;
      each_field(inner, [&](std::string_view key, od::value& field) {
        if (key == "url") enclosure.url = link(field);
        if (key == "mime_type") enclosure.type = text(field);
        if (key == "size_in_bytes") enclosure.length = text(field);
      });
      if (!enclosure.url.empty()) item.enclosures.push_back(std::move(enclosure));
      return true;
    });
  }

  void read_article(od::value& value, ParsedItem& item) {
    feed.meta.version = "gdelt-doc-2";
    each_field(value, [&](std::string_view key, od::value& inner) {
      switch (name_key(key)) {
        case name_key("url"): item.link = link(inner); break;
        case name_key("title"): item.title = html_line(text(inner)); break;
        case name_key("seendate"): item.published = date(inner); break;
        case name_key("socialimage"):
          if (std::string url = link(inner); !url.empty()) item.media.push_back(std::move(url));
          break;
        case name_key("domain"): item.source_title = text(inner); break;
        case name_key("language"): item.language = text(inner); break;
        default: break;
      }
    });
    item.id = item.link;
  }

  ParseHints hints_;
  ParseLimits limits_;
};

bool read_once(std::string& text, JsonReader& reader, const ParseLimits& limits) {
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  // The index of the last document serves the next one of this thread, unless it was a large one.
  thread_local od::parser kept;
  od::parser own;
  od::parser& parser = text.size() <= kKeptIndexBytes ? kept : own;
  const std::size_t size = text.size() + simdjson::SIMDJSON_PADDING;
  const std::size_t depth = limits.max_depth + 8;
  const bool fits = parser.capacity() >= size && parser.max_depth() == depth;
  if (!fits && parser.allocate(size, depth) != simdjson::SUCCESS) return false;
  od::document document;
  const auto view = simdjson::padded_string_view(text.data(), text.size(), text.capacity());
  if (parser.iterate(view).get(document) != simdjson::SUCCESS) return false;
  reader.read(document);
  return !reader.damaged;
}

// What a cut left of the last item: an id that says nothing.
void drop_stump(std::vector<ParsedItem>& items) {
  if (items.empty()) return;
  const ParsedItem& last = items.back();
  if (last.title.empty() && last.link.empty() && last.content.empty() && last.summary.empty())
    items.pop_back();
}

}  // namespace

Result<ParsedFeed> parse_json_feed(std::string& text, const ParseHints& hints,
                                   const ParseLimits& limits) {
  if (text.size() > limits.max_memory_bytes / kIndexFactor) {
    return Error{Code::kTooLarge, Retry::kNever,
                 "too_large: a JSON document of " + std::to_string(text.size()) + " bytes"};
  }
  JsonReader reader(hints, limits);
  bool salvaged = false;
  if (!read_once(text, reader, limits)) {
    text = repair_json(text);
    JsonReader second(hints, limits);
    read_once(text, second, limits);
    salvaged = second.is_feed && second.feed.items.size() >= reader.feed.items.size();
    if (salvaged) reader = std::move(second);
    drop_stump(reader.feed.items);
  }
  if (!reader.is_feed) {
    return Error{Code::kInvalidInput, Retry::kLater, "json_not_feed: JSON, but no feed"};
  }
  ParsedFeed feed = std::move(reader.feed);
  feed.meta.format = "json";
  feed.meta.salvaged = salvaged || reader.damaged;
  if (feed.meta.salvaged) feed.meta.warnings.emplace_back("bad_json");
  for (ParsedItem& item : feed.items) {
    if (item.language.empty()) item.language = feed.language;
  }
  feed.base_url = is_web_url(feed.link) ? feed.link : std::string(hints.base_url);
  return feed;
}

}  // namespace steppe
