#include "config/enrichment_lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/temporary_directory.h"

namespace steppe {
namespace {

constexpr const char* kTwoRivers = R"(
[[place]]
key = "north_rivers"
kind = "city"
en = "Rivers"
forms = ["rivers*", "^reki"]

[[place]]
key = "south_rivers"
kind = "city"
en = "Rivers"
forms = ["rivers", "^reki"]
)";

class Lexicons : public testing::Test {
 protected:
  /// Every problem of a profile with these places, one a line.
  std::string faults(const std::string& places) {
    const std::filesystem::path folders[] = {folder_.path()};
    folder_.write("places.toml", places);
    Problems problems;
    lexicon_ = load_enrichment_lexicon(folders, problems);
    std::string all;
    for (const Problem& problem : problems.all()) all += problem.message + "\n";
    return all;
  }

  test::TemporaryDirectory folder_;
  EnrichmentLexicon lexicon_;
};

TEST_F(Lexicons, NameFormsThatTwoPlacesHave) {
  EXPECT_EQ(faults(kTwoRivers),
            "place \"south_rivers\": its form \"rivers\" is also one of \"north_rivers\"; take it "
            "away, or list it under shared where texts use it for both\n"
            "place \"south_rivers\": its form \"^reki\" is also one of \"north_rivers\"; take it "
            "away, or list it under shared where texts use it for both\n");
}

TEST_F(Lexicons, NameWordsThatAListHasTwice) {
  folder_.write("claims-en.toml",
                "language = \"en\"\n[date]\nago = [\"ago\", \"since\",\n  \"ago\"]\n");
  const std::filesystem::path folders[] = {folder_.path()};
  Problems problems;
  load_enrichment_lexicon(folders, problems);
  ASSERT_EQ(problems.all().size(), 1U);
  EXPECT_EQ(problems.all().front().to_string(),
            folder_.path() + "/claims-en.toml:4:3: \"ago\" has \"ago\" twice");
}

TEST_F(Lexicons, TakeFormsThatAreSharedOnPurpose) {
  EXPECT_EQ(faults(std::string("shared = [\"rivers\", \"reki\"]\n") + kTwoRivers), "");
  EXPECT_EQ(lexicon_.places.size(), 2U);
}

TEST_F(Lexicons, ReadNamesCodesAndRegionsWithTheirDays) {
  EXPECT_EQ(faults(R"(
[[place]]
key = "new_region"
kind = "region"
en = "New Region"
from = "2022-06-08"
iso_3166_2 = ["KZ-10 from 2022-11-29", "KZ-OLD to 2022-11-29", "KZ-ANY"]

[[place]]
key = "old_region"
kind = "region"
en = "Old Region"

[[place]]
key = "town"
kind = "city"
en = "Town"
parent = "new_region"
former_parents = ["old_region to 2022-06-08"]
forms = ["town*"]

[[place.former]]
en = "Fort"
from = "1855"
to = "1921-02-05"
forms = ["fort", "town*"]
)"),
            "");
  const PlaceEntry& region = lexicon_.places[0];
  ASSERT_EQ(region.iso_3166_2.size(), 3U);
  EXPECT_FALSE(region.iso_3166_2[0].holds_on("2022-11-28"));
  EXPECT_TRUE(region.iso_3166_2[0].holds_on("2022-11-29"));
  EXPECT_FALSE(region.iso_3166_2[1].holds_on("2022-11-29"));
  EXPECT_TRUE(region.iso_3166_2[2].holds_on("1900-01-01"));
  const PlaceEntry& town = lexicon_.places[2];
  EXPECT_EQ(town.parent_place, 0U);
  ASSERT_EQ(town.former_parents.size(), 1U);
  EXPECT_EQ(town.former_parents[0].place, 1U);
  EXPECT_EQ(town.forms, (std::vector<std::string>{"town*", "fort"})) << "texts use old names";
}

TEST_F(Lexicons, SayWhatIsWrongWithDays) {
  const std::string all = faults(R"(
[[place]]
key = "town"
kind = "city"
en = "Town"
from = "June 2022"
iso_3166_2 = ["KZ-10 from yesterday"]
former_parents = ["nowhere to 2022-06-08"]

[[place.former]]
en = "Fort"
from = "1921"
to = "1855"
forms = ["fort"]

[[place]]
key = "village"
kind = "city"
en = "Village"
iso_3166_2 = ["KZ-11 since 2022-11-29"]
)");
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 5) << all;
  for (const char* fault :
       {"`place.from` must be a day or a year as in \"2022-06-08\", \"1993\", found the text",
        "`place.iso_3166_2` has \"KZ-10 from yesterday\": must be a day or a year",
        "`place.former.to` must be a day after \"from\"",
        "`place.iso_3166_2` has \"KZ-11 since 2022-11-29\": must be a name, then perhaps \"from\"",
        "place \"town\": no place has the key \"nowhere\""}) {
    EXPECT_THAT(all, testing::HasSubstr(fault));
  }
}

}  // namespace
}  // namespace steppe
