// Extension vocabularies that feeds of any format carry.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "processors/parse/feed_reader.h"
#include "processors/parse/names.h"

namespace steppe {

namespace {

XmlNode same_named_child(XmlNode node) {
  for (const XmlNode child : node) {
    if (child.name() == node.name()) return child;
  }
  return {};
}

}  // namespace

// Source: DCMI Metadata Terms, RSS 1.0 module Dublin Core.
void FeedReader::dublin_core(std::uint64_t key, const Place& place) {
  Draft& draft = place.draft;
  ParsedItem& item = draft.item;
  switch (key) {
    case name_key("title"):
      draft.offer(Slot::kTitle, 4, item.title, text_.line(place.node, TextKind::kEscaped));
      break;
    case name_key("creator"):
    case name_key("author"): add_person(place, 0, text_.plain_view(place.node)); break;
    case name_key("publisher"): add_person(place, 9, text_.plain_view(place.node)); break;
    case name_key("subject"): category(place, text_.plain_view(place.node)); break;
    case name_key("description"): summary(place, 4, TextKind::kEscaped); break;
    case name_key("date"):  // does not say which date: alone it is both
      date(place, Slot::kPublished, 4);
      date(place, Slot::kUpdated, 8);
      break;
    case name_key("language"):
      draft.offer(Slot::kLanguage, 1, item.language, text_.plain(place.node));
      break;
    case name_key("identifier"): draft.offer(Slot::kId, 7, item.id, text_.plain(place.node)); break;
    case name_key("source"):
      draft.offer(Slot::kSourceTitle, 5, item.source_title,
                  text_.line(place.node, TextKind::kEscaped));
      break;
    default: dublin_core_terms(key, place);
  }
}

void FeedReader::dublin_core_terms(std::uint64_t key, const Place& place) {
  Draft& draft = place.draft;
  switch (key) {
    case name_key("issued"):
    case name_key("available"): date(place, Slot::kPublished, 3); break;
    case name_key("created"): date(place, Slot::kPublished, 5); break;
    case name_key("modified"): date(place, Slot::kUpdated, 3); break;
    case name_key("date"): date(place, Slot::kPublished, 5); break;
    case name_key("title"):
      draft.offer(Slot::kTitle, 5, draft.item.title, text_.line(place.node, TextKind::kEscaped));
      break;
    case name_key("creator"): add_person(place, 0, text_.plain(place.node)); break;
    case name_key("subject"): category(place, text_.plain_view(place.node)); break;
    case name_key("abstract"):
    case name_key("description"): summary(place, 5, TextKind::kEscaped); break;
    case name_key("identifier"):
      draft.offer(Slot::kId, 8, draft.item.id, text_.plain(place.node));
      break;
    case name_key("language"):
      draft.offer(Slot::kLanguage, 2, draft.item.language, text_.plain(place.node));
      break;
    default: break;
  }
}

// Source: RSS 1.0 module Content.
void FeedReader::content(std::uint64_t key, const Place& place) {
  if (key == name_key("encoded") && place.draft.wants(Slot::kContent, 0)) {
    body(place, 0, text_.html(place.node, TextKind::kEscaped));
  }
}

// Source: Media RSS 1.5.1.
void FeedReader::media(std::uint64_t key, const Place& place) {
  Draft& draft = place.draft;
  const auto add_media = [&](const char* attribute) {
    std::string url = link_at(place.scope, text_.attribute_view(place.node, attribute));
    if (!url.empty()) draft.item.media.push_back(std::move(url));
  };
  switch (key) {
    case name_key("content"): add_media("url"); [[fallthrough]];
    case name_key("group"):
      for (const XmlNode child : place.node) {
        if (!child.is_element()) continue;
        const QName name = names_.element(child);
        const auto child_key = name_key(name.local);
        const bool leaf = child_key != name_key("group") && key == name_key("group");
        if (name.ns == Ns::kMedia && (leaf || child_key != name_key("content"))) {
          if (child_key != name_key("group")) media(child_key, {child, place.scope, draft});
        }
      }
      break;
    case name_key("thumbnail"): add_media("url"); break;
    case name_key("title"):
      draft.offer(Slot::kTitle, 8, draft.item.title, text_.line(place.node, TextKind::kEscaped));
      break;
    case name_key("description"):
    case name_key("text"): summary(place, 8, TextKind::kEscaped); break;
    case name_key("category"): category(place, text_.plain_view(place.node)); break;
    case name_key("credit"): add_person(place, 7, text_.plain(place.node)); break;
    default: break;
  }
}

// Source: Apple podcast RSS tags.
void FeedReader::itunes(std::uint64_t key, const Place& place) {
  Draft& draft = place.draft;
  switch (key) {
    case name_key("title"):
      draft.offer(Slot::kTitle, 6, draft.item.title, text_.line(place.node, TextKind::kEscaped));
      break;
    case name_key("author"): add_person(place, 5, text_.plain(place.node)); break;
    case name_key("owner"): {
      ParsedItem item;
      Draft owner(item);
      atom_person({place.node, place.scope, owner});
      for (Person& person : owner.item.authors) draft.fallback_authors.push_back(std::move(person));
      break;
    }
    case name_key("summary"):
    case name_key("description"): summary(place, 6, TextKind::kEscaped); break;
    case name_key("subtitle"): summary(place, 7, TextKind::kEscaped); break;
    case name_key("category"):
      for (XmlNode node = place.node; node; node = same_named_child(node)) {
        category(place, text_.attribute_view(node, "text"));
      }
      break;
    case name_key("keywords"): categories(place, text_.plain(place.node)); break;
    case name_key("image"): {
      std::string url = text_.attribute(place.node, "href");
      if (url.empty()) url = text_.attribute(place.node, "url");
      if (url.empty()) url = text_.plain(place.node);
      draft.offer(Slot::kImage, 2, draft.image, link_at(place.scope, url));
      break;
    }
    default: break;
  }
}

namespace {

// Reads a number at the beginning of `text` and removes it.
std::optional<double> take_number(std::string_view& text) {
  text = text.substr(std::min(text.find_first_not_of(" \t\r\n,+"), text.size()));
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || !std::isfinite(value)) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

}  // namespace

// "lat lon", blanks or a comma between. Source: GeoRSS Simple, WGS84.
void FeedReader::geo_pair(const Place& place, std::string_view text) {
  const auto lat = take_number(text);
  const auto lon = take_number(text);
  if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180) return;
  if (!place.draft.item.geo) place.draft.item.geo = GeoPoint{*lat, *lon};
}

void FeedReader::geo(Ns ns, std::uint64_t key, const Place& place) {
  const auto number = [&] {
    const std::string text = text_.plain(place.node);
    std::string_view rest = text;
    return take_number(rest);
  };
  switch (key) {
    case name_key("lat"): pending_latitude_ = number(); break;
    case name_key("long"):
    case name_key("lon"): pending_longitude_ = number(); break;
    case name_key("pos"): geo_pair(place, text_.plain(place.node)); break;
    case name_key("point"):
      if (!XmlText::has_elements(place.node)) {
        if (ns == Ns::kGeoRss) geo_pair(place, text_.plain(place.node));
        break;
      }
      [[fallthrough]];
    case name_key("where"):
      for (const XmlNode child : place.node) {
        if (!child.is_element()) continue;
        const QName name = names_.element(child);
        const auto child_key = name_key(name.local);
        if (child_key == name_key("where") || child_key == key) continue;
        geo(name.ns, child_key, {child, place.scope, place.draft});
      }
      break;
    default: break;
  }
  if (pending_latitude_ && pending_longitude_ && !place.draft.item.geo) {
    place.draft.item.geo = GeoPoint{*pending_latitude_, *pending_longitude_};
  }
}

// Source: RSS 1.0 module Syndication.
void FeedReader::syndication(std::uint64_t key, const Place& place) {
  Draft& draft = place.draft;
  if (key == name_key("updateperiod")) {
    draft.offer(Slot::kUpdatePeriod, 0, draft.update_period, text_.plain(place.node));
  } else if (key == name_key("updatefrequency")) {
    draft.offer(Slot::kUpdateFrequency, 0, draft.update_frequency, text_.plain(place.node));
  }
}

// FeedBurner hid the outlet's address behind its own.
void FeedReader::feedburner(std::uint64_t key, const Place& place) {
  if (key != name_key("origlink")) return;
  place.draft.item.original_link = text_.plain(place.node);
}

}  // namespace steppe
