#include "processors/clean/html_tokenizer.h"

#include <algorithm>
#include <array>

#include "processors/clean/entities.h"

namespace steppe {
namespace {

constexpr std::array<std::string_view, 8> kRawTextElements = {
    "script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"};

bool is_raw_text_element(std::string_view name) {
  return std::any_of(kRawTextElements.begin(), kRawTextElements.end(),
                     [name](std::string_view raw) { return equals_ignoring_case(name, raw); });
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool ends_name(char c) {
  return is_html_space(c) || c == '/' || c == '>';
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower_text) {
  if (text.size() != lower_text.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != lower_text[i]) return false;
  }
  return true;
}

bool HtmlTokenizer::next(HtmlToken& token) {
  if (at_ >= html_.size()) return false;
  token = {};
  if (!raw_until_.empty()) {
    read_raw_text(token);
    if (!token.text.empty()) return true;
    if (at_ >= html_.size()) return false;
  }
  if (html_[at_] == '<' && read_markup(token)) return true;
  // Text up to the next '<' that begins markup; a lone '<' stays inside the text.
  const std::size_t begin = at_;
  std::size_t scan = at_ + 1;
  for (;;) {
    scan = html_.find('<', scan);
    if (scan == std::string_view::npos) break;
    const char after = scan + 1 < html_.size() ? html_[scan + 1] : '\0';
    if (is_ascii_letter(after) || after == '/' || after == '!' || after == '?') break;
    ++scan;
  }
  at_ = std::min(scan, html_.size());
  token = {};
  token.text = html_.substr(begin, at_ - begin);
  return true;
}

bool HtmlTokenizer::read_markup(HtmlToken& token) {
  const char after = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
  if (is_ascii_letter(after)) return read_tag(token);
  if (after == '/') {
    const char name = at_ + 2 < html_.size() ? html_[at_ + 2] : '\0';
    if (is_ascii_letter(name)) return read_tag(token);
    return name != '\0' && read_declaration(token);
  }
  return (after == '!' || after == '?') && read_declaration(token);
}

// The byte after the '>' that closes the tag whose name ends at `at`; npos when it is never closed.
std::size_t HtmlTokenizer::tag_end(std::size_t at) const {
  while (at < html_.size()) {
    const char c = html_[at];
    if (c == '>') return at + 1;
    if (c != '=') {
      ++at;
      continue;
    }
    ++at;
    while (at < html_.size() && is_html_space(html_[at])) ++at;
    if (at < html_.size() && (html_[at] == '"' || html_[at] == '\'')) {
      const std::size_t close = html_.find(html_[at], at + 1);
      if (close == std::string_view::npos)
        return html_.find('>', at) == std::string_view::npos ? std::string_view::npos
                                                             : html_.find('>', at) + 1;
      at = close + 1;
    } else {
      while (at < html_.size() && !is_html_space(html_[at]) && html_[at] != '>') ++at;
    }
  }
  return std::string_view::npos;
}

bool HtmlTokenizer::read_tag(HtmlToken& token) {
  const bool closing = html_[at_ + 1] == '/';
  const std::size_t name_begin = at_ + (closing ? 2 : 1);
  std::size_t name_end = name_begin;
  while (name_end < html_.size() && !ends_name(html_[name_end])) ++name_end;
  const std::size_t end = tag_end(name_end);
  if (end == std::string_view::npos) {
    // A tag cut off by the end of the text is dropped, as browsers do.
    token.kind = HtmlToken::Kind::kComment;
    token.text = {};
    at_ = html_.size();
    return true;
  }
  token.kind = closing ? HtmlToken::Kind::kEndTag : HtmlToken::Kind::kStartTag;
  token.text = html_.substr(name_begin, name_end - name_begin);
  if (!closing) {
    token.attributes = html_.substr(name_end, end - 1 - name_end);
    token.self_closing = !token.attributes.empty() && token.attributes.back() == '/';
    if (!token.self_closing && is_raw_text_element(token.text)) raw_until_ = token.text;
  }
  at_ = end;
  return true;
}

// Comments, declarations and instructions. One that is never closed, or is no such thing, is text;
// a comment that is never closed ends at the next '>', so that it does not swallow the rest.
bool HtmlTokenizer::read_declaration(HtmlToken& token) {
  token.kind = HtmlToken::Kind::kComment;
  const std::string_view rest = html_.substr(at_);
  const bool comment = rest.substr(0, 4) == "<!--";
  if (comment && (rest.substr(4, 1) == ">" || rest.substr(4, 2) == "->")) {
    at_ += rest[4] == '>' ? 5U : 6U;
    return true;
  }
  if (comment && skip_to(token, 4, comment_end_)) return true;
  if (rest.substr(0, 9) == "<![CDATA[") {
    token.kind = HtmlToken::Kind::kText;
    token.raw = true;
    return skip_to(token, 9, cdata_end_);
  }
  const char third = rest.size() > 2 ? rest[2] : '\0';
  const bool declaration = rest[1] != '!' || comment || is_ascii_letter(third) || third == '[';
  if (declaration && skip_to(token, 2, tag_end_)) return true;
  if (comment) at_ = html_.size();  // nothing but the beginning of one
  return comment;
}

// Takes what is before `mark`; false when there is none.
bool HtmlTokenizer::skip_to(HtmlToken& token, std::size_t begin, NextMark& mark) {
  const std::size_t end = mark.from(at_ + begin);
  if (end == std::string_view::npos) return false;
  token.text = html_.substr(at_ + begin, end - at_ - begin);
  at_ = end + mark.length();
  return true;
}

void HtmlTokenizer::read_raw_text(HtmlToken& token) {
  std::size_t scan = at_;
  for (;;) {
    scan = html_.find("</", scan);
    if (scan == std::string_view::npos) break;
    const std::string_view name = html_.substr(scan + 2, raw_until_.size());
    const std::size_t after = scan + 2 + raw_until_.size();
    const bool ends = after >= html_.size() || ends_name(html_[after]);
    if (ends && equals_ignoring_case(name, lower_ascii(raw_until_))) break;
    scan += 2;
  }
  token.kind = HtmlToken::Kind::kText;
  token.raw = true;
  token.text = html_.substr(at_, std::min(scan, html_.size()) - at_);
  at_ = std::min(scan, html_.size());
  raw_until_ = {};
}

bool AttributeReader::next(HtmlAttribute& attribute) {
  std::size_t at = 0;
  while (at < rest_.size() && (is_html_space(rest_[at]) || rest_[at] == '/')) ++at;
  rest_.remove_prefix(at);
  if (rest_.empty()) return false;
  at = rest_[0] == '=' ? 1 : 0;
  while (at < rest_.size() && !is_html_space(rest_[at]) && rest_[at] != '/' && rest_[at] != '=')
    ++at;
  attribute = {rest_.substr(0, at), {}};
  while (at < rest_.size() && is_html_space(rest_[at])) ++at;
  if (at >= rest_.size() || rest_[at] != '=') {
    rest_.remove_prefix(at);
    return true;
  }
  ++at;
  while (at < rest_.size() && is_html_space(rest_[at])) ++at;
  const bool quoted = at < rest_.size() && (rest_[at] == '"' || rest_[at] == '\'');
  const std::size_t begin = quoted ? at + 1 : at;
  std::size_t end = begin;
  if (quoted) {
    end = std::min(rest_.find(rest_[at], begin), rest_.size());
  } else {
    while (end < rest_.size() && !is_html_space(rest_[end])) ++end;
  }
  attribute.value = rest_.substr(begin, end - begin);
  rest_.remove_prefix(std::min(rest_.size(), quoted ? end + 1 : end));
  return true;
}

std::string attribute_value(std::string_view attributes, std::string_view name) {
  AttributeReader reader(attributes);
  HtmlAttribute attribute;
  while (reader.next(attribute)) {
    if (equals_ignoring_case(attribute.name, name)) {
      return decode_references(attribute.value, ReferenceContext::kHtmlAttribute);
    }
  }
  return {};
}

}  // namespace steppe
