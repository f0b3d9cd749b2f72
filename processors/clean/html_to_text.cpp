#include "processors/clean/html_to_text.h"

#include <cstdint>

#include "processors/clean/entities.h"
#include "processors/clean/html_allowed.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/clean/text_writer.h"

namespace steppe {
namespace {

// Up to eight letters of a tag name in one word, for a switch; longer names share their beginning.
constexpr std::uint64_t tag_key(std::string_view name) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < name.size() && i < 8; ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    key = (key << 8) | (c >= 'A' && c <= 'Z' ? c | 0x20U : c);
  }
  return key;
}

bool is_void(std::uint64_t key) {
  return key == tag_key("img") || key == tag_key("input") || key == tag_key("hr") ||
         key == tag_key("source") || key == tag_key("link") || key == tag_key("meta");
}

enum class Layout : std::uint8_t { kInline, kBlock, kBreak, kItem, kCell, kPre, kSkip };

Layout layout_of(std::string_view name) {
  switch (tag_key(name)) {
    case tag_key("p"):
    case tag_key("div"):
    case tag_key("h1"):
    case tag_key("h2"):
    case tag_key("h3"):
    case tag_key("h4"):
    case tag_key("h5"):
    case tag_key("h6"):
    case tag_key("ul"):
    case tag_key("ol"):
    case tag_key("dl"):
    case tag_key("dt"):
    case tag_key("dd"):
    case tag_key("tr"):
    case tag_key("table"):
    case tag_key("thead"):
    case tag_key("tbody"):
    case tag_key("tfoot"):
    case tag_key("caption"):
    case tag_key("section"):
    case tag_key("article"):
    case tag_key("aside"):
    case tag_key("header"):
    case tag_key("footer"):
    case tag_key("nav"):
    case tag_key("main"):
    case tag_key("figure"):
    case tag_key("figcaption"):
    case tag_key("blockquote"):
    case tag_key("address"):
    case tag_key("hr"):
    case tag_key("form"):
    case tag_key("fieldset"):
    case tag_key("legend"):
    case tag_key("details"):
    case tag_key("summary"):
    case tag_key("body"):
    case tag_key("html"):
    case tag_key("center"):
    case tag_key("option"):
    case tag_key("select"):
    case tag_key("iframe"):
    case tag_key("video"):
    case tag_key("audio"): return Layout::kBlock;
    case tag_key("br"): return Layout::kBreak;
    case tag_key("li"): return Layout::kItem;
    case tag_key("td"):
    case tag_key("th"): return Layout::kCell;
    case tag_key("pre"): return Layout::kPre;
    case tag_key("script"):
    case tag_key("style"):
    case tag_key("head"):
    case tag_key("noscript"):
    case tag_key("title"):
    case tag_key("template"):
    case tag_key("svg"):
    case tag_key("object"):
    case tag_key("noembed"):
    case tag_key("noframes"):
    case tag_key("button"): return Layout::kSkip;
    default: return Layout::kInline;
  }
}

/// Turns tokens into text.
class Renderer {
 public:
  Renderer(std::size_t max_bytes, TextWriter::Lines lines, std::size_t html_bytes)
      : writer_(max_bytes, lines, html_bytes) {}

  std::string run(std::string_view html) {
    HtmlTokenizer tokenizer(html);
    HtmlToken token;
    while (!writer_.full() && tokenizer.next(token)) take(token);
    return writer_.take();
  }

 private:
  void take(const HtmlToken& token) {
    switch (token.kind) {
      case HtmlToken::Kind::kText: text(token); break;
      case HtmlToken::Kind::kStartTag: start(token); break;
      case HtmlToken::Kind::kEndTag: end(token.text); break;
      case HtmlToken::Kind::kComment: break;
    }
  }

  void start(const HtmlToken& token) {
    const std::uint64_t key = tag_key(token.text);
    if (key == tag_key("body")) skip_depth_ = 0;  // a <head> that is never closed
    const bool paragraph = key == tag_key("p") || key == tag_key("li");
    if (skip_depth_ > 0 && key == skip_key_ && !token.self_closing) {
      skip_depth_ = paragraph ? 0 : skip_depth_ + 1;
    }
    if (skip_depth_ > 0) return;
    const Layout layout = layout_of(token.text);
    raw_is_hidden_ = layout == Layout::kSkip || key == tag_key("iframe");
    const bool hidden =
        !token.attributes.empty() && layout != Layout::kBreak && is_hidden(token.attributes);
    if (layout == Layout::kSkip || (hidden && !is_void(key))) {
      if (token.self_closing) return;
      skip_key_ = key;
      skip_depth_ = 1;
      return;
    }
    switch (layout) {
      case Layout::kItem: writer_.bullet(); break;
      case Layout::kCell: writer_.space(); break;
      case Layout::kPre:
        ++pre_depth_;
        writer_.line_break();
        break;
      case Layout::kBlock:
      case Layout::kBreak: writer_.line_break(); break;
      case Layout::kInline:
      case Layout::kSkip: break;
    }
  }

  void end(std::string_view name) {
    raw_is_hidden_ = false;
    if (skip_depth_ > 0) {
      if (tag_key(name) == skip_key_) --skip_depth_;
      return;
    }
    switch (layout_of(name)) {
      case Layout::kPre:
        if (pre_depth_ > 0) --pre_depth_;
        writer_.line_break();
        break;
      case Layout::kItem:
      case Layout::kBlock:
      case Layout::kBreak: writer_.line_break(); break;
      case Layout::kCell: writer_.space(); break;
      case Layout::kInline:
      case Layout::kSkip: break;
    }
  }

  void text(const HtmlToken& token) {
    if (skip_depth_ > 0 || (token.raw && raw_is_hidden_)) return;
    std::string_view rest = token.text;
    for (std::size_t at = rest.find('&'); !token.raw && at != std::string_view::npos;
         at = rest.find('&')) {
      put(rest.substr(0, at));
      rest.remove_prefix(at);
      const std::size_t used = put_reference(rest);
      rest.remove_prefix(used);
    }
    put(rest);
  }

  void put(std::string_view decoded) {
    if (pre_depth_ > 0) {
      writer_.lines(decoded, true);
    } else {
      writer_.text(decoded);
    }
  }

  // `rest` begins with '&'. Returns how much of it was read.
  std::size_t put_reference(std::string_view rest) {
    reference_.clear();
    std::size_t used = append_reference(reference_, rest, 0, ReferenceContext::kHtmlText);
    if (used == 0) {
      put("&");
      return 1;
    }
    if (reference_ == "&") {  // maybe escaped twice: "&amp;quot;"
      std::string again = "&";
      again += rest.substr(used, 34);
      std::string inner;
      const std::size_t more = append_reference(inner, again, 0, ReferenceContext::kXml);
      if (more != 0) {
        reference_ = inner;
        used += more - 1;
      }
    }
    put(reference_);
    return used;
  }

  TextWriter writer_;
  std::string reference_;
  std::uint64_t skip_key_ = 0;
  std::size_t skip_depth_ = 0;
  std::size_t pre_depth_ = 0;
  bool raw_is_hidden_ = false;
};

}  // namespace

std::string html_to_text(std::string_view html, std::size_t max_bytes) {
  return Renderer(max_bytes, TextWriter::Lines::kKeep, html.size()).run(html);
}

std::string html_to_line(std::string_view html, std::size_t max_bytes) {
  return Renderer(max_bytes, TextWriter::Lines::kJoin, html.size()).run(html);
}

std::string clean_line(std::string_view text, std::size_t max_bytes) {
  TextWriter writer(max_bytes, TextWriter::Lines::kJoin);
  writer.text(text);
  return writer.take();
}

std::string clean_text(std::string_view text, std::size_t max_bytes) {
  TextWriter writer(max_bytes, TextWriter::Lines::kKeep);
  writer.lines(text, false);
  return writer.take();
}

}  // namespace steppe
