// The elements of Atom 0.3 and 1.0.

#include <algorithm>
#include <utility>

#include "processors/clean/html_tokenizer.h"
#include "processors/parse/base64.h"
#include "processors/parse/feed_reader.h"
#include "processors/parse/names.h"

namespace steppe {
namespace {

bool is_xml_type(std::string_view type) {
  return type == "xhtml" || (type.size() > 3 && type.substr(type.size() - 3) == "xml");
}

// Some software packs escaped HTML into a div that is markup itself; what is inside counts.
XmlNode without_packing(XmlNode node) {
  const XmlNode only = node.first_child();
  const bool packed = only.is_element() && !only.next_sibling() &&
                      name_key(only.local_name()) == name_key("div") && only.first_child() &&
                      !XmlText::has_elements(only);
  return packed ? only : node;
}

}  // namespace

void FeedReader::atom(std::uint64_t key, const Place& place, Rank rank) {
  Draft& draft = place.draft;
  ParsedItem& item = draft.item;
  switch (key) {
    case name_key("title"):
      if (draft.wants(Slot::kTitle, rank)) {
        draft.offer(Slot::kTitle, rank, item.title, atom_line(place.node));
      }
      break;
    case name_key("link"): atom_link(place, rank); break;
    case name_key("id"): draft.offer(Slot::kId, rank, item.id, atom_id(place)); break;
    case name_key("summary"):
    case name_key("subtitle"):
    case name_key("tagline"):
      if (draft.wants(Slot::kSummary, rank) &&
          draft.offer(Slot::kSummary, rank, item.summary, atom_html(place.node))) {
        item.summary_base = place.scope.explicit_base ? place.scope.base : std::string();
      }
      break;
    case name_key("content"):
      if (draft.wants(Slot::kContent, rank)) body(place, rank, atom_html(place.node));
      break;
    case name_key("published"): date(place, Slot::kPublished, rank); break;
    case name_key("issued"): date(place, Slot::kPublished, static_cast<Rank>(rank + 1)); break;
    case name_key("created"): date(place, Slot::kPublished, 6); break;
    case name_key("updated"):
    case name_key("modified"): date(place, Slot::kUpdated, rank); break;
    case name_key("author"): atom_person(place); break;
    case name_key("category"): atom_category(place); break;
    case name_key("source"): atom_source(place); break;
    case name_key("generator"):
      draft.offer(Slot::kGenerator, 0, draft.generator, text_.plain(place.node));
      draft.offer(Slot::kGenerator, 1, draft.generator, text_.attribute(place.node, "uri"));
      break;
    case name_key("logo"):
      draft.offer(Slot::kImage, 1, draft.image, link_at(place.scope, text_.plain(place.node)));
      break;
    case name_key("icon"):
      draft.offer(Slot::kImage, 4, draft.image, link_at(place.scope, text_.plain(place.node)));
      break;
    default: break;
  }
}

// An id should be an absolute address; one that is a path is meant against the base.
std::string FeedReader::atom_id(const Place& place) {
  std::string id = text_.plain(place.node);
  const bool path = id.find('/') != std::string::npos && id.find(':') == std::string::npos;
  return path ? link_at(place.scope, id) : id;
}

void FeedReader::atom_link(const Place& place, Rank rank) {
  Draft& draft = place.draft;
  std::string_view reference = text_.attribute_view(place.node, "href");
  if (reference.empty()) reference = text_.plain_view(place.node);
  std::string href = link_at(place.scope, reference);
  const std::string written = text_.attribute(place.node, "rel");
  std::string rel = lower_ascii(written);
  if (rel != written) ++rank;  // relations are case-sensitive (RFC 4287 section 4.2.7.2)
  constexpr std::string_view kIana = "http://www.iana.org/assignments/relation/";
  if (rel.compare(0, kIana.size(), kIana) == 0) rel.erase(0, kIana.size());
  switch (name_key(rel)) {
    case name_key(""):
    case name_key("alternate"):
      draft.offer(Slot::kLink, rank, draft.item.link, std::move(href));
      break;
    case name_key("self"): draft.offer(Slot::kSelf, 0, draft.self, std::move(href)); break;
    case name_key("hub"): draft.offer(Slot::kHub, 0, draft.hub, std::move(href)); break;
    case name_key("prev-archive"):
      draft.offer(Slot::kPreviousPage, 0, draft.previous_page, std::move(href));
      break;
    case name_key("next"):
      draft.offer(Slot::kPreviousPage, 1, draft.previous_page, std::move(href));
      break;
    case name_key("enclosure"):
      enclosure(place, {std::move(href), text_.attribute(place.node, "type"),
                        text_.attribute(place.node, "length")});
      break;
    case name_key("replies"):
    case name_key("comments"):
      draft.offer(Slot::kComments, 3, draft.item.comments, std::move(href));
      break;
    case name_key("via"):
      draft.offer(Slot::kSourceUrl, 5, draft.item.source_url, std::move(href));
      break;
    case name_key("image"): draft.item.media.push_back(std::move(href)); break;
    default: break;
  }
}

void FeedReader::atom_person(const Place& place) {
  Person person;
  bool structured = false;
  for (const XmlNode child : place.node) {
    if (!child.is_element()) continue;
    switch (name_key(names_.element(child).local)) {
      case name_key("name"): person.name = text_.line(child, TextKind::kEscaped); break;
      case name_key("email"): person.email = text_.plain(child); break;
      case name_key("uri"):
      case name_key("url"):
      case name_key("homepage"): person.uri = link_at(place.scope, text_.plain_view(child)); break;
      default: continue;
    }
    structured = true;
  }
  if (!structured) return add_person(place, 0, text_.plain_view(place.node));
  if (person.name.empty() && person.email.empty() && person.uri.empty()) return;
  place.draft.item.authors.push_back(std::move(person));
}

void FeedReader::atom_category(const Place& place) {
  category(place, text_.attribute_view(place.node, "term"));
  category(place, text_.attribute_view(place.node, "label"));
  category(place, text_.plain_view(place.node));
}

void FeedReader::atom_source(const Place& place) {
  ParsedItem item;
  Draft source(item);
  Draft& draft = place.draft;
  for (const XmlNode child : place.node) {
    if (child.is_element()) {
      const QName name = names_.element(child);
      read_element(name.ns, name_key(name.local), {child, place.scope, source});
    }
  }
  draft.offer(Slot::kSourceTitle, 1, draft.item.source_title, std::move(source.item.title));
  draft.offer(Slot::kSourceUrl, 1, draft.item.source_url,
              source.item.link.empty() ? std::move(source.self) : std::move(source.item.link));
  for (Person& author : source.item.authors) draft.fallback_authors.push_back(std::move(author));
}

// How a text construct is written; fills `decoded` when it was base64.
// Source: RFC 4287 §3.1 and §4.1.3.3, Atom 0.3 §3.1.
TextKind FeedReader::atom_kind(XmlNode node, std::string& decoded) {
  const std::string type = lower_ascii(text_.attribute_view(node, "type"));
  const std::string mode = lower_ascii(text_.attribute_view(node, "mode"));
  const bool textual = type.empty() || type == "text" || type == "html" || is_xml_type(type) ||
                       type.compare(0, 5, "text/") == 0;
  if (mode == "base64" || (mode.empty() && !textual && type.find('/') != std::string::npos)) {
    decoded = base64_decode(text_.plain(node));
  }
  if (type == "html" || type == "text/html") return TextKind::kEscaped;
  if (is_xml_type(type)) return mode == "escaped" ? TextKind::kEscaped : TextKind::kInline;
  if (XmlText::has_elements(node)) return TextKind::kInline;
  return TextKind::kPlain;
}

std::string FeedReader::atom_html(XmlNode node) {
  std::string decoded;
  const TextKind kind = atom_kind(node, decoded);
  if (!decoded.empty()) return decoded;
  return text_.html(kind == TextKind::kEscaped ? without_packing(node) : node, kind);
}

std::string FeedReader::atom_line(XmlNode node) {
  std::string decoded;
  const TextKind kind = atom_kind(node, decoded);
  if (!decoded.empty()) return html_line(decoded);
  return text_.line(node, kind);
}

}  // namespace steppe
