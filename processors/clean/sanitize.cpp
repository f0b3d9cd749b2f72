#include "processors/clean/sanitize.h"

#include <cstdint>

#include "processors/clean/entities.h"
#include "processors/clean/html_allowed.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/clean/urls.h"

namespace steppe {
namespace {

bool is_void_element(std::string_view name) {
  return name == "br" || name == "hr" || name == "img" || name == "input" || name == "col" ||
         name == "area" || name == "source" || name == "track" || name == "wbr";
}

/// Writes the harmless part of a token stream.
class Sanitizer {
 public:
  explicit Sanitizer(std::string_view base) : base_(base) {}

  std::string run(std::string_view html) {
    out_.reserve(html.size());
    HtmlTokenizer tokenizer(html);
    HtmlToken token;
    while (tokenizer.next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::kText: text(token); break;
        case HtmlToken::Kind::kStartTag: start(token); break;
        case HtmlToken::Kind::kEndTag: end(lower_ascii(token.text)); break;
        case HtmlToken::Kind::kComment: break;
      }
    }
    return std::move(out_);
  }

 private:
  void text(const HtmlToken& token) {
    if (drop_depth_ > 0) return;
    if (token.raw && in_frame_) return frame_text(token.text);
    // A lone '<' or '>' must not form a tag with what follows once something between is left out.
    for (const char c : token.text) {
      if (c == '<') {
        out_ += "&lt;";
      } else if (c == '>') {
        out_ += "&gt;";
      } else {
        out_.push_back(c);
      }
    }
  }

  void start(const HtmlToken& token) {
    const std::string name = lower_ascii(token.text);
    if (drop_depth_ > 0 && !leaves_dropped(name, token.self_closing)) return;
    if (must_drop(name, token)) {
      if (!is_allowed("drop", name)) hollow(name, token.attributes);
      if (token.self_closing) return;
      dropped_ = name;
      drop_depth_ = 1;
      return;
    }
    in_frame_ = name == "iframe";
    if (!may_stand(name) || is_tracking_pixel(name, token.attributes)) return;
    if (name == "svg") ++svg_depth_;
    if (name == "math") ++math_depth_;
    out_.push_back('<');
    out_ += name;
    attributes(name, token.attributes);
    const bool empty = is_void_element(name);
    out_ += empty ? " />" : ">";
    if (token.self_closing && !empty) {
      out_ += "</" + name + ">";
      leave(name);
    }
  }

  void end(const std::string& name) {
    if (drop_depth_ > 0) {
      if (name == dropped_) --drop_depth_;
      return;
    }
    if (!may_stand(name) || is_void_element(name)) return;
    out_ += "</" + name + ">";
    leave(name);
  }

  // Inside a dropped element. True when `name` begins a new one beside it.
  bool leaves_dropped(const std::string& name, bool self_closing) {
    if (name != dropped_ || self_closing) return false;
    const bool closes_itself = name == "p" || name == "li" || name == "td" || name == "tr";
    drop_depth_ = closes_itself ? 0 : drop_depth_ + 1;
    return closes_itself;
  }

  // The element without what is inside.
  void hollow(const std::string& name, std::string_view list) {
    if (!may_stand(name) && !is_allowed("hollow", name)) return;
    out_ += "<" + name;
    attributes(name, list);
    out_ += "></" + name + ">";
  }

  bool must_drop(const std::string& name, const HtmlToken& token) const {
    if (is_allowed("hollow", name)) return true;
    if (is_allowed("drop", name)) return !(name == "title" && svg_depth_ > 0);
    return !is_void_element(name) && is_hidden(token.attributes);
  }

  // What is inside a frame is for programs without frames; words among it were meant to be read.
  void frame_text(std::string_view html) {
    constexpr std::string_view kBlocks[] = {"<p", "<div", "<table", "<script", "<style", "<iframe"};
    const std::string lower = lower_ascii(html);
    for (const std::string_view block : kBlocks) {
      if (lower.find(block) != std::string::npos) return;
    }
    out_ += Sanitizer(base_).run(html);
  }

  void leave(const std::string& name) {
    if (name == "svg" && svg_depth_ > 0) --svg_depth_;
    if (name == "math" && math_depth_ > 0) --math_depth_;
  }

  bool may_stand(const std::string& name) const {
    if (is_allowed("element", name)) return true;
    if (name == "math" || name == "svg") return true;
    return (math_depth_ > 0 && is_allowed("math", name)) ||
           (svg_depth_ > 0 && is_allowed("svg", name));
  }

  static bool is_tracking_pixel(const std::string& name, std::string_view attributes) {
    if (name != "img") return false;
    const auto tiny = [&](std::string_view side) {
      const std::string value = attribute_value(attributes, side);
      return value == "0" || value == "1" || value == "0px" || value == "1px";
    };
    return tiny("width") && tiny("height");
  }

  bool attribute_allowed(const std::string& name) const {
    if (is_allowed("attribute", name)) return true;
    return (math_depth_ > 0 && is_allowed("math_attribute", name)) ||
           (svg_depth_ > 0 && is_allowed("svg_attribute", name));
  }

  void attributes(const std::string& element, std::string_view list) {
    AttributeReader reader(list);
    HtmlAttribute attribute;
    while (reader.next(attribute)) {
      const std::string name = lower_ascii(attribute.name);
      if (!attribute_allowed(name)) continue;
      std::string value = decode_references(attribute.value, ReferenceContext::kHtmlAttribute);
      if (name == "style") {
        value = sanitize_style(value);
        if (value.empty()) continue;
      } else if (is_allowed("address", name)) {
        const bool image = element == "img" && name == "src";
        if (!base_.empty()) value = absolute_link(base_, value);
        if (!is_safe_address(value, image)) value.clear();
      } else if (name == "srcset") {
        if (value.find(':') != std::string::npos && value.find("javascript") != std::string::npos)
          continue;
      }
      out_ += " " + name + "=\"";
      append_escaped(out_, value, true);
      out_.push_back('"');
    }
  }

  std::string_view base_;
  std::string out_;
  std::string dropped_;
  std::size_t drop_depth_ = 0;
  bool in_frame_ = false;
  std::size_t svg_depth_ = 0;
  std::size_t math_depth_ = 0;
};

}  // namespace

std::string sanitize_html(std::string_view html, std::string_view base) {
  return Sanitizer(base).run(html);
}

}  // namespace steppe
