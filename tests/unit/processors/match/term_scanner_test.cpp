#include "processors/match/term_scanner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/utf8.h"
#include "processors/match/fold.h"
#include "processors/match/text_words.h"

namespace steppe {
namespace {

std::vector<TermHit> scan(const std::vector<TermPattern>& patterns, std::string_view text) {
  std::vector<TermHit> hits;
  TermScanner(patterns).scan(fold(text), hits);
  return hits;
}

std::vector<std::uint32_t> ids(const std::vector<TermPattern>& patterns, std::string_view text) {
  std::vector<std::uint32_t> found;
  for (const TermHit& hit : scan(patterns, text)) found.push_back(hit.id);
  return found;
}

using Ids = std::vector<std::uint32_t>;

TEST(TermScanner, FindsAStem_AndTellsWhereItsWordEnds) {
  const auto hits = scan({{7, "protest", Anchor::kStem}}, "The PROTESTERS left");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0], (TermHit{7, 4, 11, 14}));
}

TEST(TermScanner, FindsAStemOnlyAtAWordStart) {
  EXPECT_EQ(ids({{1, "almat", Anchor::kStem}}, "diplomalmaty almaty"), Ids{1});
  EXPECT_EQ(ids({{1, "\u043A\u0430\u0437\u0430\u0445", Anchor::kStem}},
                "\u043D\u0430 \u041A\u0430\u0432\u043A\u0430\u0437\u0430\u0445"),
            Ids{});
}

TEST(TermScanner, LimitsTheSuffix_InLettersNotBytes) {
  const std::vector<TermPattern> two = {{1, "\u0431\u0443\u043D\u0442", Anchor::kStem, 2}};
  EXPECT_EQ(ids(two, "\u0431\u0443\u043D\u0442\u043E\u0432"), Ids{1});
  EXPECT_EQ(ids(two, "\u0431\u0443\u043D\u0442\u0430\u0440\u0438"), Ids{});
}

TEST(TermScanner, FindsAWord_OnlyWhole) {
  const std::vector<TermPattern> word = {{1, "rally", Anchor::kWord}};
  EXPECT_EQ(ids(word, "a rally, rallycross; 'rally'"), (Ids{1, 1}));
}

TEST(TermScanner, StartsAWordAfterHyphenApostropheAndHan) {
  EXPECT_EQ(ids({{1, "sultan", Anchor::kStem}}, "Nur-Sultan l\u2019sultan \u5728Sultan"),
            (Ids{1, 1, 1}));
}

TEST(TermScanner, MatchesAPhrase_AcrossSpacesHyphensAndQuotes) {
  const std::vector<TermPattern> phrase = {{1, "bloody january", Anchor::kWord}};
  EXPECT_EQ(ids(phrase, "Bloody January"), Ids{1});
  EXPECT_EQ(ids(phrase, "\u201CBloody\u201D\u00A0 January"), Ids{1});
  EXPECT_EQ(ids(phrase, "bloody-january"), Ids{1});
  EXPECT_EQ(ids(phrase, "bloody. January"), Ids{});
  EXPECT_EQ(ids(phrase, "bloodyjanuary"), Ids{});
}

TEST(TermScanner, TakesAStarInsideAPhrase_AsAStem) {
  const std::vector<TermPattern> phrase = {{1, "januar* event", Anchor::kStem}};
  EXPECT_EQ(ids(phrase, "januaries events, januar event"), (Ids{1, 1}));
  EXPECT_EQ(ids({{1, "januar event", Anchor::kStem}}, "january events"), Ids{});
}

TEST(TermScanner, MatchesEveryApostrophe) {
  const std::vector<TermPattern> uzbek = {{1, "qo'zg'olon", Anchor::kStem}};
  EXPECT_EQ(ids(uzbek, "qo\u02BBzg\u2018oloni Qo'zg\u2019olon"), (Ids{1, 1}));
}

TEST(TermScanner, FindsHanAnywhere_WhateverTheAnchor) {
  const std::vector<TermPattern> han = {{1, "\u9A9A\u4E71", Anchor::kStem}};
  const auto hits = scan(han, "\u5927\u89C4\u6A21\u9A37\u4E82\u53D1\u751F");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0], (TermHit{1, 9, 15, 15}));
}

TEST(TermScanner, FindsACompoundPart_Anywhere) {
  const auto hits = scan({{1, "protest", Anchor::kAnywhere}}, "Massenproteste");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0], (TermHit{1, 6, 13, 14}));
}

TEST(TermScanner, OrdersByBeginThenLongest) {
  const std::vector<TermPattern> nested = {
      {1, "a", Anchor::kWord}, {2, "a b", Anchor::kWord}, {3, "a b c", Anchor::kWord}};
  EXPECT_EQ(ids(nested, "a b c"), (Ids{3, 2, 1}));
}

TEST(TermScanner, KeepsIds_OfEqualPatterns) {
  EXPECT_EQ(ids({{4, "riot"}, {2, "riot"}}, "riots"), (Ids{2, 4}));
}

TEST(TermScanner, NeverMatchesAnEmptyPattern) {
  EXPECT_EQ(ids({{1, ""}, {2, " - "}, {3, "*"}}, "a - b *"), Ids{});
}

TEST(TermScanner, NeverMatchesAPatternOf64KiB) {
  const std::string most(0xFFFF, 'a');
  EXPECT_EQ(
      ids({{1, most, Anchor::kWord}, {2, most + "a", Anchor::kWord}}, most + " " + most + "a"),
      Ids{1});
}

TEST(TermScanner, FindsARegularExpression_LongestFromEachBegin) {
  const std::vector<TermPattern> regex = {{5, "riot(s|ers)? in \\d+", Anchor::kRegex},
                                          {6, "riot", Anchor::kStem}};
  const auto hits = scan(regex, "The RIOTERS in 2022, riot");
  ASSERT_EQ(hits.size(), 3U);
  EXPECT_EQ(hits[0], (TermHit{5, 4, 19, 19}));
  EXPECT_EQ(hits[1], (TermHit{6, 4, 8, 11}));
  EXPECT_EQ(hits[2], (TermHit{6, 21, 25, 25}));
  EXPECT_EQ(ids({{1, "\u0443\u0431\u0438\u0442\\w+ \\d+", Anchor::kRegex}},
                "\u0423\u0411\u0418\u0422\u044B 12"),
            Ids{1});
  EXPECT_EQ(ids({{1, "a(b", Anchor::kRegex}}, "a(b"), Ids{});
}

// The oracle: every pattern tried at every code point by the letter of the header's contract.
class Oracle {
 public:
  explicit Oracle(std::span<const TermPattern> patterns) : patterns_(patterns) {}

  std::vector<TermHit> scan(std::string_view text) const {
    std::vector<TermHit> hits;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (is_inner(text[at])) continue;
      for (const TermPattern& pattern : patterns_) try_at(pattern, text, at, hits);
    }
    std::sort(hits.begin(), hits.end(), [](const TermHit& a, const TermHit& b) {
      return std::tuple(a.begin, b.end, a.id) < std::tuple(b.begin, a.end, b.id);
    });
    return hits;
  }

 private:
  static bool is_inner(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }
  static bool is_letter(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const auto byte = static_cast<unsigned char>(text[at]);
    return (std::isalnum(byte) != 0 && byte < 0x80) || byte >= 0x80;
  }
  static bool is_han(std::string_view text, std::size_t at) {
    return at < text.size() && is_cjk(decode_utf8(text, at).value);
  }
  static std::size_t previous(std::string_view text, std::size_t at) {
    do --at;
    while (is_inner(text[at]));
    return at;
  }
  static bool is_start(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    const std::size_t before = previous(text, at);
    return !is_letter(text, before) || is_han(text, before);
  }
  static std::size_t word_end(std::string_view text, std::size_t at) {
    while (is_letter(text, at) && !is_han(text, at)) at += decode_utf8(text, at).length;
    return at;
  }
  static bool is_space(char byte) {
    return std::string_view(" -\"\n").find(byte) != std::string_view::npos;
  }

  static void try_at(const TermPattern& pattern, std::string_view text, std::size_t begin,
                     std::vector<TermHit>& hits) {
    const std::string wanted = fold(pattern.text);
    const bool anywhere = pattern.anchor == Anchor::kAnywhere || is_han(wanted, 0);
    if (!anywhere && !is_start(text, begin)) return;
    std::size_t at = begin;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i] == '*' && !anywhere) {
        at = word_end(text, at);
      } else if (is_space(wanted[i]) && !anywhere) {
        if (at >= text.size() || !is_space(text[at])) return;
        while (at < text.size() && is_space(text[at])) ++at;
      } else {
        if (at >= text.size() || text[at] != wanted[i]) return;
        ++at;
      }
    }
    const std::size_t end = is_han(wanted, 0) ? at : word_end(text, at);
    if (!anywhere) {
      std::uint32_t letters = 0;
      for (std::size_t i = at; i < end; i += decode_utf8(text, i).length) ++letters;
      if (pattern.anchor == Anchor::kWord && letters > 0) return;
      if (pattern.max_suffix != 255 && letters > pattern.max_suffix) return;
    }
    hits.push_back({pattern.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at),
                    static_cast<std::uint32_t>(end)});
  }

  std::span<const TermPattern> patterns_;
};

// A tiny alphabet makes collisions, nesting and near misses frequent.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::string text(std::size_t max_pieces) {
    static const std::vector<std::string> kPieces = {
        "a", "b", "a", "ab", "\u0430", "\u0431", "\u0430\u0431", "\u4E00",     "\u4E8C",   " ",
        " ", "-", ".", "\n", "\u00AB", "A",      "\u0410",       "\U0001F600", "abcdefgh", "7"};
    std::string out;
    for (std::size_t n = below(max_pieces); n > 0; --n) out += kPieces[below(kPieces.size())];
    return out;
  }

  std::vector<TermPattern> patterns(std::uint32_t count) {
    static const std::vector<std::string> kPieces = {
        "a", "b", "ab", "\u0430", "\u0431", "\u4E00", "\u4E8C", " ", "* ", "abcdefgh", "7"};
    std::vector<TermPattern> out;
    while (out.size() < count) {
      std::string wanted;
      for (std::size_t n = 1 + below(4); n > 0; --n) wanted += kPieces[below(kPieces.size())];
      if (is_awkward(wanted)) continue;
      out.push_back({static_cast<std::uint32_t>(out.size()), wanted, static_cast<Anchor>(below(3)),
                     below(3) == 0 ? std::uint8_t{1} : std::uint8_t{255}});
    }
    return out;
  }

 private:
  // Shapes whose meaning is not worth defining: outer or repeated gaps.
  static bool is_awkward(const std::string& wanted) {
    return wanted.front() == ' ' || wanted.front() == '*' || wanted.back() == ' ' ||
           wanted.find("  ") != std::string::npos || wanted.find(" *") != std::string::npos;
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::mt19937 random_;
};

TEST(TermScanner, FindsWhatTheNaiveOracleFinds_OverGeneratedTexts) {
  std::size_t found = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    Generator generator(seed);
    const auto patterns = generator.patterns(25);
    const TermScanner scanner(patterns);
    const Oracle oracle(patterns);
    for (int i = 0; i < 40; ++i) {
      const std::string folded = fold(generator.text(40));
      std::vector<TermHit> hits;
      scanner.scan(folded, hits);
      found += hits.size();
      ASSERT_EQ(hits, oracle.scan(folded)) << "seed " << seed << " text " << folded;
    }
  }
  EXPECT_GT(found, 10000U);
}

// The hits of scan_lists(), each list as its terms.
std::vector<TermHit> scan_lists(const TermScanner& scanner, std::string_view folded) {
  TextWords words;
  words.read(folded);
  std::vector<TermHit> lists;
  scanner.scan_lists(folded, words.all(), lists);
  std::vector<TermHit> hits;
  std::vector<ListedTerm> terms;
  for (const TermHit& hit : lists) {
    if (!TermScanner::is_list(hit.id)) {
      hits.push_back(hit);
      continue;
    }
    const std::uint32_t number = hit.id - TermScanner::kFirstList;
    scanner.read_list(number, terms);
    for (const ListedTerm& term : terms) {
      const std::uint32_t end = hit.begin + term.bytes;
      hits.push_back({term.id, hit.begin, end, scanner.is_han_list(number) ? end : hit.word_end});
    }
  }
  std::sort(hits.begin(), hits.end(), is_before);
  return hits;
}

TEST(TermScanner, TellsTheSameByLists_OverGeneratedTexts) {
  std::size_t found = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    Generator generator(seed);
    const TermScanner scanner(generator.patterns(25));
    for (int i = 0; i < 40; ++i) {
      const std::string folded = fold(generator.text(40));
      std::vector<TermHit> hits;
      scanner.scan(folded, hits);
      found += hits.size();
      ASSERT_EQ(hits, scan_lists(scanner, folded)) << "seed " << seed << " text " << folded;
    }
  }
  EXPECT_GT(found, 10000U);
}

TEST(TermScanner, ListsTheTermsOfAWord_LongestFirst) {
  const TermScanner scanner(std::vector<TermPattern>{
      {1, "riot", Anchor::kStem}, {2, "riots", Anchor::kWord}, {3, "riots in", Anchor::kWord}});
  TextWords words;
  const std::string_view text = "riots in";
  words.read(text);
  std::vector<TermHit> hits;
  scanner.scan_lists(text, words.all(), hits);
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0], (TermHit{3, 0, 8, 8}));
  ASSERT_TRUE(TermScanner::is_list(hits[1].id));
  std::vector<ListedTerm> terms;
  scanner.read_list(hits[1].id - TermScanner::kFirstList, terms);
  ASSERT_EQ(terms.size(), 2U);
  EXPECT_EQ(terms[0].id, 2U);
  EXPECT_EQ(terms[1].id, 1U);
}

}  // namespace
}  // namespace steppe
