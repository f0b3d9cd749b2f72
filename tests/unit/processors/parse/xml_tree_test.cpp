#include "processors/parse/xml_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/support/xml_dump.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;

bool is_plain(std::string_view text) {
  XmlTree tree;
  return parse_plain_xml(text, kMaxBytes, tree);
}

std::string dump_plain(std::string_view text) {
  XmlTree tree;
  return parse_plain_xml(text, kMaxBytes, tree) ? dump(tree) : "not plain";
}

std::string dump_any(std::string_view text, XmlOutcome expected = XmlOutcome::kWhole) {
  XmlTree tree;
  std::string working(text);
  EXPECT_EQ(parse_any_xml(working, kMaxBytes, tree), expected);
  return dump(tree);
}

constexpr std::string_view kFeed =
    "<?xml version=\"1.0\"?>\n<!-- x --><rss xmlns:dc='u' a = \"1\">\n <dc:title>A &amp; B"
    "</dc:title> <b/><i>one<![CDATA[ <two> ]]]]></i>\n text <e xml:lang=\"kk\" /><?p q?>\n</rss "
    ">\n";

TEST(XmlTree, PlainAndGeneralWayGiveTheSameTree) {
  EXPECT_EQ(dump_plain(kFeed), dump_any(kFeed));
  EXPECT_EQ(dump_plain(kFeed),
            "0 <|rss \"\" binds xmlns:dc=u a=1\n1 <dc|title \"\"\n2 \"A &amp; B\"\n"
            "1 <|b \"\" after\n1 <|i \"\" after\n2 \"one\"\n2 [ <two> ]]\"\n1 \"\n text \" after\n"
            "1 <|e \"\" xml xml:lang=kk\n");
}

TEST(XmlTree, NodesKnowTheirParentsAndNothingIsNone) {
  XmlTree tree;
  ASSERT_TRUE(parse_plain_xml("<a><b><c/></b><d e='f'/></a>", kMaxBytes, tree));
  const XmlNode a = tree.document().first_child();
  const XmlNode b = a.first_child();
  const XmlNode d = b.next_sibling();
  EXPECT_EQ(d.name(), "d");
  EXPECT_TRUE(d.parent() == a && b.first_child().parent() == b && a.parent() == tree.document());
  EXPECT_EQ(d.attribute("e").value(), "f");
  EXPECT_FALSE(d.attribute("x") || d.next_sibling() || d.first_child() || XmlNode().parent());
  EXPECT_EQ(XmlNode().name(), "");
}

TEST(XmlTree, WhatIsNotPlainIsLeftToTheGeneralWay) {
  for (const std::string_view odd : {"",
                                     "   ",
                                     "x",
                                     "<a>",
                                     "<a></b>",
                                     "</a>",
                                     "<a/>x",
                                     "x<a/>",
                                     "<!DOCTYPE a><a/>",
                                     "<a b=c/>",
                                     "<a b='c'd='e'/>",
                                     "<a b/>",
                                     "<a b='\n'/>",
                                     "<![CDATA[x]]>",
                                     "<a><![CDATA[x]]</a>",
                                     "<a><!-- x ->y</a>",
                                     "<a><?x</a>",
                                     "<a>< b/></a>",
                                     "<a><b</a>",
                                     "<a></a",
                                     "<a/>>",
                                     "<a></aa>",
                                     "<?xml version='1.0'?>",
                                     "<a><!b></a>",
                                     "<1/>"}) {
    EXPECT_FALSE(is_plain(odd)) << odd;
  }
}

TEST(XmlTree, DamageLeavesWhatStandsInFrontOfIt) {
  EXPECT_EQ(dump_any("<a><b>x</b><c></d><e/></a>", XmlOutcome::kDamaged),
            "0 <|a \"\"\n1 <|b \"\"\n2 \"x\"\n1 <|c \"\" after\n");
}

TEST(XmlTree, WhiteSpaceInAttributesBecomesBlanks) {
  XmlTree tree;
  std::string working;
  ASSERT_EQ(parse_xml("<a b='c\n\td'/>", working, kMaxBytes, tree), XmlOutcome::kWhole);
  EXPECT_EQ(tree.document().first_child().attribute("b").value(), "c  d");
}

TEST(XmlTree, TakesNoMoreThanItsMemory) {
  std::string text = "<a>";
  for (int i = 0; i < 20'000; ++i) text += "<b>x</b>";
  text += "</a>";
  XmlTree tree;
  EXPECT_FALSE(parse_plain_xml(text, 100'000, tree));
  std::string working = text;
  EXPECT_EQ(parse_any_xml(working, 100'000, tree), XmlOutcome::kOutOfMemory);
  std::string again = text;
  EXPECT_EQ(parse_xml(again, again, 32U << 20U, tree), XmlOutcome::kWhole);
}

TEST(XmlTree, DepthHasNoBoundOfItsOwn) {
  constexpr std::size_t kDepth = 100'000;
  std::string text;
  for (std::size_t i = 0; i < kDepth; ++i) text += "<a>";
  for (std::size_t i = 0; i < kDepth; ++i) text += "</a>";
  XmlTree tree;
  EXPECT_TRUE(parse_plain_xml(text, 32U << 20U, tree));
  std::string working = text;
  EXPECT_EQ(parse_any_xml(working, 32U << 20U, tree), XmlOutcome::kWhole);
}

}  // namespace
}  // namespace steppe
