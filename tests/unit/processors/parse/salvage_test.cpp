#include "processors/parse/salvage.h"

#include <gtest/gtest.h>

#include "processors/parse/parse.h"

namespace steppe {
namespace {

// Titles of all items, joined by '|'.
std::string titles(std::string_view bytes) {
  const auto feed = parse_feed(bytes, {}, {});
  if (!feed) return feed.error().message;
  std::string out;
  for (const ParsedItem& item : feed->items) out += item.title + "|";
  return out;
}

constexpr std::string_view kNext = "<item><title>B</title></item></channel></rss>";

std::string damaged(std::string_view first) {
  return "<rss><channel>" + std::string(first) + std::string(kNext);
}

TEST(Salvage, RecoversItemsAfterDamage) {
  EXPECT_EQ(titles(damaged("<item><title>A</title><link>http://e.org/?a=1&b=2</link></item>")),
            "A|B|");
  EXPECT_EQ(titles(damaged("<item><title>A</title><description><p>x<br>y</description></item>")),
            "A|B|");
  EXPECT_EQ(titles(damaged("<item><title>A</title><description>1 < 2</description></item>")),
            "A|B|");
  EXPECT_EQ(titles(damaged("<item><title>A</title><b><i>x</b></i></item>")), "A|B|");
  EXPECT_EQ(titles(damaged("<item><title>A</title><enclosure url=http://e.org/x type=a></item>")),
            "A|B|");
  EXPECT_EQ(titles(damaged("<item><title>A</title>")), "A|B|");
  EXPECT_EQ(titles(damaged("<item><title>A</title><description><![CDATA[x</description></item>"
                           "<item><title><![CDATA[C]]></title></item>")),
            "A|C|B|");
  EXPECT_EQ(titles(damaged("<item><title>A</title></channel></rss><rss><channel>")), "A|B|");
}

TEST(Salvage, KeepsItemsBeforeTheCut) {
  EXPECT_EQ(titles("<rss><channel><item><title>A</title></item><item><title>B</title><descr"),
            "A|B|");
  EXPECT_EQ(titles("<rss><channel><item><title>A</title></item><item><title><![CDATA[B b"),
            "A|B b|");
}

TEST(Salvage, IsLinear_OnHostileInput) {
  for (const char* piece :
       {"<!--", "<![CDATA[", "<![CDATA[</a>", "<!a[", "<a \"", "<a '", "<?", "</", "<"}) {
    std::string text = "<rss><channel>";
    while (text.size() < 2'000'000) text += piece;
    std::vector<std::string> warnings;
    EXPECT_FALSE(repair_xml(text, warnings).empty()) << piece;
  }
}

}  // namespace
}  // namespace steppe
