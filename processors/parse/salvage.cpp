#include "processors/parse/salvage.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "processors/clean/html_tokenizer.h"
#include "processors/clean/next_mark.h"
#include "processors/parse/names.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxOpen = 512;

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

template <std::size_t kSize>
bool is_one_of(std::string_view name, const std::array<std::string_view, kSize>& list) {
  return std::any_of(list.begin(), list.end(),
                     [name](std::string_view known) { return equals_ignoring_case(name, known); });
}

bool is_item(std::string_view name) {
  constexpr std::array<std::string_view, 2> kItems = {"item", "entry"};
  return is_one_of(local_name(name), kItems);
}

bool is_outer(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOuter = {"rss", "feed", "rdf", "channel"};
  return is_one_of(local_name(name), kOuter);
}

// HTML elements without content; not those that are feed elements too.
bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 9> kVoid = {"br",   "hr",  "img",   "input", "wbr",
                                                     "area", "col", "embed", "param"};
  return is_one_of(name, kVoid);
}

// Elements of an item that hold text only, so that another field cannot stand inside.
bool is_text_field(std::string_view name) {
  constexpr std::array<std::string_view, 15> kFields = {
      "title",    "link",     "description", "pubdate", "guid",
      "category", "comments", "encoded",     "summary", "creator",
      "date",     "id",       "published",   "updated", "subject"};
  return is_one_of(local_name(name), kFields);
}

// Text fields that hold no HTML: any other field ends them.
bool is_short_field(std::string_view name) {
  constexpr std::array<std::string_view, 12> kFields = {
      "title",   "link", "pubdate", "guid",      "category", "comments",
      "creator", "date", "id",      "published", "updated",  "subject"};
  return is_one_of(local_name(name), kFields);
}

// Fields whose names mean nothing in HTML.
bool is_feed_only(std::string_view name) {
  constexpr std::array<std::string_view, 11> kFields = {
      "description", "pubdate", "guid",      "category",  "comments", "encoded",
      "creator",     "updated", "published", "enclosure", "subject"};
  return is_one_of(local_name(name), kFields);
}

bool closes_itself(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames = {"p", "li", "td", "tr", "dt", "dd", "option"};
  return is_one_of(name, kNames);
}

bool is_name_start(char c) {
  return is_ascii_letter(c) || c == '_' || (c & '\x80') != 0;
}

bool is_name_char(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

/// One document being rewritten.
class Repair {
 public:
  Repair(std::string_view text, std::vector<std::string>& warnings)
      : text_(text),
        warnings_(warnings),
        comment_end_(text, "-->"),
        cdata_end_(text, "]]>"),
        instruction_end_(text, "?>"),
        tag_end_(text, ">") {
    last_item_ = std::max(find_last_tag("<item"), find_last_tag("<entry"));
  }

  std::string run() {
    out_.reserve(text_.size() + text_.size() / 8 + 64);
    while (at_ < text_.size()) {
      const std::size_t tag = std::min(text_.find('<', at_), text_.size());
      out_.append(text_, at_, tag - at_);
      at_ = tag;
      if (at_ < text_.size()) markup();
    }
    if (!open_.empty()) warn("truncated");
    close_down_to(0);
    return std::move(out_);
  }

 private:
  void warn(std::string_view name) {
    if (std::find(warnings_.begin(), warnings_.end(), name) == warnings_.end()) {
      warnings_.emplace_back(name);
    }
  }

  std::size_t find_last_tag(std::string_view begin) const {
    const std::size_t found = text_.rfind(begin);
    return found == std::string_view::npos ? 0 : found;
  }

  bool at(std::string_view prefix) const { return text_.substr(at_, prefix.size()) == prefix; }

  void markup() {
    if (at("<!--")) {
      skip_past(comment_end_, 4, 3);
    } else if (equals_ignoring_case(text_.substr(at_, 9), "<![cdata[")) {
      cdata();
    } else if (at("<?")) {
      skip_past(instruction_end_, 2, 2);
    } else if (at("<!")) {
      declaration();
    } else if (at("</")) {
      end_tag();
    } else if (at_ + 1 < text_.size() && is_name_start(text_[at_ + 1])) {
      start_tag();
    } else {
      literal();
    }
  }

  void literal() {
    warn("bad_markup");
    out_ += "&lt;";
    ++at_;
  }

  // Leaves out up to `end`; when it never comes, only the beginning mark.
  void skip_past(NextMark& end, std::size_t begin_length, std::size_t end_length) {
    const std::size_t found = end.from(at_ + begin_length);
    if (found == std::string_view::npos) {
      warn("bad_markup");
      at_ += begin_length;
    } else {
      at_ = found + end_length;
    }
  }

  // <!DOCTYPE ... [ ... ]>: kept for the entities it declares.
  void declaration() {
    std::size_t depth = 0;
    const bool doctype = at("<!DOCTYPE") && !doctype_seen_;
    doctype_seen_ = doctype_seen_ || doctype;
    for (std::size_t i = at_; doctype && i < text_.size(); ++i) {
      if (text_[i] == '[') ++depth;
      if (text_[i] == ']' && depth > 0) --depth;
      if (text_[i] != '>' || depth > 0) continue;
      if (open_.empty()) out_.append(text_, at_, i + 1 - at_);
      at_ = i + 1;
      return;
    }
    skip_past(tag_end_, 2, 1);
  }

  void cdata() {
    const std::size_t begin = at_ + 9;
    std::size_t end = cdata_end_.from(begin);
    std::size_t next = end == std::string_view::npos ? text_.size() : end + 3;
    const std::string_view inside = text_.substr(begin, end == text_.npos ? end : end - begin);
    const std::size_t nested = inside.find("<![CDATA[");
    const bool swallows = end == std::string_view::npos || nested != std::string_view::npos;
    if (swallows && !open_.empty()) {
      const std::string close = "</" + std::string(open_.back());
      const std::size_t own_end = inside.find(close);
      const bool before_nested = own_end < nested;
      if (own_end != std::string_view::npos && before_nested) {
        warn("open_cdata");
        end = next = begin + own_end;
      }
    }
    if (end == std::string_view::npos) {
      end = text_.size();
      warn("open_cdata");
    }
    out_ += "<![CDATA[";
    out_.append(text_, begin, end - begin);
    out_ += "]]>";
    at_ = next;
  }

  void end_tag() {
    std::size_t name_begin = at_ + 2;
    while (name_begin < text_.size() && is_html_space(text_[name_begin])) ++name_begin;
    std::size_t name_end = name_begin;
    while (name_end < text_.size() && is_name_char(text_[name_end])) ++name_end;
    const std::string_view name = text_.substr(name_begin, name_end - name_begin);
    const std::size_t close = text_.find_first_of("<>", name_end);
    const bool closed = close != std::string_view::npos && text_[close] == '>';
    const std::size_t here = at_;
    at_ = closed ? close + 1 : std::min(name_end, text_.size());
    if (name.empty()) return warn("bad_markup");
    if (is_outer(name) && here < last_item_) return warn("concatenated");
    const std::string lower = lower_ascii(name);
    for (std::size_t i = open_.size(); i > 0; --i) {
      if (!equals_ignoring_case(open_[i - 1], lower)) continue;
      if (i != open_.size()) warn("crossed_tags");
      close_down_to(i - 1);
      return;
    }
    warn("crossed_tags");
  }

  void close_down_to(std::size_t depth) {
    while (open_.size() > depth) {
      out_ += "</";
      out_ += open_.back();
      out_.push_back('>');
      open_.pop_back();
    }
  }

  // The '>' that ends the tag at `at_`; npos when it is none.
  std::size_t find_tag_end(std::size_t from) {
    std::size_t i = from;
    while (i < text_.size()) {
      const char c = text_[i];
      if (c == '>') return i;
      if (c == '<') return std::string_view::npos;
      if (c == '"' || c == '\'') {
        const std::size_t quote = text_.find(c, i + 1);
        const std::size_t plain = tag_end_.from(i);
        // A quote that is never closed, or only far behind the next tag, is a stray one.
        const bool stray = quote == std::string_view::npos ||
                           (plain < quote && text_.find('<', plain) < quote &&
                            text_.substr(i, quote - i).find('\n') != std::string_view::npos);
        if (stray) return plain;
        i = quote + 1;
        continue;
      }
      ++i;
    }
    return std::string_view::npos;
  }

  void start_tag() {
    std::size_t name_end = at_ + 1;
    while (name_end < text_.size() && is_name_char(text_[name_end])) ++name_end;
    const std::string_view name = text_.substr(at_ + 1, name_end - at_ - 1);
    const std::size_t end = find_tag_end(name_end);
    const char after = name_end < text_.size() ? text_[name_end] : '\0';
    const bool shaped = is_html_space(after) || after == '>' || after == '/';
    if (end == std::string_view::npos || !shaped || open_.size() >= kMaxOpen) return literal();
    std::string_view attributes = text_.substr(name_end, end - name_end);
    bool empty = !attributes.empty() && attributes.back() == '/';
    if (empty) attributes.remove_suffix(1);
    at_ = end + 1;
    end_what_cannot_hold(name);
    if (is_outer(name) && is_open(name)) return warn("concatenated");
    out_.push_back('<');
    out_ += name;
    write_attributes(attributes);
    empty = empty || is_void(name);
    out_ += empty ? "/>" : ">";
    if (!empty) open_.push_back(name);
  }

  bool is_open(std::string_view name) const {
    const std::string lower = lower_ascii(name);
    return std::any_of(open_.begin(), open_.end(), [&lower](std::string_view open) {
      return equals_ignoring_case(open, lower);
    });
  }

  // True when `name` cannot stand in the open `field`.
  static bool ends_field(std::string_view field, std::string_view name) {
    if (!is_text_field(field)) return false;
    if (is_item(name)) return true;
    if (is_short_field(field) && is_text_field(name)) return true;
    return is_feed_only(name) && name.find(':') == field.find(':');
  }

  // Closes open elements in which `name` cannot stand.
  void end_what_cannot_hold(std::string_view name) {
    const auto item = std::find_if(open_.rbegin(), open_.rend(), is_item);
    const auto outer =
        item != open_.rend() ? item : std::find_if(open_.rbegin(), open_.rend(), is_outer);
    if (is_item(name) && item != open_.rend()) {
      warn("crossed_tags");
      return close_down_to(static_cast<std::size_t>(open_.rend() - item) - 1);
    }
    if (outer != open_.rend()) {
      const auto depth = static_cast<std::size_t>(open_.rend() - outer);  // it is open_[depth - 1]
      if (open_.size() > depth && ends_field(open_[depth], name)) {
        warn("crossed_tags");
        return close_down_to(depth);
      }
    }
    if (!open_.empty() && closes_itself(name) &&
        equals_ignoring_case(open_.back(), lower_ascii(name))) {
      close_down_to(open_.size() - 1);
    }
  }

  void write_attributes(std::string_view attributes) {
    AttributeReader reader(attributes);
    HtmlAttribute attribute;
    std::vector<std::string_view> seen;
    while (seen.size() < 1000 && reader.next(attribute)) {
      const bool named = !attribute.name.empty() && is_name_start(attribute.name[0]) &&
                         std::all_of(attribute.name.begin(), attribute.name.end(), is_name_char);
      const bool doubled = std::find(seen.begin(), seen.end(), attribute.name) != seen.end();
      if (!named || doubled) continue;
      seen.push_back(attribute.name);
      out_.push_back(' ');
      out_ += attribute.name;
      out_ += "=\"";
      for (const char c : attribute.value) {
        if (c == '<') {
          out_ += "&lt;";
        } else if (c == '"') {
          out_ += "&quot;";
        } else {
          out_.push_back(c);
        }
      }
      out_.push_back('"');
    }
  }

  std::string_view text_;
  std::vector<std::string>& warnings_;
  NextMark comment_end_, cdata_end_, instruction_end_, tag_end_;
  std::size_t at_ = 0;
  std::size_t last_item_ = 0;
  bool doctype_seen_ = false;
  std::string out_;
  std::vector<std::string_view> open_;
};

}  // namespace

std::string repair_xml(std::string_view text, std::vector<std::string>& warnings) {
  return Repair(text, warnings).run();
}

}  // namespace steppe
