#include "config/toml_file.h"

#include "tests/unit/config/test_options.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<std::string> problems_of(std::string_view text) {
  Problems problems;
  const bool parsed = parse_toml(text, "test.toml", problems).has_value();
  EXPECT_EQ(parsed, problems.empty());
  return lines_of(problems);
}

TEST(TomlFile, RemembersWhereKeysAndValuesStand) {
  Problems problems;
  const auto root = parse_toml("a = 1\n[s]\n  b = [1,\n 2]\n", "test.toml", problems);
  ASSERT_TRUE(root);
  const TomlEntry* section = root->find("s");
  ASSERT_NE(section, nullptr);
  EXPECT_EQ(section->value.place.to_string(), "test.toml:2:1");
  const TomlEntry* list = section->value.find("b");
  EXPECT_EQ(list->key_place.to_string(), "test.toml:3:3");
  EXPECT_EQ(list->value.place.to_string(), "test.toml:3:7");
  EXPECT_EQ((*list->value.array())[1].place.to_string(), "test.toml:4:2");
}

TEST(TomlFile, CountsColumnsInCodePoints) {
  Problems problems;
  const auto root = parse_toml("a = { x = \"\xd0\xb0\xd0\xb1\", y = 2 }", "test.toml", problems);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->value.find("y")->key_place.column, 17U);
}

TEST(TomlFile, AcceptsByteOrderMarkAndWindowsLineEnds) {
  Problems problems;
  const auto root = parse_toml(
      "\xef\xbb\xbf"
      "a = 1\r\n[s]\r\nb = 2\r\n",
      "t", problems);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->key_place.to_string(), "t:1:1");
  EXPECT_EQ(root->find("s")->value.find("b")->key_place.to_string(), "t:3:1");
}

TEST(TomlFile, ReportsOneSyntaxErrorWithItsPlace) {
  EXPECT_THAT(problems_of("a = 1\nb = value\n"),
              ElementsAre("test.toml:2:5: TOML syntax: Error while parsing value: could not "
                          "determine value type; a text value needs quotes, for example name = "
                          "\"value\" (the file was not checked further)"));
  EXPECT_THAT(problems_of("a = 1\na = 2\n"), ElementsAre(HasSubstr("cannot redefine")));
}

TEST(TomlFile, ReportsLettersOfAnyScriptOutsideQuotes) {
  for (const char* letter : {"\xd0\x90", "\xc3\xa9", "\xe3\x80\x81", "\xe5\x8d\x88", "\xc2\xa0"}) {
    for (const char* before : {"", "a = ", "a = [", "a = [1", "[", "a = 1 ", "a", "a = {"}) {
      EXPECT_EQ(problems_of(std::string(before) + letter).size(), 1U) << before << letter;
    }
  }
}

TEST(TomlFile, NamesTheFirstByteThatIsNotUtf8) {
  EXPECT_THAT(problems_of("\xef\xbb\xbf"
                          "a = 1\nb = \"\xd0\xb0\xff\"\n"),
              ElementsAre("test.toml:2:7: the byte 0xFF is not valid UTF-8; save the file as "
                          "UTF-8"));
  EXPECT_THAT(problems_of(std::string_view("\xff\xfe"
                                           "a\0",
                                           4)),
              ElementsAre("test.toml:1:1: this file is UTF-16; save it as UTF-8"));
}

TEST(TomlFile, SurvivesGarbageOfOneMegabyte) {
  constexpr std::size_t kSize = 1 << 20;
  std::string noise(kSize, '\0');
  std::uint32_t state = 1;
  for (char& c : noise) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
  EXPECT_EQ(problems_of(noise).size(), 1U);
  for (const char* unit : {"a.", "[", "{a=", "\"", "#", "=", "a", "[[a]]\n", "\n.", "'''", "[a.",
                           "[.]\n", "[=", "{", "a = 1e"}) {
    std::string text = "a = ";
    while (text.size() < kSize) text += unit;
    EXPECT_LE(problems_of(text).size(), 1U) << unit;
    EXPECT_LE(problems_of(std::string_view(text).substr(4)).size(), 1U) << unit;
  }
}

TEST(TomlFile, ReportsFilesThatCannotBeRead) {
  const TemporaryFolder folder;
  Problems problems;
  EXPECT_FALSE(load_toml(folder.path() / "missing.toml", problems));
  EXPECT_FALSE(load_toml(folder.path(), problems));
  EXPECT_THAT(lines_of(problems),
              ElementsAre((folder.path() / "missing.toml").string() +
                              ": cannot read this file: No such file or directory",
                          folder.path().string() + ": this is a directory; name a TOML file"));
}

}  // namespace
}  // namespace steppe
