#pragma once
// The tree of one XML document as the readers of feeds walk it: records in document order whose
// names and texts stay in the document's own bytes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

enum class XmlKind : std::uint8_t { kDocument, kElement, kText, kCdata };

/// An element, a text or an attribute. The attributes of an element follow it, then its children.
struct XmlRecord {
  const char* text = nullptr;  // the name of an element or attribute, or the text itself
  std::uint32_t size = 0;      // of it
  std::uint32_t up = 0;        // records back to the parent; attribute: bytes from name to value
  std::uint32_t next = 0;      // records on to the next sibling, 0 none; attribute: size of value
  std::uint32_t attributes = 0;
  std::uint16_t prefix = 0;  // bytes of "prefix:" in front of the local name
  XmlKind kind = XmlKind::kElement;
  bool has_children = false;
  bool after_markup = false;  // the sibling before is an element or a CDATA section
  bool binds = false;         // an attribute is named xmlns...
  bool scopes = false;        // an attribute is named xml:...
};

/// An attribute, or none. Valid as long as its tree.
class XmlAttribute {
 public:
  XmlAttribute() = default;
  explicit XmlAttribute(const XmlRecord* record) : record_(record) {}

  explicit operator bool() const { return record_ != nullptr; }
  std::string_view name() const {
    return record_ == nullptr ? std::string_view() : std::string_view(record_->text, record_->size);
  }
  /// As written: references are not decoded.
  std::string_view value() const {
    if (record_ == nullptr) return {};
    return {record_->text + record_->up, record_->next};
  }

 private:
  const XmlRecord* record_ = nullptr;
};

/// The attributes of one element, in order.
class XmlAttributes {
 public:
  class Iterator {
   public:
    explicit Iterator(const XmlRecord* at) : at_(at) {}
    XmlAttribute operator*() const { return XmlAttribute(at_); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const XmlRecord* at_;
  };

  XmlAttributes(const XmlRecord* first, std::size_t count) : first_(first), count_(count) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(first_ + count_); }

 private:
  const XmlRecord* first_;
  std::size_t count_;
};

/// A node, or none; every question to none gives none. Valid as long as its tree.
class XmlNode {
 public:
  /// Walks siblings: `for (const XmlNode child : node)` gives the children.
  class Iterator {
   public:
    explicit Iterator(const XmlRecord* at) : at_(at) {}
    XmlNode operator*() const { return XmlNode(at_); }
    Iterator& operator++() {
      at_ = following(at_);
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const XmlRecord* at_;
  };

  XmlNode() = default;
  explicit XmlNode(const XmlRecord* record) : record_(record) {}

  explicit operator bool() const { return record_ != nullptr; }
  bool operator==(const XmlNode& other) const { return record_ == other.record_; }

  bool is(XmlKind kind) const { return record_ != nullptr && record_->kind == kind; }
  bool is_element() const { return is(XmlKind::kElement); }
  /// Characters, in a CDATA section or not.
  bool is_text() const { return is(XmlKind::kText) || is(XmlKind::kCdata); }

  /// Of an element, as written; it points into the document, right behind '<'.
  std::string_view name() const {
    return is_element() ? std::string_view(record_->text, record_->size) : std::string_view();
  }
  std::string_view local_name() const { return name().substr(prefix_size()); }
  /// "dc" of "dc:title".
  std::string_view prefix() const {
    return prefix_size() == 0 ? std::string_view() : name().substr(0, prefix_size() - 1);
  }
  /// Of a text, as written: references are not decoded.
  std::string_view value() const {
    return is_text() ? std::string_view(record_->text, record_->size) : std::string_view();
  }

  XmlNode parent() const {
    return record_ == nullptr || record_->up == 0 ? XmlNode() : XmlNode(record_ - record_->up);
  }
  XmlNode first_child() const {
    if (record_ == nullptr || !record_->has_children) return {};
    return XmlNode(record_ + 1 + record_->attributes);
  }
  XmlNode next_sibling() const {
    return XmlNode(record_ == nullptr ? nullptr : following(record_));
  }
  bool comes_after_markup() const { return record_ != nullptr && record_->after_markup; }
  Iterator begin() const { return Iterator(first_child().record_); }
  Iterator end() const { return Iterator(nullptr); }

  XmlAttributes attributes() const {
    return {record_ == nullptr ? nullptr : record_ + 1,
            record_ == nullptr ? 0 : record_->attributes};
  }
  XmlAttribute attribute(std::string_view name) const {
    for (const XmlAttribute attribute : attributes()) {
      if (attribute.name() == name) return attribute;
    }
    return {};
  }
  bool binds_namespaces() const { return record_ != nullptr && record_->binds; }
  bool has_xml_attributes() const { return record_ != nullptr && record_->scopes; }

 private:
  static const XmlRecord* following(const XmlRecord* at) {
    return at->next == 0 ? nullptr : at + at->next;
  }
  std::uint32_t prefix_size() const { return record_ == nullptr ? 0 : record_->prefix; }

  const XmlRecord* record_ = nullptr;
};

/// One thread at a time; unchanging once it is filled.
class XmlTree {
 public:
  XmlTree() { clear(); }

  XmlNode document() const { return XmlNode(records_.data()); }

  void clear();
  /// Makes room for `count` records, fewer when that would be over the bound.
  void reserve(std::size_t count, std::size_t max_records);

  // Filling it, in document order; false when there is no room left.
  bool open(std::string_view name, std::size_t prefix_size);
  bool attribute(std::string_view name, std::string_view value);  // of the element just opened
  bool text(XmlKind kind, std::string_view text);
  void close();
  /// The name of the innermost open element; "" at the top.
  std::string_view open_name() const { return XmlNode(&records_[current_]).name(); }
  bool at_top() const { return current_ == 0; }
  /// A record was left out because there was no room for it.
  bool is_full() const { return full_; }

 private:
  bool has_room() { return records_.size() < records_.capacity() || grow(); }
  bool grow();
  XmlRecord& append_child(XmlKind kind, std::string_view text);

  std::vector<XmlRecord> records_;
  std::size_t max_records_ = 0;
  std::size_t current_ = 0;   // the innermost open element
  std::size_t previous_ = 0;  // the sibling before, 0 none
  bool full_ = false;
};

inline XmlRecord& XmlTree::append_child(XmlKind kind, std::string_view text) {
  const std::size_t index = records_.size();
  XmlRecord& child = records_.emplace_back();
  child.text = text.data();
  child.size = static_cast<std::uint32_t>(text.size());
  child.kind = kind;
  child.up = static_cast<std::uint32_t>(index - current_);
  if (previous_ == 0) {
    records_[current_].has_children = true;
  } else {
    XmlRecord& before = records_[previous_];
    before.next = static_cast<std::uint32_t>(index - previous_);
    child.after_markup = before.kind != XmlKind::kText;
  }
  previous_ = index;
  return child;
}

inline bool XmlTree::open(std::string_view name, std::size_t prefix_size) {
  constexpr std::size_t kLongestPrefix = 64;
  if (!has_room()) return false;
  XmlRecord& element = append_child(XmlKind::kElement, name);
  if (prefix_size <= kLongestPrefix) element.prefix = static_cast<std::uint16_t>(prefix_size);
  current_ = previous_;
  previous_ = 0;
  return true;
}

inline bool XmlTree::attribute(std::string_view name, std::string_view value) {
  if (!has_room()) return false;
  XmlRecord& owner = records_[current_];
  ++owner.attributes;
  if (name.size() > 3 && name[0] == 'x') {
    owner.binds = owner.binds || name.substr(0, 5) == "xmlns";
    owner.scopes = owner.scopes || name.substr(0, 4) == "xml:";
  }
  XmlRecord& attribute = records_.emplace_back();
  attribute.text = name.data();
  attribute.size = static_cast<std::uint32_t>(name.size());
  if (value.empty()) return true;
  attribute.up = static_cast<std::uint32_t>(value.data() - name.data());
  attribute.next = static_cast<std::uint32_t>(value.size());
  return true;
}

inline bool XmlTree::text(XmlKind kind, std::string_view text) {
  if (!has_room()) return false;
  append_child(kind, text);
  return true;
}

inline void XmlTree::close() {
  previous_ = current_;
  current_ -= records_[current_].up;
}

enum class XmlOutcome : std::uint8_t { kWhole, kDamaged, kOutOfMemory };

/// Reads `text` (UTF-8 with '\n' as line end) into `tree`. What is not well-formed gives the part
/// in front of the damage. References stay undecoded, blank text between tags is left out, white
/// space in attributes becomes blanks. `working`: the text itself, which is garbage afterwards, or
/// an empty string that may become a copy; the tree's views point into the text or into it. Memory:
/// at most `max_bytes`, `working` included.
XmlOutcome parse_xml(std::string_view text, std::string& working, std::size_t max_bytes,
                     XmlTree& tree);

/// The same tree for documents without peculiarities (document type, damage, text outside the root,
/// line ends in attributes), several times as fast as the general way and without a copy; false
/// when there are any, the tree is garbage then.
bool parse_plain_xml(std::string_view text, std::size_t max_bytes, XmlTree& tree);

/// The same tree for any document, through pugixml. `text` is garbage afterwards.
XmlOutcome parse_any_xml(std::string& text, std::size_t max_bytes, XmlTree& tree);

}  // namespace steppe
