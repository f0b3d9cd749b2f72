#include "processors/parse/foaf.h"

#include <utility>

#include "processors/parse/names.h"

namespace steppe {
namespace {

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_named(pugi::xml_node node, std::string_view local) {
  for (const pugi::xml_node child : node) {
    if (local_name(child) == local) return child;
  }
  return {};
}

pugi::xml_node enclosing(pugi::xml_node node, std::string_view local, std::string_view other) {
  for (node = node.parent(); node; node = node.parent()) {
    if (local_name(node) == local || local_name(node) == other) return node;
  }
  return {};
}

class FoafReader {
 public:
  FoafReader(DeclaredEntities declared, const ParseLimits& limits)
      : text_(std::move(declared), limits.max_text_bytes, limits.max_depth), limits_(limits) {}

  OpmlDocument read(pugi::xml_node root) {
    document_.version = "foaf";
    std::size_t depth = 0;
    for (pugi::xml_node at = root.first_child(); at && count_ < limits_.max_items;) {
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
  void element(pugi::xml_node node) {
    const std::uint64_t key = name_key(local_name(node));
    if (key == name_key("channel")) add(document_.feeds, node, text_.attribute(node, "rdf:about"));
    if (key == name_key("feed")) add(document_.feeds, node, text_.attribute(node, "rdf:resource"));
    if (key == name_key("document") && !has_feed(node)) {
      add(document_.pages, node, text_.attribute(node, "rdf:about"));
    }
    if (key == name_key("seealso") && enclosing(node, "knows", "knows")) {
      add(document_.lists, node, text_.attribute(node, "rdf:resource"));
    }
  }

  bool has_feed(pugi::xml_node document) {
    const pugi::xml_node channel = child_named(child_named(document, "seeAlso"), "channel");
    return channel && !text_.attribute(channel, "rdf:about").empty();
  }

  void add(std::vector<OpmlEntry>& list, pugi::xml_node node, std::string url) {
    if (url.empty()) return;
    ++count_;
    OpmlEntry entry;
    entry.url = std::move(url);
    const pugi::xml_node agent = enclosing(node, "Agent", "Person");
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

OpmlDocument read_foaf(pugi::xml_node root, DeclaredEntities declared, const ParseLimits& limits) {
  return FoafReader(std::move(declared), limits).read(root);
}

}  // namespace steppe
