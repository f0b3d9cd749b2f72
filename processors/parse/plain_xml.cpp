// XML without peculiarities, which is what nearly every feed is. Whatever else there is makes the
// reader give up; the general way then says what it means.

#include <algorithm>
#include <array>
#include <cstring>

#include "core/byte_lanes.h"
#include "processors/parse/xml_tree.h"

namespace steppe {
namespace {

enum CharacterClass : std::uint8_t { kSpace = 1, kName = 2, kNameStart = 4 };  // kName without ':'

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const bool letter = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || i == '_' || i >= 128;
    const bool other = (i >= '0' && i <= '9') || i == '-' || i == '.';
    if (i == ' ' || i == '\t' || i == '\r' || i == '\n') classes[i] = kSpace;
    if (letter) classes[i] = kName | kNameStart;
    if (other) classes[i] = kName;
    if (i == ':') classes[i] = kNameStart;
  }
  return classes;
}();

bool is(char c, std::uint8_t wanted) {
  return (kClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}

bool has_control_character(const char* at, const char* end) {
  constexpr auto kSize = static_cast<std::ptrdiff_t>(kLanes);
  if (end - at < kSize) {
    return std::any_of(at, end, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  }
  Bytes16 found = load16(end - kSize) < ' ';
  for (; end - at >= kSize; at += kSize) found |= load16(at) < ' ';
  return any(found);
}

/// One document. Every step is false when there is anything odd.
class PlainReader {
 public:
  /// `text` ends with '>', which is in no class: no run of names or spaces goes beyond it.
  PlainReader(std::string_view text, XmlTree& tree)
      : at_(text.data()), end_(text.data() + text.size()), tree_(tree) {}

  bool read() {
    while (at_ != end_) {
      const char* const begin = at_;
      skip_space();
      if (*at_ != '<' && !read_text(begin)) return false;
      ++at_;
      if (!read_markup()) return false;
    }
    return any_element_ && tree_.at_top();
  }

 private:
  void skip_space() {
    while (is(*at_, kSpace)) ++at_;
  }

  const char* find(char c) const {
    return static_cast<const char*>(std::memchr(at_, c, static_cast<std::size_t>(end_ - at_)));
  }

  bool skip_behind(std::string_view mark) {
    const std::string_view rest = left();
    const std::size_t found = rest.find(mark);
    if (found == rest.npos) return false;
    at_ += found + mark.size();
    return true;
  }

  std::string_view left() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }

  bool take(std::string_view word) {
    if (left().substr(0, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  // Exactly `name`. The text ends with '>', so it differs before it is over.
  bool take_name(std::string_view name) {
    for (const char c : name) {
      if (*at_ != c) return false;
      ++at_;
    }
    return !is(*at_, kName) && *at_ != ':';
  }

  // At the first character that is no space; the text begins at `begin`.
  bool read_text(const char* begin) {
    const char* const end = tree_.at_top() ? nullptr : find('<');
    if (end == nullptr) return false;
    at_ = end;
    return tree_.text(XmlKind::kText, {begin, static_cast<std::size_t>(end - begin)});
  }

  bool read_markup() {
    if (is(*at_, kNameStart)) return read_element();
    switch (*at_) {
      case '/': ++at_; return read_end_tag();
      case '?': ++at_; return is(*at_, kNameStart) && skip_behind("?>");
      case '!': ++at_; return take("--") ? skip_behind("-->") : read_section();
      default: return false;
    }
  }

  bool read_section() {
    if (tree_.at_top() || !take("[CDATA[")) return false;
    const char* const begin = at_;
    if (!skip_behind("]]>")) return false;
    return tree_.text(XmlKind::kCdata, {begin, static_cast<std::size_t>(at_ - begin) - 3});
  }

  std::string_view read_name(std::size_t& prefix_size) {
    const char* const begin = at_;
    prefix_size = 0;
    for (;;) {
      while (is(*at_, kName)) ++at_;
      if (*at_ != ':') return {begin, static_cast<std::size_t>(at_ - begin)};
      ++at_;
      if (prefix_size == 0) prefix_size = static_cast<std::size_t>(at_ - begin);
    }
  }

  bool read_element() {
    std::size_t prefix_size = 0;
    const std::string_view name = read_name(prefix_size);
    if (!tree_.open(name, prefix_size)) return false;
    any_element_ = true;
    for (;;) {
      skip_space();
      if (*at_ == '>') {
        ++at_;
        return true;
      }
      if (*at_ == '/') {
        tree_.close();
        at_ += 2;  // '/' is not the last character
        return at_[-1] == '>';
      }
      if (!is(*at_, kNameStart) || !read_attribute()) return false;
    }
  }

  bool read_attribute() {
    std::size_t prefix_size = 0;
    const std::string_view name = read_name(prefix_size);
    skip_space();
    if (*at_ != '=') return false;
    ++at_;
    skip_space();
    const char quote = *at_;
    if (quote != '"' && quote != '\'') return false;
    const char* const begin = ++at_;
    const char* const end = find(quote);
    if (end == nullptr || has_control_character(begin, end)) return false;
    at_ = end + 1;
    if (is(*at_, kNameStart)) return false;
    return tree_.attribute(name, {begin, static_cast<std::size_t>(end - begin)});
  }

  bool read_end_tag() {
    if (tree_.at_top() || !take_name(tree_.open_name())) return false;
    skip_space();
    if (*at_ != '>') return false;
    ++at_;
    tree_.close();
    return true;
  }

  const char* at_;
  const char* end_;
  XmlTree& tree_;
  bool any_element_ = false;
};

}  // namespace

bool parse_plain_xml(std::string_view text, std::size_t max_bytes, XmlTree& tree) {
  constexpr std::size_t kTypicalBytes = 64;  // for one record
  tree.clear();
  tree.reserve(text.size() / kTypicalBytes + 16, max_bytes / sizeof(XmlRecord));
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  if (text.empty() || text.back() != '>') return false;
  return PlainReader(text, tree).read();
}

}  // namespace steppe
