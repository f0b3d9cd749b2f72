// The shipped profiles on items of our own (tests/data/match): a floor, not a boast.

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "processors/language/language.h"
#include "processors/match/matcher.h"

namespace steppe {
namespace {

struct Sample {
  bool keep = false;
  std::string lang;
  Feed feed;
  Item item;
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts(1);
  for (const char byte : line) {
    if (byte == '\t') {
      parts.emplace_back();
    } else {
      parts.back() += byte;
    }
  }
  parts.resize(5);
  return parts;
}

std::vector<Sample> samples(const std::string& name = "items.tsv") {
  std::ifstream file(STEPPE_SOURCE_DIR "/tests/data/match/" + name);
  std::vector<Sample> all;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> parts = split(line);
    Sample sample;
    sample.keep = parts[0] == "keep";
    sample.lang = parts[1];
    sample.feed.country = parts[2];
    sample.item.title = parts[3];
    sample.item.summary = parts[4];
    sample.item.lang = identify_language(sample.item);
    all.push_back(std::move(sample));
  }
  return all;
}

std::string explain(const Match& match) {
  std::string text = std::to_string(match.score) + " " + match.drop_reason;
  for (const Reason& reason : match.reasons) {
    text += " | " + reason.group + ":" + reason.term + ":" + std::to_string(reason.weight);
  }
  return text;
}

class ShippedProfile : public testing::Test {
 protected:
  static Profile load(const std::string& name = "kazakhstan-unrest") {
    Problems problems;
    auto profile = load_profile({STEPPE_SOURCE_DIR "/config/profiles/" + name}, problems);
    for (const Problem& problem : problems.all()) ADD_FAILURE() << problem.to_string();
    return profile.value();
  }
};

// How many items were decided as expected; each other one is a failure.
std::size_t decide(const Profile& profile, const std::vector<Sample>& samples) {
  const Matcher matcher(profile);
  std::size_t right = 0;
  for (const Sample& sample : samples) {
    const Match match = matcher.match(sample.item, sample.feed);
    const bool same = (match.decision == Decision::kKeep) == sample.keep;
    EXPECT_TRUE(same) << sample.lang << " " << sample.item.title << "\n  " << explain(match);
    right += same ? 1 : 0;
  }
  return right;
}

TEST_F(ShippedProfile, DecidesOwnItems) {
  EXPECT_GE(decide(load(), samples()), 95U);
}

TEST_F(ShippedProfile, DecidesItemsOfTheNeighbour_WithTheSmallProfile) {
  EXPECT_GE(decide(load("kyrgyzstan-unrest"), samples("items-kyrgyzstan.tsv")), 28U);
}

TEST_F(ShippedProfile, GivesExactSlices_InEveryScript) {
  const Matcher matcher(load());
  for (const Sample& sample : samples()) {
    for (const Reason& reason : matcher.match(sample.item, sample.feed).reasons) {
      const Evidence& evidence = reason.evidence;
      EXPECT_EQ(slice_of(sample.item, evidence).empty(), reason.group == "source_default");
    }
  }
}

TEST_F(ShippedProfile, HoldsEveryFirstClassLanguage_Reviewed) {
  std::map<std::string, int> reviewed;
  for (const ProfileTerm& term : load().terms) {
    if (term.reviewed) ++reviewed[term.lang];
  }
  for (const char* lang : {"en", "ru", "kk", "zh"}) EXPECT_GE(reviewed[lang], 100) << lang;
}

}  // namespace
}  // namespace steppe
