#include "config/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace steppe {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHead =
    "name = \"test\"\ntitle = \"Test\"\nversion = \"3\"\ncountries = [\"KZ\"]\npacks = [\"en\"]\n";
constexpr const char* kTerms =
    "lang = \"en\"\nreviewed = true\n[[group]]\nkind = \"strong\"\nweight = 0.9\nterms = "
    "[\"riot*\"]\n";

class ProfileFiles : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::temp_directory_path() / (std::string("steppe_profile_") + info->name());
    fs::remove_all(root_);
    write("base/profile.toml", kHead);
    write("base/terms-en.toml", kTerms);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }

  std::optional<Profile> load() {
    problems_ = {};
    std::vector<fs::path> folders = {root_ / "base"};
    if (fs::exists(root_ / "overlay")) folders.push_back(root_ / "overlay");
    return load_profile(folders, problems_);
  }

  // Every problem, without the folder.
  std::string faults() {
    load();
    std::string all;
    for (const Problem& problem : problems_.all()) {
      std::string text = problem.to_string();
      const std::string folder = root_.string() + "/";
      if (text.starts_with(folder)) text.erase(0, folder.size());
      all += text + "\n";
    }
    return all;
  }

  fs::path root_;
  Problems problems_;
};

TEST_F(ProfileFiles, GiveTheProfile) {
  const auto profile = load();
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->name, "test");
  EXPECT_EQ(profile->version, "3");
  EXPECT_EQ(profile->countries, std::vector<std::string>{"KZ"});
  ASSERT_EQ(profile->terms.size(), 1U);
  const ProfileTerm& term = profile->terms[0];
  EXPECT_EQ(term.notation, "riot*");
  EXPECT_EQ(term.pattern.text, "riot");
  EXPECT_EQ(term.kind, TermKind::kStrong);
  EXPECT_EQ(term.lang, "en");
  EXPECT_TRUE(term.reviewed);
  EXPECT_DOUBLE_EQ(term.weight, 0.9);
}

TEST_F(ProfileFiles, AddTermsAndReplaceSettings_FromAnOverlay) {
  write("overlay/profile.toml", "[match]\nkeep = 0.7\n");
  write("overlay/terms-en.toml",
        "lang = \"en\"\n[[group]]\nkind = \"veto\"\nterms = [\"chess\"]\n");
  const auto profile = load();
  ASSERT_TRUE(profile);
  EXPECT_DOUBLE_EQ(profile->rules.keep, 0.7);
  EXPECT_DOUBLE_EQ(profile->rules.review, 0.25);
  EXPECT_EQ(profile->terms.size(), 2U);
}

TEST_F(ProfileFiles, ChangeTheHash_WhenAnyFileChanges) {
  const std::string before = load()->hash;
  EXPECT_EQ(before.size(), 32U);
  EXPECT_EQ(load()->hash, before);
  write("base/places.toml", "x = 1\n");
  EXPECT_NE(load()->hash, before);
}

TEST_F(ProfileFiles, ReportEveryBadTerm_WithItsPlace) {
  write("base/terms-en.toml",
        "lang = \"en\"\n[[group]]\nkind = \"strong\"\nterms = [\n  \"ri*ot\", \"ok\",\n  \"\",\n"
        "  \"ok\",\n]\n");
  EXPECT_EQ(
      faults(),
      "base/terms-en.toml:5:3: term \"ri*ot\" has a star elsewhere than at the end of a word\n"
      "base/terms-en.toml:6:3: term \"\" has no letter\n"
      "base/terms-en.toml:7:3: term \"ok\" is already at " +
          root_.string() + "/base/terms-en.toml:5:12\n");
}

TEST_F(ProfileFiles, ReportUnknownKindsAndKeys) {
  write("base/terms-en.toml",
        "lang = \"en\"\nlanguage = 1\n[[group]]\nkind = \"stron\"\nterms = [\"a\"]\nweight = 2\n");
  const std::string found = faults();
  EXPECT_NE(found.find("terms-en.toml:2:1"), std::string::npos) << found;
  EXPECT_NE(found.find("terms-en.toml:4:8"), std::string::npos) << found;
  EXPECT_NE(found.find("terms-en.toml:6:10"), std::string::npos) << found;
}

TEST_F(ProfileFiles, ReportAMissingPack) {
  write("base/profile.toml", "name = \"t\"\ncountries = [\"KZ\"]\npacks = [\"en\", \"fr\"]\n");
  EXPECT_EQ(faults(), "base/profile.toml: pack `fr` has no file terms-fr.toml\n");
}

TEST_F(ProfileFiles, ReportAnEmptyHead) {
  write("base/profile.toml", "[match]\nkeep = 0.2\n");
  EXPECT_EQ(faults(),
            "base/profile.toml: `name` is missing\n"
            "base/profile.toml: `countries` names no country\n"
            "base/profile.toml: `packs` names no term file\n"
            "base/profile.toml: `match.review` must not be above `match.keep`\n");
}

TEST_F(ProfileFiles, ReportCodesAndHostsThatAreNone) {
  write("base/profile.toml",
        "name = \"t\"\ncountries = [\"Kazakhstan\", \"kz\"]\npacks = [\"en\", \"en\"]\n"
        "[[source]]\nhost = \"https://a.kz/\"\ncountry = \"KZ\"\n");
  EXPECT_EQ(
      faults(),
      "base/profile.toml: `countries`: \"Kazakhstan\" is no ISO 3166-1 alpha-2 code, such as "
      "\"KZ\"\n"
      "base/profile.toml: `countries`: \"kz\" is no ISO 3166-1 alpha-2 code, such as \"KZ\"\n"
      "base/profile.toml: `packs` names `en` twice\n"
      "base/profile.toml: `source.host` \"https://a.kz/\" is an address; write the host alone\n"
      "base/terms-en.toml:6:10: term \"riot*\" is already at " +
          root_.string() + "/base/terms-en.toml:6:10\n");
}

TEST_F(ProfileFiles, ReportLanguagesThatAreNone) {
  write("base/terms-en.toml",
        "lang = \"English\"\n[[group]]\nkind = \"strong\"\nnot_in = [\"ru-RU\"]\nterms = "
        "[\"riot\"]\n");
  const std::string found = faults();
  EXPECT_NE(found.find("terms-en.toml:1:1: \"English\" is no language code"), std::string::npos)
      << found;
  EXPECT_NE(found.find("\"ru-RU\" is no language code"), std::string::npos) << found;
}

TEST_F(ProfileFiles, ReportAProfileThatCouldKeepNothing) {
  write("base/terms-en.toml", "lang = \"en\"\n[[group]]\nkind = \"veto\"\nterms = [\"chess\"]\n");
  EXPECT_EQ(faults(),
            "base/profile.toml: no term of kind event, strong, framing or mass: no item could be "
            "kept\n");
}

TEST_F(ProfileFiles, ReportRegularExpressionsThatCannotBeSearched) {
  write("base/terms-en.toml",
        "lang = \"en\"\n[[group]]\nkind = \"strong\"\nterms = [\n"
        "  '/riot(s|ers)? in \\d+/',\n  '/a(b/',\n  '/Riot/',\n  '/x*/',\n  '/(?<=a)b/',\n]\n");
  const std::string found = faults();
  EXPECT_EQ(found.find("terms-en.toml:5:"), std::string::npos) << found;
  EXPECT_NE(found.find("terms-en.toml:6:3: term \"/a(b/\" does not compile"), std::string::npos)
      << found;
  EXPECT_NE(found.find("terms-en.toml:7:3: term \"/Riot/\" is searched in lower-case"),
            std::string::npos)
      << found;
  EXPECT_NE(found.find("terms-en.toml:8:3: term \"/x*/\" matches the empty text"),
            std::string::npos)
      << found;
  EXPECT_NE(found.find("terms-en.toml:9:3"), std::string::npos) << found;
}

TEST_F(ProfileFiles, ReportAMissingFolder) {
  fs::remove_all(root_ / "base");
  EXPECT_NE(faults(), "");
}

TEST(ShippedProfiles, LoadWithoutAProblem) {
  const fs::path profiles = fs::path(STEPPE_SOURCE_DIR) / "config" / "profiles";
  int count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(profiles)) {
    Problems problems;
    const auto profile = load_profile({entry.path()}, problems);
    for (const Problem& problem : problems.all()) ADD_FAILURE() << problem.to_string();
    ASSERT_TRUE(profile);
    EXPECT_EQ(profile->name, entry.path().filename().string());
    ++count;
  }
  EXPECT_GE(count, 1);
}

}  // namespace
}  // namespace steppe
