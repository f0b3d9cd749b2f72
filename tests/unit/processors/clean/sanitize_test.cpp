#include "processors/clean/sanitize.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Sanitize, KeepsHarmlessMarkup) {
  EXPECT_EQ(sanitize_html("<p>a <b>b</b></p>", ""), "<p>a <b>b</b></p>");
  EXPECT_EQ(sanitize_html("<a href='https://example.org/?a=1&amp;b=2'>x</a>", ""),
            "<a href=\"https://example.org/?a=1&amp;b=2\">x</a>");
}

TEST(Sanitize, DropsScriptsHandlersAndFrames) {
  EXPECT_EQ(sanitize_html("a<script>x</script>b", ""), "ab");
  EXPECT_EQ(sanitize_html("<b onclick=\"x()\">c</b>", ""), "<b>c</b>");
  EXPECT_EQ(sanitize_html("<SCRIPT SRC=//e.org/x.js></SCRIPT>d", ""), "d");
  EXPECT_EQ(sanitize_html("<iframe src=\"https://example.org\">e</iframe>", "").find("<iframe"),
            std::string::npos);
}

TEST(Sanitize, EmptiesScriptAddresses_HoweverWritten) {
  for (const char* address : {"javascript:x()", " java\nscript:x()", "JaVaScRiPt:x()",
                              "&#106;avascript:x()", "vbscript:x", "data:text/html,x"}) {
    const std::string out = sanitize_html("<a href=\"" + std::string(address) + "\">t</a>", "");
    EXPECT_EQ(out, "<a href=\"\">t</a>") << address;
  }
}

TEST(Sanitize, FormsNoTagFromPieces) {
  const std::string out = sanitize_html("<<z>script>alert(1)<</z>/script>", "");
  EXPECT_EQ(out.find("<script"), std::string::npos);
  EXPECT_EQ(sanitize_html(out, "").find("<script"), std::string::npos);
}

TEST(Sanitize, ResolvesRelativeAddresses) {
  EXPECT_EQ(sanitize_html("<img src=\"i.png\"><a href=\"/x\">x</a>", "https://example.org/a/b"),
            "<img src=\"https://example.org/a/i.png\" /><a href=\"https://example.org/x\">x</a>");
}

TEST(Sanitize, DropsTrackingPixels) {
  EXPECT_EQ(sanitize_html("a<img width=1 height=1 src=\"https://t.example/p.gif\">b", ""), "ab");
}

TEST(Sanitize, KeepsHarmlessStylesOnly) {
  EXPECT_EQ(sanitize_html("<p style=\"color: red; position: fixed\">x</p>", ""),
            "<p style=\"color: red;\">x</p>");
  EXPECT_EQ(sanitize_html("<p style=\"background: url(javascript:x)\">x</p>", ""), "<p>x</p>");
  EXPECT_EQ(sanitize_html("<p style=\"width: expression(x)\">x</p>", ""), "<p>x</p>");
}

}  // namespace
}  // namespace steppe
