#include "processors/parse/xml_tree.h"

#include <algorithm>
#include <pugixml.hpp>

#include "processors/parse/memory_budget.h"

namespace steppe {
namespace {

// References stay undecoded: whether "&nbsp;" was escaped must not be lost. CDATA without
// parse_eol would be scanned byte by byte.
constexpr unsigned kParseOptions =
    pugi::parse_cdata | pugi::parse_eol | pugi::parse_wconv_attribute;

std::size_t prefix_size(std::string_view name) {
  return name.find(':') + 1;  // npos + 1 is 0
}

/// Copies pugixml's tree.
class Copier {
 public:
  explicit Copier(XmlTree& tree) : tree_(tree) {}

  // False when there was no room for all of it. Without recursion: depth is the document's.
  bool copy(pugi::xml_node document) {
    for (pugi::xml_node at = document.first_child(); at;) {
      if (!add(at)) return false;
      if (at.first_child()) {
        at = at.first_child();
        continue;
      }
      if (at.type() == pugi::node_element) tree_.close();
      while (!at.next_sibling() && at.parent() != document) {
        at = at.parent();
        tree_.close();
      }
      at = at.next_sibling();
    }
    return true;
  }

 private:
  bool add(pugi::xml_node node) {
    switch (node.type()) {
      case pugi::node_pcdata: return tree_.text(XmlKind::kText, node.value());
      case pugi::node_cdata: return tree_.text(XmlKind::kCdata, node.value());
      case pugi::node_element: return add_element(node);
      default: return true;
    }
  }

  bool add_element(pugi::xml_node node) {
    const std::string_view name = node.name();
    if (!tree_.open(name, prefix_size(name))) return false;
    for (pugi::xml_attribute at = node.first_attribute(); at; at = at.next_attribute()) {
      if (!tree_.attribute(at.name(), at.value())) return false;
    }
    return true;
  }

  XmlTree& tree_;
};

}  // namespace

void XmlTree::clear() {
  records_.clear();
  records_.emplace_back().kind = XmlKind::kDocument;
  current_ = 0;
  previous_ = 0;
  full_ = false;
}

void XmlTree::reserve(std::size_t count, std::size_t max_records) {
  max_records_ = max_records;
  records_.reserve(std::min(count, max_records));
}

// The old and the new block are there at the same time.
bool XmlTree::grow() {
  const std::size_t size = records_.size();
  const std::size_t room = max_records_ > size ? max_records_ - size : 0;
  const std::size_t wanted = std::min(room, size * 2);
  full_ = wanted <= size;
  if (!full_) records_.reserve(wanted);
  return !full_;
}

XmlOutcome parse_any_xml(std::string& text, std::size_t max_bytes, XmlTree& tree) {
  text.push_back('\n');  // pugixml drops the last byte, which may end a character of a cut document
  const MemoryBudget budget(max_bytes);
  pugi::xml_document document;
  const pugi::xml_parse_status status =
      document.load_buffer_inplace(text.data(), text.size(), kParseOptions, pugi::encoding_utf8)
          .status;
  const std::size_t left = max_bytes - std::min(max_bytes, budget.used());
  tree.clear();
  tree.reserve(text.size() / 256, left / sizeof(XmlRecord));
  const bool whole = Copier(tree).copy(document);
  if (!whole || status == pugi::status_out_of_memory) return XmlOutcome::kOutOfMemory;
  return status == pugi::status_ok ? XmlOutcome::kWhole : XmlOutcome::kDamaged;
}

XmlOutcome parse_xml(std::string_view text, std::string& working, std::size_t max_bytes,
                     XmlTree& tree) {
  const auto left = [&] { return max_bytes - std::min(max_bytes, working.capacity()); };
  if (parse_plain_xml(text, left(), tree)) return XmlOutcome::kWhole;
  if (tree.is_full()) return XmlOutcome::kOutOfMemory;  // the general way has room for less
  if (text.data() != working.data()) working = text;
  return parse_any_xml(working, left(), tree);
}

}  // namespace steppe
