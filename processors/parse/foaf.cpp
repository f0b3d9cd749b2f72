#include "processors/parse/foaf.h"

#include <utility>

#include "processors/parse/names.h"

namespace steppe {
namespace {

XmlNode child_named(XmlNode node, std::string_view local) {
  for (const XmlNode child : node) {
    if (child.local_name() == local) return child;
  }
  return {};
}

XmlNode enclosing(XmlNode node, std::string_view local, std::string_view other) {
  for (node = node.parent(); node; node = node.parent()) {
    if (node.local_name() == local || node.local_name() == other) return node;
  }
  return {};
}

class FoafReader {
 public:
  FoafReader(DeclaredEntities declared, const ParseLimits& limits)
      : text_(std::move(declared), limits.max_text_bytes, limits.max_depth), limits_(limits) {}

  OpmlDocument read(XmlNode root) {
    document_.version = "foaf";
    std::size_t depth = 0;
    for (XmlNode at = root.first_child(); at && count_ < limits_.max_items;) {
      element(at);
      if (at.first_child() && depth < limits_.max_depth) {
        at = at.first_child();
        ++depth;
        continue;
      }
      while (!at.next_sibling() && depth > 0) {
        at = at.parent();
        --depth;
      }
      at = at.next_sibling();
    }
    return std::move(document_);
  }

 private:
  void element(XmlNode node) {
    const std::uint64_t key = name_key(node.local_name());
    if (key == name_key("channel")) add(document_.feeds, node, text_.attribute(node, "rdf:about"));
    if (key == name_key("feed")) add(document_.feeds, node, text_.attribute(node, "rdf:resource"));
    if (key == name_key("document") && !has_feed(node)) {
      add(document_.pages, node, text_.attribute(node, "rdf:about"));
    }
    if (key == name_key("seealso") && enclosing(node, "knows", "knows")) {
      add(document_.lists, node, text_.attribute(node, "rdf:resource"));
    }
  }

  bool has_feed(XmlNode document) {
    const XmlNode channel = child_named(child_named(document, "seeAlso"), "channel");
    return channel && !text_.attribute(channel, "rdf:about").empty();
  }

  void add(std::vector<OpmlEntry>& list, XmlNode node, std::string url) {
    if (url.empty()) return;
    ++count_;
    OpmlEntry entry;
    entry.url = std::move(url);
    const XmlNode agent = enclosing(node, "Agent", "Person");
    entry.title = text_.plain(child_named(agent, "member_name"));
    if (entry.title.empty()) entry.title = text_.plain(child_named(agent, "name"));
    std::string group = text_.plain(child_named(enclosing(node, "Group", "Group"), "name"));
    if (!group.empty()) entry.categories.push_back({std::move(group)});
    add_entry(list, std::move(entry));
  }

  XmlText text_;
  const ParseLimits& limits_;
  OpmlDocument document_;
  std::size_t count_ = 0;
};

}  // namespace

OpmlDocument read_foaf(XmlNode root, DeclaredEntities declared, const ParseLimits& limits) {
  return FoafReader(std::move(declared), limits).read(root);
}

}  // namespace steppe
