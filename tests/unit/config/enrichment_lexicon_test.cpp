#include "config/enrichment_lexicon.h"

#include <gtest/gtest.h>

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

TEST_F(Lexicons, TakeFormsThatAreSharedOnPurpose) {
  EXPECT_EQ(faults(std::string("shared = [\"rivers\", \"reki\"]\n") + kTwoRivers), "");
  EXPECT_EQ(lexicon_.places.size(), 2U);
}

}  // namespace
}  // namespace steppe
