// HTML to text against gumbo, a full HTML parser: the same visible letters in the same order.

#include <gtest/gtest.h>
#include <gumbo.h>

#include <random>
#include <string>
#include <vector>

#include "processors/clean/html_to_text.h"

namespace steppe {
namespace {

bool is_hidden_element(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_HEAD ||
         tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_TITLE;
}

// Letters and digits only: white space and list marks are a matter of taste.
std::string letters(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool ascii_mark = (c & '\x80') == 0 && std::isalnum(static_cast<unsigned char>(c)) == 0;
    if (!ascii_mark) out.push_back(c);
  }
  for (std::size_t at = out.find("\xC2\xA0"); at != out.npos; at = out.find("\xC2\xA0", at)) {
    out.erase(at, 2);  // no-break spaces
  }
  return out;
}

std::string text_by_gumbo(const std::string& html) {
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  std::string text;
  std::vector<const GumboNode*> open{output->root};
  while (!open.empty()) {
    const GumboNode* node = open.back();
    open.pop_back();
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) text += node->v.text.text;
    if (node->type != GUMBO_NODE_ELEMENT || is_hidden_element(node->v.element.tag)) continue;
    const GumboVector& children = node->v.element.children;
    for (unsigned i = children.length; i > 0; --i)
      open.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
  }
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return text;
}

// Article-like HTML: nesting, attributes with '>', references, unclosed paragraphs, comments.
class HtmlMaker {
 public:
  explicit HtmlMaker(unsigned seed) : random_(seed) {}

  std::string document() {
    std::string html;
    for (int i = 0; i < 6; ++i) html += block(0);
    return html;
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  std::string words() {
    static const std::vector<std::string> kWords = {"rally",          "square",
                                                    "&amp;",          "&laquo;x&raquo;",
                                                    "&#1040;&#x431;", "\u0446\u0435\u043D\u0430",
                                                    "a&nbsp;b",       "12",
                                                    "&mdash;",        "\u6296",
                                                    "&copy;",         "o'clock",
                                                    "\"q\"",          "&notanentity;",
                                                    "1 < 2"};
    std::string out;
    for (std::size_t i = 0; i < 1 + pick(6); ++i) out += kWords[pick(kWords.size())] + " ";
    return out;
  }

  std::string inline_part() {
    switch (pick(7)) {
      case 0: return "<b>" + words() + "</b>";
      case 1: return "<a href=\"https://e.kz/?a=1&b=>2\" title='x > y'>" + words() + "</a>";
      case 2: return "<br>" + words();
      case 3: return "<!-- <p>" + words() + "</p> -->" + words();
      case 4: return "<img src=p.jpg alt=\"" + std::to_string(pick(9)) + "\"/>" + words();
      case 5: return "<script>if (a < b) { x = \"<p>\"; }</script>" + words();
      default: return words();
    }
  }

  std::string block(int depth) {
    std::string inner;
    for (std::size_t i = 0; i < 1 + pick(3); ++i) inner += inline_part();
    switch (depth < 3 ? pick(7) : 0) {
      case 0: return "<p>" + inner + "</p>\n";
      case 1: return "<p>" + inner;  // never closed
      case 2: return "<div class=\"c\">" + inner + block(depth + 1) + "</div>";
      case 3: return "<ul><li>" + inner + "<li>" + words() + "</ul>";
      case 4: return "<blockquote>" + block(depth + 1) + "</blockquote>";
      case 5: return "<table><tr><td>" + inner + "</td><td>" + words() + "</td></tr></table>";
      default: return "<h2>" + inner + "</h2><style>p > b { color: red }</style>";
    }
  }

  std::mt19937 random_;
};

TEST(HtmlToText, SeesTheLettersThatGumboSees) {
  std::size_t bytes = 0;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    const std::string html = HtmlMaker(seed).document();
    bytes += html.size();
    ASSERT_EQ(letters(html_to_text(html, 1U << 20U)), letters(text_by_gumbo(html)))
        << "seed " << seed << ":\n"
        << html;
  }
  EXPECT_GT(bytes, 1'000'000U);
}

}  // namespace
}  // namespace steppe
