#include "processors/parse/feed_reader.h"

#include <algorithm>
#include <utility>

#include "processors/clean/html_tokenizer.h"
#include "processors/clean/urls.h"
#include "processors/parse/dates.h"
#include "processors/parse/names.h"

namespace steppe {

FeedReader::FeedReader(XmlNode root, Dialect dialect, DeclaredEntities declared,
                       const ParseHints& hints, const ParseLimits& limits)
    : names_(root),
      dialect_(dialect),
      text_(std::move(declared), limits.max_text_bytes, limits.max_depth),
      hints_(hints),
      limits_(limits) {}

void FeedReader::warn(std::string_view name) {
  if (std::find(warnings_.begin(), warnings_.end(), name) == warnings_.end()) {
    warnings_.emplace_back(name);
  }
}

std::vector<std::string> FeedReader::take_warnings() {
  if (text_.truncated()) warn("text_truncated");
  if (text_.too_deep()) warn("too_deep");
  if (text_.double_encoded()) warn("double_encoded");
  if (out_of_elements()) warn("element_limit");
  return std::move(warnings_);
}

bool FeedReader::is_item(XmlNode node) const {
  if (!node.is_element()) return false;
  const std::string_view local = node.local_name();
  if (local.size() != 4 && local.size() != 5) return false;
  return is_item_name(names_.element(node).ns, name_key(local));
}

bool FeedReader::is_item_name(Ns ns, std::uint64_t key) {
  const bool item = key == name_key("item") || key == name_key("entry");
  return item && (ns == Ns::kCore || ns == Ns::kAtom);
}

Scope FeedReader::enter(XmlNode node, const Scope& scope) {
  Scope inner = scope;
  std::size_t count = 0;
  for (const XmlAttribute attribute : node.attributes()) {
    if (++count > limits_.max_attributes) {
      warn("attribute_limit");
      break;
    }
    const std::string_view name = attribute.name();
    if (name == "xml:base") {
      const std::string reference = text_.attribute(attribute);
      inner.base = absolute_link(scope.base, reference);
      inner.explicit_base = true;
    } else if (name == "xml:lang" || name == "lang") {
      inner.language = text_.attribute(attribute);
    }
  }
  return inner;
}

bool FeedReader::changes_scope(XmlNode node) {
  return node.has_xml_attributes();
}

void FeedReader::read(XmlNode parent, const Scope& scope, Draft& draft) {
  pending_latitude_.reset();
  pending_longitude_.reset();
  read_attributes({parent, scope, draft});
  for (XmlNode child = parent.first_child(); child; child = child.next_sibling()) {
    if (!child.is_element()) continue;
    const QName name = names_.element(child);
    const std::uint64_t key = name_key(name.local);
    if (is_item_name(name.ns, key)) continue;
    if (++elements_ > limits_.max_elements) break;
    if (changes_scope(child)) {
      const Scope inner = enter(child, scope);
      read_element(name.ns, key, {child, inner, draft});
    } else {
      read_element(name.ns, key, {child, scope, draft});
    }
  }
  finish(scope, draft);
}

void FeedReader::read_attributes(const Place& place) {
  for (const XmlAttribute attribute : place.node.attributes()) {
    Draft& draft = place.draft;
    switch (name_key(attribute.name())) {
      case name_key("rdf:about"):
        draft.offer(Slot::kId, 4, draft.item.id, text_.attribute(attribute));
        draft.offer(Slot::kLink, 9, draft.item.link,
                    link_at(place.scope, text_.attribute(attribute)));
        break;
      case name_key("href"):  // CDF
        draft.offer(Slot::kLink, 6, draft.item.link,
                    link_at(place.scope, text_.attribute(attribute)));
        break;
      case name_key("lastmod"): date(place, Slot::kUpdated, 6, text_.attribute(attribute)); break;
      default: break;
    }
  }
}

void FeedReader::read_element(Ns ns, std::uint64_t key, const Place& place) {
  switch (ns) {
    case Ns::kCore: dialect_ == Dialect::kAtom ? atom(key, place, 0) : rss(key, place); break;
    case Ns::kAtom: atom(key, place, dialect_ == Dialect::kAtom ? 0 : 2); break;
    case Ns::kDc: dublin_core(key, place); break;
    case Ns::kDcTerms: dublin_core_terms(key, place); break;
    case Ns::kContent: content(key, place); break;
    case Ns::kXhtml:
      if (key == name_key("body") || key == name_key("div")) {
        body(place, 3, text_.html(place.node, TextKind::kInline));
      }
      break;
    case Ns::kMedia: media(key, place); break;
    case Ns::kItunes:
    case Ns::kGooglePlay: itunes(key, place); break;
    case Ns::kGeoRss:
    case Ns::kGeo:
    case Ns::kGml: geo(ns, key, place); break;
    case Ns::kFeedburner: feedburner(key, place); break;
    case Ns::kSyndication: syndication(key, place); break;
    default: break;
  }
}

void FeedReader::finish(const Scope& scope, Draft& draft) {
  if (draft.item.authors.empty()) draft.item.authors = std::move(draft.fallback_authors);
  draft.offer(Slot::kLanguage, 9, draft.item.language, scope.language);
}

std::string FeedReader::link_at(const Scope& scope, std::string_view reference) {
  return absolute_link(scope.base, reference);
}

void FeedReader::summary(const Place& place, Rank rank, TextKind kind) {
  Draft& draft = place.draft;
  if (!draft.wants(Slot::kSummary, rank)) return;
  if (!draft.offer(Slot::kSummary, rank, draft.item.summary, text_.html(place.node, kind))) return;
  draft.item.summary_base = place.scope.explicit_base ? place.scope.base : std::string();
}

void FeedReader::body(const Place& place, Rank rank, std::string html) {
  Draft& draft = place.draft;
  if (!draft.offer(Slot::kContent, rank, draft.item.content, std::move(html))) return;
  draft.item.content_base = place.scope.explicit_base ? place.scope.base : std::string();
}

void FeedReader::date(const Place& place, Slot slot, Rank rank, std::string_view text) {
  if (!place.draft.wants(slot, rank)) return;
  auto& field = slot == Slot::kPublished ? place.draft.item.published : place.draft.item.updated;
  const std::string_view own = text.empty() ? text_.plain_view(place.node) : text;
  if (own.empty()) return;
  if (!place.draft.offer(slot, rank, field, parse_date(own, hints_.timezone)))
    warn("unreadable_date");
}

void FeedReader::category(const Place& place, std::string_view text) {
  constexpr std::size_t kUsual = 4;
  auto& categories = place.draft.item.categories;
  if (categories.empty() && !text.empty()) categories.reserve(kUsual);
  const bool known = std::find(categories.begin(), categories.end(), text) != categories.end();
  if (!text.empty() && !known) categories.emplace_back(text);
}

// A list with commas.
void FeedReader::categories(const Place& place, std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    category(place, trimmed(list.substr(0, comma)));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
}

void FeedReader::enclosure(const Place& place, Enclosure found) {
  auto& enclosures = place.draft.item.enclosures;
  const bool known = std::any_of(enclosures.begin(), enclosures.end(),
                                 [&](const Enclosure& other) { return other.url == found.url; });
  if (!found.url.empty() && !known) enclosures.push_back(std::move(found));
}

}  // namespace steppe
