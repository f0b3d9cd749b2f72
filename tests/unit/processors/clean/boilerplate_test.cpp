#include "processors/clean/boilerplate.h"

#include <gtest/gtest.h>

#include <string>

#include "processors/clean/data_rows.h"

namespace steppe {

extern const std::string_view kBoilerplate;  // config/data/boilerplate.tsv

namespace {

std::string cut(std::string text) {
  cut_boilerplate(text);
  return text;
}

TEST(Boilerplate, CutsEveryPatternOfTheTable) {
  const std::string text = "A crowd met in the square.";
  for (const DataRow& row : all_rows(kBoilerplate)) {
    if (row[1].find_first_of("()") != std::string_view::npos) continue;  // marks end a tail anyway
    std::string tail(row[1]);
    if (row[0] == "line") tail += " our page";
    if (row[0] == "pair") tail += " One " + std::string(row[2]) + " Two";
    EXPECT_EQ(cut(text + "\n" + tail), text) << tail;
    EXPECT_EQ(cut(text + "\n" + tail + " ...\n"), text) << tail;
  }
}

TEST(Boilerplate, CutsWhateverTheCase) {
  EXPECT_EQ(cut("One.\nREAD MORE"), "One.");
  EXPECT_EQ(cut("One.\n\u0427\u0418\u0422\u0410\u0422\u042C \u0414\u0410\u041B\u0415\u0415 \u2192"),
            "One.");
}

TEST(Boilerplate, KeepsWhatOnlyLooksLikeIt) {
  for (const char* const text : {"", "e", "The people read more", "The poster was torn down.",
                                 "One.\nThe crowd could not read moreover"}) {
    EXPECT_EQ(cut(text), text);
  }
}

}  // namespace
}  // namespace steppe
