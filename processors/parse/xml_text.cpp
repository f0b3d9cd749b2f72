#include "processors/parse/xml_text.h"

#include <algorithm>
#include <array>

#include "core/byte_lanes.h"
#include "core/utf8.h"
#include "processors/clean/entities.h"
#include "processors/clean/html_allowed.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/parse/mojibake.h"
#include "processors/parse/names.h"

namespace steppe {
namespace {

constexpr std::size_t kDoctypeWindow = 65536;
constexpr std::size_t kMaxDeclaredEntities = 512;
constexpr std::size_t kMaxEntityText = 256;
constexpr std::size_t kLongestEntityName = 64;

constexpr std::array<std::string_view, 14> kVoidElements = {
    "area",  "base", "br",   "col",   "embed",  "hr",    "img",
    "input", "link", "meta", "param", "source", "track", "wbr"};

bool is_void(std::string_view name) {
  return std::any_of(kVoidElements.begin(), kVoidElements.end(), [name](std::string_view element) {
    return equals_ignoring_case(name, element);
  });
}

// Blank text between elements is no node; the blanks are still in the document before "<name".
std::string_view blanks_before(XmlNode element) {
  if (!element.comes_after_markup()) return {};
  const char* const end = element.name().data() - 1;
  const char* begin = end;
  while (is_html_space(begin[-1])) --begin;
  return {begin, static_cast<std::size_t>(end - begin)};
}

void append_attributes(std::string& out, XmlNode element) {
  for (const XmlAttribute attribute : element.attributes()) {
    const std::string_view name = attribute.name();
    if (name.substr(0, 5) == "xmlns") continue;
    out.push_back(' ');
    out += name;
    out += "=\"";
    for (const char c : std::string_view(attribute.value())) {
      if (c == '"') {
        out += "&quot;";
      } else {
        out.push_back(c);
      }
    }
    out.push_back('"');
  }
}

void append_end_tag(std::string& out, XmlNode element) {
  const std::string_view name = element.local_name();
  if (is_void(name)) return;
  out += "</";
  out += name;
  out.push_back('>');
}

bool is_script(std::string_view name) {
  return equals_ignoring_case(name, "script") || equals_ignoring_case(name, "style");
}

// In a line of plain text "<gorilla>" and "A<B" are meant as they stand.
bool is_text(const HtmlToken& token, std::string_view written) {
  switch (token.kind) {
    case HtmlToken::Kind::kText: return true;
    case HtmlToken::Kind::kStartTag:
    case HtmlToken::Kind::kEndTag: return !is_html_element(lower_ascii(token.text));
    case HtmlToken::Kind::kComment:
      return written.back() != '>' && written.find_first_of("=\"'-") == written.npos;
  }
  return false;
}

// Looks for '!', which is rare in HTML, rather than for '<'.
bool swallows_items(std::string_view cdata) {
  constexpr std::string_view kRest = "![CDATA[";
  for (std::size_t at = cdata.find('!'); at != cdata.npos; at = cdata.find('!', at + 1)) {
    if (at == 0 || cdata[at - 1] != '<' || cdata.substr(at, kRest.size()) != kRest) continue;
    const std::string_view before = cdata.substr(0, at);
    return before.find("</item>") != before.npos || before.find("</entry>") != before.npos;
  }
  return false;
}

std::string joined(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (const char c : trimmed(text)) {
    if (!is_html_space(c)) {
      line.push_back(c);
    } else if (line.back() != ' ') {
      line.push_back(' ');
    }
  }
  return line;
}

// Before the first element, the only place where it counts.
std::size_t find_doctype(std::string_view document) {
  for (std::size_t at = document.find('<'); at != std::string_view::npos;
       at = document.find('<', at + 1)) {
    if (at + 1 == document.size()) break;
    if (document.substr(at, 9) == "<!DOCTYPE") return at;
    if (is_ascii_letter(document[at + 1])) return std::string_view::npos;
    if (document.substr(at, 4) != "<!--") continue;
    at = document.find("-->", at);
    if (at == std::string_view::npos) break;
  }
  return std::string_view::npos;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_html_space(text[at])) ++at;
  return at;
}

}  // namespace

bool is_plain_line(std::string_view text) {
  const auto is_special = [](Bytes16 block) {
    const std::uint32_t blanks = bits_of(block == ' ');
    return any((block < ' ') | (block == '<') | (block == '&')) || (blanks & blanks << 1U) != 0;
  };
  if (text.size() >= kLanes) {
    // Blocks share a byte, so that two blanks are in one of them.
    for (std::size_t at = 0; at + kLanes <= text.size(); at += kLanes - 1) {
      if (is_special(load16(text.data() + at))) return false;
    }
    return !is_special(load16(text.data() + text.size() - kLanes));
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool double_blank = c == ' ' && at > 0 && text[at - 1] == ' ';
    if (double_blank || c == '<' || c == '&' || (c >= 0 && c < ' ')) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_html_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_html_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string html_line(std::string_view html) {
  html = trimmed(html);
  if (is_plain_line(html)) return std::string(html);
  std::string text;
  if (html.find('<') == std::string_view::npos) {
    append_decoded(text, html, ReferenceContext::kHtmlText);
  } else {
    HtmlTokenizer tokenizer(html);
    HtmlToken token;
    bool hidden = false;
    for (std::size_t begin = 0; tokenizer.next(token); begin = tokenizer.position()) {
      const std::string_view written = html.substr(begin, tokenizer.position() - begin);
      if (token.kind == HtmlToken::Kind::kStartTag) hidden = is_script(token.text);
      if (is_text(token, written)) {
        const bool section = token.raw && written.substr(0, 2) == "<!";
        if (section) {
          text += token.text;
        } else if (!hidden || !token.raw) {
          append_decoded(text, written, ReferenceContext::kHtmlText);
        }
      }
    }
  }
  return joined(text);
}

DeclaredEntities read_declared_entities(std::string_view document) {
  DeclaredEntities declared;
  document = document.substr(0, kDoctypeWindow);
  std::size_t at = find_doctype(document);
  if (at == std::string_view::npos) return declared;
  constexpr std::string_view kEntity = "<!ENTITY";
  while ((at = document.find(kEntity, at)) != std::string_view::npos) {
    const std::size_t name = skip_space(document, at + kEntity.size());
    std::size_t name_end = name;
    while (name_end < document.size() && !is_html_space(document[name_end])) ++name_end;
    const std::size_t quote = skip_space(document, name_end);
    at = name_end;
    if (quote >= document.size() || (document[quote] != '"' && document[quote] != '\'')) continue;
    const std::size_t close = document.find(document[quote], quote + 1);
    if (close == std::string_view::npos) break;
    const std::string text =
        decode_references(document.substr(quote + 1, close - quote - 1), ReferenceContext::kXml);
    const bool nested = text.find('&') != text.npos && text != "&";
    if (!nested && text.size() <= kMaxEntityText && declared.size() < kMaxDeclaredEntities) {
      declared.emplace(document.substr(name, name_end - name), text);
    }
    at = close;
  }
  return declared;
}

void XmlText::decode(std::string& out, std::string_view raw) {
  if (declared_.empty()) {
    rare_references_ = append_decoded(out, raw, ReferenceContext::kXml) || rare_references_;
    return;
  }
  rare_references_ = true;
  std::size_t done = 0;
  for (std::size_t at = raw.find('&'); at != raw.npos; at = raw.find('&', at)) {
    out.append(raw, done, at - done);
    const std::string_view name = raw.substr(at + 1, kLongestEntityName + 1);
    const std::size_t length = name.find(';');
    const auto found =
        length == name.npos ? declared_.end() : declared_.find(std::string(name.substr(0, length)));
    if (found != declared_.end()) {
      out += found->second;
      at += length + 2;
    } else {
      const std::size_t used = append_reference(out, raw, at, ReferenceContext::kXml);
      if (used == 0) out.push_back('&');
      at += used == 0 ? 1 : used;
    }
    done = at;
  }
  out.append(raw.substr(done));
}

// The text of an only child that stands as it will be read: nothing to decode, nothing to repair.
std::optional<std::string_view> XmlText::simple(XmlNode first, TextKind kind) {
  if (!trusted_ || kind == TextKind::kInline) return {};
  if (!first.is_text()) return {};
  if (first.next_sibling()) return {};
  const std::string_view text = first.value();
  if (first.is(XmlKind::kCdata)) {
    swallowed_ = swallowed_ || swallows_items(text);
  } else if (text.find('&') != text.npos) {
    return {};
  }
  return bounded_view(text);
}

std::string_view XmlText::bounded_view(std::string_view text) {
  const std::string_view whole = trimmed(text);
  if (whole.size() <= max_bytes_) return whole;
  truncated_ = true;
  return truncate_utf8(whole, max_bytes_);
}

void XmlText::bound(std::string& text) {
  const std::string_view whole = bounded_view(text);
  if (whole.size() != text.size()) text = std::string(whole);
}

void XmlText::make_readable(std::string& text) {
  if (!trusted_ || rare_references_) {
    double_encoded_ = undo_double_encoding(text) || double_encoded_;
    name_stray_controls(text);
  }
  rare_references_ = false;
  bound(text);
}

bool XmlText::has_elements(XmlNode node) {
  for (const XmlNode child : node) {
    if (child.is_element()) return true;
  }
  return false;
}

std::string_view XmlText::attribute_view(XmlAttribute attribute) {
  const std::string_view raw = attribute.value().substr(0, max_bytes_);
  if (raw.find('&') == raw.npos) return trimmed(raw);
  decoded_.clear();
  decode(decoded_, raw);
  bound(decoded_);
  return decoded_;
}

std::string_view XmlText::attribute_view(XmlNode node, std::string_view name) {
  const XmlAttribute found = node.attribute(name);
  if (found) return attribute_view(found);
  for (const XmlAttribute candidate : node.attributes()) {
    const std::string_view other = candidate.name();
    const bool alike = other.size() == name.size() && ((other[0] ^ name[0]) & ~0x20) == 0;
    if (alike && name_key(other) == name_key(name)) return attribute_view(candidate);
  }
  return {};
}

// The next node inside the element where `depth` began at 0; nodes too deep are passed over.
XmlNode XmlText::next_in_order(XmlNode at, std::size_t& depth) {
  const XmlNode child = at.first_child();
  if (child && depth < max_depth_) {
    ++depth;
    return child;
  }
  too_deep_ = too_deep_ || child;
  while (!at.next_sibling() && depth > 0) {
    at = at.parent();
    --depth;
  }
  return at.next_sibling();
}

std::string_view XmlText::plain_view(XmlNode node) {
  const XmlNode first = node.first_child();
  if (!first) return {};
  if (const auto text = simple(first, TextKind::kPlain)) return *text;
  std::string& out = decoded_;
  out.clear();
  std::size_t depth = 0;
  for (XmlNode at = first; at;) {
    if (at.is(XmlKind::kCdata)) {
      out += at.value();
    } else if (at.is(XmlKind::kText)) {
      decode(out, at.value());
    }
    if (out.size() > max_bytes_) break;
    at = next_in_order(at, depth);
  }
  make_readable(out);
  return out;
}

void XmlText::append_node(std::string& out, XmlNode node, TextKind kind, bool direct) {
  if (node.is(XmlKind::kCdata)) {
    const std::string_view section = node.value();
    swallowed_ = swallowed_ || swallows_items(section);
    if (kind == TextKind::kEscaped) {
      out += section;
    } else {
      append_escaped(out, section);
    }
  } else if (node.is(XmlKind::kText)) {
    if (direct && kind == TextKind::kEscaped) {
      decode(out, node.value());
    } else if (kind == TextKind::kInline && !declared_.empty()) {
      std::string decoded;
      decode(decoded, node.value());
      append_escaped(out, decoded);
    } else {
      out += node.value();
    }
  } else if (node.is_element()) {
    out += blanks_before(node);
    out.push_back('<');
    out += node.local_name();
    append_attributes(out, node);
    out += is_void(node.local_name()) ? " />" : ">";
  }
}

void XmlText::append_markup(std::string& out, XmlNode node, TextKind kind) {
  std::size_t depth = 0;
  XmlNode at = node.first_child();
  while (at) {
    append_node(out, at, kind, depth == 0);
    if (out.size() > max_bytes_) {
      truncated_ = true;
      return;
    }
    const XmlNode child = at.first_child();
    if (child && depth < max_depth_) {
      at = child;
      ++depth;
      continue;
    }
    too_deep_ = too_deep_ || child;
    if (at.is_element()) append_end_tag(out, at);
    while (!at.next_sibling() && depth > 0) {
      at = at.parent();
      --depth;
      append_end_tag(out, at);
    }
    at = at.next_sibling();
  }
}

std::string XmlText::html(XmlNode node, TextKind kind) {
  const XmlNode first = node.first_child();
  if (!first) return {};
  std::string out;
  if (kind == TextKind::kPlain) {
    append_escaped(out, plain_view(node));
  } else if (const auto text = simple(first, kind)) {
    return std::string(*text);
  } else if (!first.next_sibling() && first.is_text()) {
    append_node(out, first, kind, true);
  } else {
    append_markup(out, node, kind);
  }
  make_readable(out);
  return out;
}

std::string XmlText::line(XmlNode node, TextKind kind) {
  if (kind == TextKind::kPlain) {
    std::string text;
    append_escaped(text, plain_view(node));
    return html_line(text);
  }
  const XmlNode first = node.first_child();
  if (!first) return {};
  if (const auto text = simple(first, kind)) return html_line(*text);
  return html_line(html(node, kind));
}

}  // namespace steppe
