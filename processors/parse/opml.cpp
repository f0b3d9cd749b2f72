#include "processors/parse/opml.h"

#include <algorithm>
#include <utility>

#include "processors/clean/entities.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/parse/charset.h"
#include "processors/parse/dates.h"
#include "processors/parse/foaf.h"
#include "processors/parse/names.h"
#include "processors/parse/salvage.h"
#include "processors/parse/xml_root.h"

namespace steppe {
namespace {

using Path = std::vector<std::string>;

std::string ascii_trimmed(std::string_view text) {
  return std::string(trimmed(text));
}

template <typename T>
void add_once(std::vector<T>& list, const T& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

// "/a/b,c" is the path a, b and the tag c. Source: OPML 2.0, category attribute.
void add_category_attribute(std::string_view list, OpmlEntry& entry) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view one = trimmed(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    Path path;
    while (!one.empty()) {
      const std::size_t slash = one.find('/');
      const std::string_view part = trimmed(one.substr(0, slash));
      if (!part.empty()) path.emplace_back(part);
      one = slash == std::string_view::npos ? std::string_view{} : one.substr(slash + 1);
    }
    if (!path.empty()) add_once(entry.categories, path);
  }
}

class OpmlReader {
 public:
  OpmlReader(DeclaredEntities declared, const ParseLimits& limits)
      : text_(std::move(declared), limits.max_text_bytes, limits.max_depth), limits_(limits) {}

  OpmlDocument read(XmlNode root) {
    document_.version = text_.attribute(root, "version");
    for (const XmlNode child : root) {
      if (equals_ignoring_case(child.name(), "head")) head(child);
      if (equals_ignoring_case(child.name(), "body")) body(child);
    }
    return std::move(document_);
  }

 private:
  void head(XmlNode node) {
    for (const XmlNode child : node) {
      const std::string text = text_.plain(child);
      switch (name_key(child.name())) {
        case name_key("title"): document_.title = html_line(text); break;
        case name_key("datecreated"): document_.created = date(text); break;
        case name_key("datemodified"): document_.modified = date(text); break;
        case name_key("ownername"): document_.owner.name = text; break;
        case name_key("owneremail"): document_.owner.email = text; break;
        case name_key("ownerid"): document_.owner.uri = text; break;
        default: break;
      }
    }
  }

  std::optional<FeedDate> date(const std::string& text) {
    auto parsed = parse_date(text, {});
    if (!parsed && !text.empty()) document_.damaged = true;
    return parsed;
  }

  // Depth first without recursion; `folders` is the path of open outlines.
  void body(XmlNode top) {
    Path folders;
    std::size_t depth = 0;
    for (XmlNode at = top.first_child(); at && total() < limits_.max_items;) {
      const bool folder = at.is_element() && outline(at, folders);
      if (at.first_child() && depth < limits_.max_depth) {
        folders.push_back(folder ? title_of(at) : std::string());
        ++depth;
        at = at.first_child();
        continue;
      }
      while (!at.next_sibling() && depth > 0) {
        at = at.parent();
        --depth;
        folders.pop_back();
      }
      at = at.next_sibling();
    }
  }

  std::size_t total() const {
    return document_.feeds.size() + document_.lists.size() + document_.pages.size();
  }

  std::string title_of(XmlNode node) {
    std::string title = ascii_trimmed(text_.attribute(node, "text"));
    return title.empty() ? ascii_trimmed(text_.attribute(node, "title")) : title;
  }

  // True when it is a folder.
  bool outline(XmlNode node, const Path& folders) {
    if (!equals_ignoring_case(node.name(), "outline")) return false;
    const std::string type = lower_ascii(text_.attribute(node, "type"));
    OpmlEntry entry;
    entry.title = title_of(node);
    entry.url = ascii_trimmed(text_.attribute(node, "xmlUrl"));
    entry.site = ascii_trimmed(text_.attribute(node, "htmlUrl"));
    entry.language = ascii_trimmed(text_.attribute(node, "language"));
    const std::string url = ascii_trimmed(text_.attribute(node, "url"));
    place(entry, folders);
    add_category_attribute(text_.attribute(node, "category"), entry);
    const bool list = type == "source" || type == "include";
    if (list || (type == "link" && url.size() > 5 && url.substr(url.size() - 5) == ".opml")) {
      if (entry.url.empty()) entry.url = url;
      add_entry(document_.lists, std::move(entry));
      return false;
    }
    const bool feed_type = type == "rss" || type == "atom" || type == "pie";
    if (entry.url.empty() && feed_type) entry.url = url;
    if (!entry.url.empty()) {
      add_entry(document_.feeds, std::move(entry));
      return false;
    }
    const std::string page = !entry.site.empty() ? entry.site : url;
    if (!page.empty()) {
      entry.url = page;
      add_entry(document_.pages, std::move(entry));
      return false;
    }
    return !feed_type;
  }

  static void place(OpmlEntry& entry, const Path& folders) {
    Path path;
    for (const std::string& folder : folders) {
      if (!folder.empty()) path.push_back(folder);
    }
    if (!path.empty()) entry.categories.push_back(std::move(path));
  }

  XmlText text_;
  const ParseLimits& limits_;
  OpmlDocument document_;
};

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.push_back(' ');
  out += name;
  out += "=\"";
  append_escaped(out, value, true);
  out.push_back('"');
}

void append_element(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.append("    <").append(name).append(">");
  append_escaped(out, value);
  out.append("</").append(name).append(">\n");
}

std::string category_attribute(const OpmlEntry& entry) {
  std::string out;
  for (const Path& path : entry.categories) {
    if (!out.empty()) out.push_back(',');
    for (const std::string& part : path) out += "/" + part;
  }
  return out;
}

}  // namespace

void add_entry(std::vector<OpmlEntry>& list, OpmlEntry entry) {
  auto known = std::find_if(list.begin(), list.end(),
                            [&](const OpmlEntry& other) { return other.url == entry.url; });
  if (known == list.end()) {
    list.push_back(std::move(entry));
    known = list.end() - 1;
  } else {
    for (const Path& path : entry.categories) add_once(known->categories, path);
  }
  for (const Path& path : known->categories) {
    if (path.size() == 1) add_once(known->tags, path[0]);
  }
}

Result<OpmlDocument> parse_opml(std::string_view bytes, const ParseLimits& limits) {
  if (bytes.size() > limits.max_document_bytes) {
    return Error{Code::kTooLarge, Retry::kNever, "too_large: the subscription list is too long"};
  }
  std::string text = decode_text(bytes, {}).text;
  for (int attempt = 0; attempt < 2; ++attempt) {
    DeclaredEntities declared = read_declared_entities(text);
    XmlTree tree;
    const bool parsed = parse_xml(text, text, limits.max_memory_bytes, tree) == XmlOutcome::kWhole;
    const FeedRoot root = find_feed_root(tree.document());
    const bool known = root.kind == RootKind::kOpml || root.kind == RootKind::kRdf;
    if ((parsed && known) || attempt == 1) {
      if (!known) break;
      return root.kind == RootKind::kRdf ? read_foaf(root.node, std::move(declared), limits)
                                         : OpmlReader(std::move(declared), limits).read(root.node);
    }
    std::vector<std::string> warnings;
    text = repair_xml(decode_text(bytes, {}).text, warnings);
  }
  return Error{Code::kInvalidInput, Retry::kNever, "no OPML subscription list"};
}

std::string to_opml(const OpmlDocument& document) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n";
  append_element(out, "title", document.title);
  if (document.created) append_element(out, "dateCreated", to_rfc3339(document.created->value));
  append_element(out, "ownerName", document.owner.name);
  append_element(out, "ownerEmail", document.owner.email);
  append_element(out, "ownerId", document.owner.uri);
  out += "  </head>\n  <body>\n";
  for (const OpmlEntry& feed : document.feeds) {
    out += "    <outline type=\"rss\"";
    append_attribute(out, "text", feed.title.empty() ? feed.url : feed.title);
    append_attribute(out, "xmlUrl", feed.url);
    append_attribute(out, "htmlUrl", feed.site);
    append_attribute(out, "language", feed.language);
    append_attribute(out, "category", category_attribute(feed));
    out += "/>\n";
  }
  return out + "  </body>\n</opml>\n";
}

ParsedFeed read_opml_as_feed(XmlNode root, DeclaredEntities declared, const ParseLimits& limits) {
  OpmlDocument document = OpmlReader(std::move(declared), limits).read(root);
  ParsedFeed feed;
  feed.meta.format = "opml";
  feed.meta.version = std::move(document.version);
  feed.title = std::move(document.title);
  feed.published = std::move(document.created);
  feed.updated = std::move(document.modified);
  for (OpmlEntry& entry : document.feeds) {
    ParsedItem item;
    item.id = entry.url;
    item.title = std::move(entry.title);
    item.link = entry.site.empty() ? std::move(entry.url) : std::move(entry.site);
    item.categories = std::move(entry.tags);
    item.language = std::move(entry.language);
    feed.items.push_back(std::move(item));
  }
  return feed;
}

}  // namespace steppe
