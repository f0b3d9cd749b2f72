#include "processors/article/page_source.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "core/utf8.h"
#include "processors/clean/entities.h"
#include "processors/clean/html_allowed.h"
#include "processors/clean/html_tokenizer.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxDepth = 256;
constexpr std::size_t kMaxTags = 200'000;
constexpr std::size_t kMaxMetas = 400;
constexpr std::size_t kMaxMetaBytes = 4096;
constexpr std::size_t kMaxJsonBytes = 1U << 20;
constexpr std::size_t kMaxScripts = 40;
constexpr std::size_t kMaxTitleBytes = 1024;
constexpr std::size_t kMaxAttributeBytes = 300;
constexpr std::size_t kCharsetBytes = 4096;

enum class Kind : std::uint8_t {
  kNested,   // counts for the depth
  kImplied,  // ends where the next of its kind begins
  kVoid,     // has no end
  kSkipped,  // left out with all that is in it
  kDropped   // only the tag is left out
};

Kind kind_of(const std::string& name) {
  static const std::unordered_map<std::string_view, Kind> kKinds = [] {
    std::unordered_map<std::string_view, Kind> kinds;
    for (const char* tag :
         {"div",  "section", "article", "main",       "aside",   "header", "footer",     "nav",
          "h1",   "h2",      "h3",      "h4",         "h5",      "h6",     "ul",         "ol",
          "dl",   "table",   "caption", "blockquote", "pre",     "figure", "figcaption", "a",
          "span", "center",  "address", "details",    "summary", "time",   "form"})
      kinds[tag] = Kind::kNested;
    for (const char* tag : {"p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot"})
      kinds[tag] = Kind::kImplied;
    for (const char* tag : {"br", "hr"}) kinds[tag] = Kind::kVoid;
    for (const char* tag :
         {"script", "style", "noscript", "template", "svg", "math", "iframe", "textarea", "select",
          "button", "canvas", "audio", "video", "title", "noframes", "noembed", "xmp", "dialog"})
      kinds[tag] = Kind::kSkipped;
    return kinds;
  }();
  const auto found = kKinds.find(name);
  return found == kKinds.end() ? Kind::kDropped : found->second;
}

constexpr std::array<std::string_view, 7> kKeptAttributes = {
    "class", "id", "itemprop", "role", "hidden", "aria-hidden", "href"};

bool hides(std::string_view style) {
  const std::string packed = packed_style(style);
  return packed.find("display:none") != std::string::npos ||
         packed.find("visibility:hidden") != std::string::npos;
}

/// Walks over one page.
class Reader {
 public:
  PageSource run(std::string_view html) {
    HtmlTokenizer tokenizer(html);
    HtmlToken token;
    out_.html = "<body>";
    while (tokenizer.next(token)) take(token);
    return std::move(out_);
  }

 private:
  void take(const HtmlToken& token) {
    switch (token.kind) {
      case HtmlToken::Kind::kText: return text(token);
      case HtmlToken::Kind::kStartTag: return start(token);
      case HtmlToken::Kind::kEndTag: return end(lower_ascii(token.text));
      case HtmlToken::Kind::kComment: return;
    }
  }

  void text(const HtmlToken& token) {
    if (in_json_ && token.raw) return json(token.text);
    if (skipping_ == "title" && out_.title.empty())
      out_.title = decode_references(truncate_utf8(token.text, kMaxTitleBytes));
    if (!skipping_.empty() || token.raw) return;
    // Whatever the tokenizer took for text is text to the tree too.
    for (const char c : token.text) {
      if (c == '<') {
        out_.html += "&lt;";
      } else if (c != '\0') {
        out_.html += c;
      }
    }
  }

  void json(std::string_view text) {
    const bool fits =
        out_.json_ld.size() < kMaxScripts && json_bytes_ + text.size() <= kMaxJsonBytes;
    if (!fits) return;
    json_bytes_ += text.size();
    out_.json_ld.emplace_back(text);
  }

  void start(const HtmlToken& token) {
    const std::string name = lower_ascii(token.text);
    if (name == "meta") return meta(token.attributes);
    if (name == "script") {
      const std::string type = lower_ascii(attribute_value(token.attributes, "type"));
      in_json_ = type.find("ld+json") != std::string::npos;
    }
    if (!skipping_.empty()) return;
    const Kind kind = kind_of(name);
    if (kind == Kind::kSkipped && !token.self_closing) skipping_ = name;
    if (kind == Kind::kSkipped || kind == Kind::kDropped) return;
    close_forgotten_link(name);
    const bool room = tags_ < kMaxTags && (kind != Kind::kNested || depth_ < kMaxDepth);
    if (!room) return;
    ++tags_;
    if (kind == Kind::kNested) {
      ++depth_;
      ++open_[name];
    }
    write_tag(name, token.attributes);
  }

  void end(const std::string& name) {
    if (name == "script") in_json_ = false;
    if (!skipping_.empty()) {
      if (name == skipping_) skipping_.clear();
      return;
    }
    const Kind kind = kind_of(name);
    close_forgotten_link(name);
    if (kind == Kind::kNested) {
      const auto found = open_.find(name);
      if (found == open_.end() || found->second == 0) return;
      --found->second;
      --depth_;
    } else if (kind != Kind::kImplied) {
      return;
    }
    if (tags_ >= kMaxTags) return;
    ++tags_;
    out_.html += "</" + written(name) + ">";
  }

  // A browser would reopen it in every block that follows, and all of the page would be a link.
  void close_forgotten_link(const std::string& name) {
    constexpr std::array<std::string_view, 6> kBounds = {"li", "ul", "ol", "tr", "td", "nav"};
    if (std::find(kBounds.begin(), kBounds.end(), name) == kBounds.end()) return;
    std::size_t& links = open_["a"];
    if (links == 0) return;
    out_.html += "</a>";
    ++tags_;
    depth_ -= links;
    links = 0;
  }

  // One form in another would be left out by the tree.
  static std::string written(const std::string& name) { return name == "form" ? "div" : name; }

  void write_tag(const std::string& name, std::string_view attributes) {
    out_.html += "<" + written(name);
    AttributeReader reader(attributes);
    HtmlAttribute attribute;
    unsigned written_before = 0;  // bits; the first of each name counts
    while (reader.next(attribute)) {
      const std::string key = lower_ascii(attribute.name);
      const bool hiding = key == "style" && hides(attribute.value);
      const auto* found = std::find(kKeptAttributes.begin(), kKeptAttributes.end(),
                                    hiding ? std::string_view("hidden") : std::string_view(key));
      if (found == kKeptAttributes.end()) continue;
      const unsigned bit = 1U << static_cast<unsigned>(found - kKeptAttributes.begin());
      if ((written_before & bit) != 0) continue;
      written_before |= bit;
      write_attribute(*found, hiding ? std::string_view{} : attribute.value);
    }
    out_.html += ">";
  }

  void write_attribute(std::string_view key, std::string_view value) {
    out_.html += " ";
    out_.html += key;
    out_.html += "=\"";
    for (const char c : value.substr(0, kMaxAttributeBytes)) {
      if (c != '"' && c != '<' && c != '>' && c != '&' && c != '\0') out_.html += c;
    }
    out_.html += "\"";
  }

  void meta(std::string_view attributes) {
    if (out_.metas.size() >= kMaxMetas) return;
    std::string name;
    for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
      name = lower_ascii(attribute_value(attributes, key));
      if (!name.empty()) break;
    }
    if (name.empty() || name.size() > kMaxMetaBytes) return;
    std::string value = attribute_value(attributes, "content");
    if (value.size() <= kMaxMetaBytes) out_.metas.emplace_back(std::move(name), std::move(value));
  }

  PageSource out_;
  std::string skipping_;  // the element whose content is left out
  bool in_json_ = false;
  std::size_t json_bytes_ = 0;
  std::size_t tags_ = 0;
  std::size_t depth_ = 0;
  std::unordered_map<std::string, std::size_t> open_;
};

}  // namespace

std::string_view PageSource::meta(std::string_view name) const {
  const auto found = std::find_if(metas.begin(), metas.end(),
                                  [name](const auto& meta) { return meta.first == name; });
  return found == metas.end() ? std::string_view{} : std::string_view(found->second);
}

PageSource read_page_source(std::string_view html) {
  return Reader().run(html);
}

std::string declared_charset(std::string_view html) {
  HtmlTokenizer tokenizer(html.substr(0, kCharsetBytes));
  HtmlToken token;
  while (tokenizer.next(token)) {
    if (token.kind != HtmlToken::Kind::kStartTag || !equals_ignoring_case(token.text, "meta"))
      continue;
    std::string charset = attribute_value(token.attributes, "charset");
    if (!charset.empty()) return charset;
    const std::string content = lower_ascii(attribute_value(token.attributes, "content"));
    const std::size_t at = content.find("charset=");
    if (at != std::string::npos) return content.substr(at + 8);
  }
  return {};
}

}  // namespace steppe
