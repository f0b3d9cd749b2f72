#pragma once
// A tree as lines of text, to compare two of them.

#include <string>

#include "processors/parse/xml_tree.h"

namespace steppe {

inline std::string dump_line(XmlNode node, std::size_t depth) {
  std::string line = std::to_string(depth);
  if (node.is_element()) line += " <" + std::string(node.prefix()) + "|";
  line += std::string(node.local_name()) + (node.is(XmlKind::kCdata) ? " [" : " \"");
  line += std::string(node.value()) + "\"";
  line += node.comes_after_markup() ? " after" : "";
  line += node.binds_namespaces() ? " binds" : "";
  line += node.has_xml_attributes() ? " xml" : "";
  for (const XmlAttribute attribute : node.attributes()) {
    line += " " + std::string(attribute.name()) + "=" + std::string(attribute.value());
  }
  return line + "\n";
}

/// Every node with all that can be asked of it, in document order.
inline std::string dump(const XmlTree& tree) {
  std::string out;
  std::size_t depth = 0;
  for (XmlNode at = tree.document().first_child(); at;) {
    out += dump_line(at, depth);
    if (at.first_child()) {
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
  return out;
}

}  // namespace steppe
