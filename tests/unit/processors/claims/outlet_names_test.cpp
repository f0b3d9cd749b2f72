#include "processors/claims/outlet_names.h"

#include <gtest/gtest.h>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

ActorEntry actor(std::string key, std::string name, std::vector<std::string> forms,
                 std::string type = "outlet") {
  ActorEntry made;
  made.key = std::move(key);
  made.name = std::move(name);
  made.type = std::move(type);
  made.forms = std::move(forms);
  return made;
}

TEST(OutletNames, FindNameAndForms_WhateverTheCaseAndWhatFollows) {
  const OutletNames names(std::vector<ActorEntry>{
      actor("kazinform", "Kazinform", {"kazinform*", "\u049b\u0430\u0437"}),
      actor("ap", "Associated Press", {"^ap"}), actor("odd", "Odd", {"/od+/"})});
  EXPECT_EQ(names.key_of("Kazinform"), "kazinform");
  EXPECT_EQ(names.key_of("KAZINFORM (English)"), "kazinform");
  EXPECT_EQ(names.key_of("Kazinform, Astana"), "kazinform");
  EXPECT_EQ(names.key_of("\u049a\u0410\u0417"), "kazinform");
  EXPECT_EQ(names.key_of("AP"), "ap");
  EXPECT_EQ(names.key_of("associated  press"), "ap");
  EXPECT_EQ(names.key_of("Kazinform Daily"), "");
  EXPECT_EQ(names.key_of("od+"), "");
  EXPECT_EQ(names.key_of(""), "");
  EXPECT_EQ(names.key_of("(English)"), "");
}

TEST(OutletNames, FindNobody_WhereSeveralHaveTheName_AndNoPeople) {
  const OutletNames names(std::vector<ActorEntry>{
      actor("a", "The Times", {"times"}), actor("b", "Times", {}),
      actor("c", "Daily Bugle", {"parker"}), actor("p", "Parker", {"parker"}, "person")});
  EXPECT_EQ(names.key_of("Times"), "");
  EXPECT_EQ(names.key_of("The Times"), "a");
  EXPECT_EQ(names.key_of("Parker"), "c");
}

// One outlet in two languages, or quoted by another, is one source.
TEST(OutletNames, OutletThatTellsItself_HasTheKeyItHasWhenItIsQuoted) {
  static const Enricher enricher(profile_lexicon());
  Feed feed;
  const auto key = [&](const char* outlet, const char* credit, const char* text) {
    feed.name = outlet;
    Item item;
    item.body = text;
    item.credit = credit;
    item.lang.code = "en";
    enricher.enrich(item, feed);
    return item.found.figures.empty() ? "no figure" : item.found.figures[0].claimant_key;
  };
  const char* own = "Police in Almaty watched. 31 people were killed in the unrest in Almaty.";
  const char* quoted = "31 people were killed in the unrest in Almaty, Kazinform reported.";
  EXPECT_EQ(key("Daily Steppe", "", quoted), "kazinform");
  EXPECT_EQ(key("Kazinform (English)", "", own), "kazinform");
  EXPECT_EQ(key("Kazinform (Kazakh)", "", own), "kazinform");
  EXPECT_EQ(key("Daily Steppe", "AFP", own), "afp");
  EXPECT_EQ(key("Daily Steppe", "", own), "");
}

}  // namespace
}  // namespace steppe
