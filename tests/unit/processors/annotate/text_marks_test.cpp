// Marks of the shipped profile.

#include "processors/annotate/text_marks.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <tuple>

#include "processors/annotate/annotated_text.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

using Told = std::tuple<std::uint32_t, std::uint32_t, LexemeRole, std::uint8_t, double>;
using Around = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

// What `text` says in the first `size` tokens.
std::vector<Told> marks_of(const AnnotatedText& text, std::uint32_t size) {
  std::vector<Told> told;
  for (const Mark& mark : text.marks()) {
    if (mark.last > size) continue;
    told.emplace_back(mark.first, mark.last, mark.role, mark.detail, mark.value);
  }
  return told;
}

std::vector<Around> around_of(const AnnotatedText& text, std::uint32_t size) {
  std::vector<Around> around;
  for (const Sentence& sentence : text.sentences()) {
    for (const AroundWord& word : text.words_around(sentence)) {
      if (word.last <= size) around.emplace_back(word.first, word.last, word.id);
    }
  }
  std::sort(around.begin(), around.end());
  return around;
}

std::vector<LexemeRole> listed(const AnnotatedText& text, std::uint32_t size) {
  std::vector<LexemeRole> roles;
  for (unsigned role = 0; role < 64; ++role) {
    if (((kListedRoles >> role) & 1) == 0) continue;
    for (const std::uint32_t mark : text.marks_of(static_cast<LexemeRole>(role))) {
      if (text.marks()[mark].last <= size) roles.push_back(text.marks()[mark].role);
    }
  }
  return roles;
}

// A text with a letter of another script is read hit by hit, another one list by list.
TEST(TextMarks, AreTheSame_WhetherWordsAreReadByListOrByHit) {
  std::ifstream file(STEPPE_SOURCE_DIR "/tests/data/bench/sentences.jsonl");
  simdjson::dom::parser parser;
  std::size_t compared = 0;
  for (std::string line; std::getline(file, line);) {
    const simdjson::dom::element value = parser.parse(simdjson::padded_string(line)).value();
    const auto code = std::string(std::string_view(value["lang"]));
    std::string all;
    for (const char* key : {"sentences", "context"}) {
      for (const auto each : simdjson::dom::array(value[key])) all += std::string_view(each);
    }
    AnnotatedText by_list;
    by_list.annotate(all, profile_language(code));
    const std::string foreign = all + (code == "zh" ? ". \u0416" : ". \u6BB5");
    AnnotatedText by_hit;
    by_hit.annotate(foreign, profile_language(code));
    const std::uint32_t size = by_list.size();
    EXPECT_EQ(marks_of(by_list, size), marks_of(by_hit, size)) << code;
    EXPECT_EQ(around_of(by_list, size), around_of(by_hit, size)) << code;
    EXPECT_EQ(listed(by_list, size), listed(by_hit, size)) << code;
    compared += marks_of(by_list, size).size();
  }
  EXPECT_GT(compared, 500U);
}

TEST(TextMarks, AreNone_OfAnEmptyText) {
  AnnotatedText text;
  EXPECT_TRUE(text.marks().empty());
  text.annotate("", profile_language("en"));
  EXPECT_TRUE(text.marks().empty());
}

TEST(TextMarks, KeepUp_WhenATextIsShorterThanTheOneBefore) {
  AnnotatedText text;
  text.annotate("Police detained 20 people in Almaty on Monday, officials said.",
                profile_language("en"));
  const auto before = marks_of(text, text.size());
  text.annotate("Police said so.", profile_language("en"));
  AnnotatedText fresh;
  fresh.annotate("Police said so.", profile_language("en"));
  EXPECT_EQ(marks_of(text, text.size()), marks_of(fresh, fresh.size()));
  EXPECT_LT(marks_of(text, text.size()).size(), before.size());
}

}  // namespace
}  // namespace steppe
