// The elements of RSS 0.9x, 1.0, 2.0 and CDF.

#include <algorithm>
#include <utility>

#include "processors/clean/html_tokenizer.h"
#include "processors/parse/feed_reader.h"
#include "processors/parse/names.h"

namespace steppe {

void FeedReader::rss(std::uint64_t key, const Place& place) {
  Draft& draft = place.draft;
  ParsedItem& item = draft.item;
  switch (key) {
    case name_key("title"):
      if (draft.wants(Slot::kTitle, 0)) {
        draft.offer(Slot::kTitle, 0, item.title, text_.line(place.node, TextKind::kEscaped));
      }
      break;
    case name_key("link"): rss_link(place); break;
    case name_key("guid"):
      if (draft.offer(Slot::kId, 0, item.id, text_.plain(place.node))) {
        item.guid_is_permalink = text_.attribute_view(place.node, "isPermaLink") != "false";
      }
      break;
    case name_key("id"): draft.offer(Slot::kId, 3, item.id, text_.plain(place.node)); break;
    case name_key("description"):
    case name_key("summary"):
    case name_key("abstract"): rss_description(place); break;
    case name_key("content"):
    case name_key("fulltext"):
    case name_key("fullitem"):
    case name_key("body"): body(place, 4, text_.html(place.node, TextKind::kEscaped)); break;
    case name_key("pubdate"):
    case name_key("published"):
    case name_key("issued"): date(place, Slot::kPublished, 0); break;
    case name_key("lastbuilddate"):
    case name_key("lastmod"):
    case name_key("updated"):
    case name_key("modified"): date(place, Slot::kUpdated, 0); break;
    case name_key("date"): date(place, Slot::kPublished, 5); break;
    case name_key("author"):
    case name_key("managingeditor"):
      if (XmlText::has_elements(place.node)) {
        atom_person(place);
      } else {
        add_person(place, 0, text_.plain_view(place.node));
      }
      break;
    case name_key("webmaster"): add_person(place, 9, text_.plain(place.node)); break;
    case name_key("category"): category(place, text_.plain_view(place.node)); break;
    case name_key("keywords"):
    case name_key("tags"): categories(place, text_.plain(place.node)); break;
    case name_key("enclosure"):
      enclosure(place,
                {link_at(place.scope, text_.attribute(place.node, "url")),
                 text_.attribute(place.node, "type"), text_.attribute(place.node, "length")});
      break;
    case name_key("comments"):
      draft.offer(Slot::kComments, 0, item.comments, link_at(place.scope, text_.plain(place.node)));
      break;
    case name_key("source"): rss_source(place); break;
    case name_key("image"): rss_image(place); break;
    case name_key("logo"):
      draft.offer(Slot::kImage, 3, draft.image,
                  link_at(place.scope, text_.attribute(place.node, "href")));
      break;
    case name_key("language"):
      draft.offer(Slot::kLanguage, 0, item.language, text_.plain(place.node));
      break;
    case name_key("skiphours"): skipped(place, draft.skip_hours); break;
    case name_key("skipdays"): skipped(place, draft.skip_days); break;
    case name_key("generator"):
      draft.offer(Slot::kGenerator, 0, draft.generator, text_.plain(place.node));
      break;
    case name_key("ttl"): draft.offer(Slot::kTtl, 0, draft.ttl, text_.plain(place.node)); break;
    default: break;
  }
}

// The first text is the summary; a second one under another name is the longer one.
void FeedReader::rss_description(const Place& place) {
  Draft& draft = place.draft;
  const std::string_view name = place.node.name();
  if (draft.wants(Slot::kSummary, 0)) {
    summary(place, 0, TextKind::kEscaped);
    if (!draft.wants(Slot::kSummary, 0)) draft.summary_element = name;
  } else if (name != draft.summary_element && draft.wants(Slot::kContent, 6)) {
    body(place, 6, text_.html(place.node, TextKind::kEscaped));
  }
}

void FeedReader::rss_link(const Place& place) {
  Draft& draft = place.draft;
  if (place.node.attribute("rel") && place.node.attribute("href")) return atom_link(place, 2);
  std::string_view reference = text_.plain_view(place.node);
  if (reference.empty()) reference = text_.attribute_view(place.node, "href");
  draft.offer(Slot::kLink, 0, draft.item.link, link_at(place.scope, reference));
}

void FeedReader::rss_source(const Place& place) {
  Draft& draft = place.draft;
  if (XmlText::has_elements(place.node)) return atom_source(place);
  draft.offer(Slot::kSourceTitle, 0, draft.item.source_title,
              text_.line(place.node, TextKind::kEscaped));
  draft.offer(Slot::kSourceUrl, 0, draft.item.source_url,
              link_at(place.scope, text_.attribute(place.node, "url")));
}

void FeedReader::rss_image(const Place& place) {
  std::string url;
  for (const XmlNode child : place.node) {
    if (name_key(names_.element(child).local) == name_key("url")) url = text_.plain(child);
  }
  if (url.empty()) url = text_.attribute(place.node, "url");
  if (url.empty()) url = text_.attribute(place.node, "href");
  if (url.empty() && !XmlText::has_elements(place.node)) url = text_.plain(place.node);
  if (url.empty()) url = text_.attribute(place.node, "rdf:resource");
  place.draft.offer(Slot::kImage, 0, place.draft.image, link_at(place.scope, url));
}

// The children of skipHours or skipDays; a day has 24 of the one and a week 7 of the other.
void FeedReader::skipped(const Place& place, std::vector<std::string>& list) {
  constexpr std::size_t kMost = 24;
  for (const XmlNode child : place.node) {
    if (child.is_element() && list.size() < kMost) list.push_back(text_.plain(child));
  }
}

void FeedReader::add_person(const Place& place, Rank rank, std::string_view text) {
  Person person = parse_person(text);
  if (person.name.empty() && person.email.empty()) return;
  auto& list = rank >= 5 ? place.draft.fallback_authors : place.draft.item.authors;
  const bool known = std::any_of(list.begin(), list.end(), [&](const Person& other) {
    return other.name == person.name && other.email == person.email;
  });
  if (!known) list.push_back(std::move(person));
}

namespace {

bool looks_like_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\n()<>") == std::string_view::npos;
}

// The text outside and inside a bracket pair at the end: "a (b)".
bool split_bracket(std::string_view text, char open, char close, std::string_view& outside,
                   std::string_view& inside) {
  if (text.empty() || text.back() != close) return false;
  const std::size_t at = text.find(open);
  if (at == std::string_view::npos) return false;
  outside = trimmed(text.substr(0, at));
  inside = trimmed(text.substr(at + 1, text.size() - at - 2));
  return true;
}

}  // namespace

Person parse_person(std::string_view text) {
  text = trimmed(text);
  std::string_view outside;
  std::string_view inside;
  const bool bracketed = split_bracket(text, '(', ')', outside, inside) ||
                         split_bracket(text, '<', '>', outside, inside);
  if (bracketed && looks_like_email(outside))
    return {std::string(inside), std::string(outside), ""};
  if (bracketed && looks_like_email(inside)) return {std::string(outside), std::string(inside), ""};
  if (looks_like_email(text)) {
    if (text.substr(0, 7) == "mailto:") text.remove_prefix(7);
    return {"", std::string(text), ""};
  }
  if (is_plain_line(text)) return {std::string(text), "", ""};
  return {html_line(html_line(text)), "", ""};
}

}  // namespace steppe
