#include "processors/language/cyrillic.h"

#include <algorithm>
#include <iterator>
namespace steppe {
namespace {

constexpr std::size_t kCounted = 6;      // languages whose letters were counted: ru kk ky uk be bg
constexpr std::uint8_t kForeign = 99;    // a letter the language does not have
constexpr std::uint8_t kOwnLetter = 38;  // a letter peculiar to a language that was not counted
constexpr std::uint16_t kForeignCost = 150;

// Tenths of -ln(frequency) in news and literary text, in the order of kCyrillicLanguages.
struct Letter {
  char16_t code_point;
  std::array<std::uint8_t, kCounted> cost;
};
constexpr Letter kLetters[] = {
    {0x0430, {25, 21, 21, 25, 18, 21}}, {0x0431, {41, 37, 37, 41, 40, 41}},
    {0x0432, {31, 60, 54, 29, 35, 31}}, {0x0433, {39, 45, 36, 41, 40, 42}},
    {0x0434, {35, 31, 31, 34, 34, 33}}, {0x0435, {26, 26, 31, 30, 33, 24}},
    {0x0436, {49, 39, 43, 47, 50, 50}}, {0x0437, {41, 41, 41, 38, 37, 38}},
    {0x0438, {25, 43, 31, 28, 94, 24}}, {0x0439, {41, 42, 44, 45, 48, 53}},
    {0x043A, {33, 36, 27, 32, 32, 35}}, {0x043B, {32, 30, 29, 33, 33, 34}},
    {0x043C, {35, 34, 35, 35, 35, 37}}, {0x043D, {27, 27, 26, 27, 27, 26}},
    {0x043E, {23, 36, 33, 24, 36, 24}}, {0x043F, {36, 42, 46, 36, 36, 35}},
    {0x0440, {29, 29, 28, 30, 29, 30}}, {0x0441, {29, 32, 35, 32, 31, 29}},
    {0x0442, {29, 28, 27, 29, 33, 26}}, {0x0443, {38, 41, 31, 34, 34, 43}},
    {0x0444, {53, 72, 62, 59, 54, 58}}, {0x0445, {46, 62, 77, 45, 45, 52}},
    {0x0446, {50, 66, 60, 47, 37, 50}}, {0x0447, {44, 85, 45, 44, 43, 44}},
    {0x0448, {52, 43, 40, 50, 47, 52}}, {0x0449, {58, 99, 99, 54, 99, 50}},
    {0x044A, {80, 99, 90, 99, 99, 40}}, {0x044B, {40, 25, 27, 99, 31, 99}},
    {0x044C, {44, 76, 70, 41, 41, 83}}, {0x044D, {59, 70, 51, 99, 42, 99}},
    {0x044E, {50, 81, 61, 48, 52, 67}}, {0x044F, {40, 57, 50, 38, 34, 40}},
    {0x0451, {62, 91, 95, 99, 56, 99}}, {0x04D9, {99, 50, 99, 99, 99, 99}},
    {0x0493, {99, 41, 99, 99, 99, 99}}, {0x049B, {99, 35, 99, 99, 99, 99}},
    {0x04A3, {99, 42, 58, 99, 99, 99}}, {0x04E9, {99, 47, 38, 99, 99, 99}},
    {0x04B1, {99, 47, 99, 99, 99, 99}}, {0x04AF, {99, 47, 36, 99, 99, 99}},
    {0x04BB, {99, 91, 99, 99, 99, 99}}, {0x0456, {99, 29, 99, 28, 29, 99}},
    {0x045E, {99, 99, 99, 99, 39, 99}}, {0x0454, {99, 99, 99, 51, 99, 99}},
    {0x0457, {99, 99, 99, 49, 99, 99}}, {0x0491, {99, 99, 99, 83, 99, 99}},
};

// How seldom a language is met here, in tenths of nats.
constexpr std::array<std::uint32_t, kCyrillicLanguages.size()> kRarity = {
    0, 0, 15, 15, 25, 50, 15, 15, 30, 40, 30, 30, 40};

// The others: letters of their own, and Russian letters they lack.
struct Alphabet {
  std::u16string_view own;
  std::u16string_view lacks;
};
constexpr std::array<Alphabet, kCyrillicLanguages.size() - kCounted> kAlphabets = {{
    {u"\u0493\u04E3\u049B\u04EF\u04B3\u04B7", u"\u044B\u0449\u0446\u044C"},  // tg
    {u"\u045E\u049B\u0493\u04B3", u"\u044B\u0449"},                          // uz
    {u"\u04D9\u0497\u04A3\u04E9\u04AF\u04BB", u"\u0449"},                    // tt
    {u"\u04E9\u04AF", u"\u0449"},                                            // mn
    {u"\u0452\u0458\u0459\u045A\u045B\u045F",
     u"\u044B\u044D\u0449\u044A\u0439\u044C\u044E\u044F"},  // sr
    {u"\u0453\u0455\u0458\u0459\u045A\u045C\u045F",
     u"\u044B\u044D\u0449\u044A\u0439\u044C\u044E\u044F"},  // mk
    {u"\u04CF", u"\u0449"},                                 // ce
}};

constexpr char16_t lower(char16_t c) {
  if (c >= 0x410 && c <= 0x42F) return static_cast<char16_t>(c + 0x20);
  if (c <= 0x40F) return static_cast<char16_t>(c + 0x50);
  if (c == 0x4C0) return 0x4CF;
  if (c >= 0x460 && c % 2 == 0 && !(c >= 0x4C1 && c <= 0x4CF)) return static_cast<char16_t>(c + 1);
  return c;
}

const Letter* find_letter(char16_t c) {
  const Letter* const found = std::find_if(std::begin(kLetters), std::end(kLetters),
                                           [c](const Letter& one) { return one.code_point == c; });
  return found == std::end(kLetters) ? nullptr : found;
}

std::uint16_t mean_cost(const Letter& letter) {
  std::uint32_t sum = 0;
  std::uint32_t count = 0;
  for (const std::uint8_t cost : letter.cost) {
    if (cost == kForeign) continue;
    sum += cost;
    ++count;
  }
  return count == 0 ? kForeignCost : static_cast<std::uint16_t>(sum / count);
}

bool is_russian(char16_t c) {
  return (c >= 0x430 && c <= 0x44F) || c == 0x451;
}

std::uint16_t alphabet_cost(const Alphabet& alphabet, char16_t c, const Letter* letter) {
  if (alphabet.own.find(c) != std::u16string_view::npos) return kOwnLetter;
  if (alphabet.lacks.find(c) != std::u16string_view::npos) return kForeignCost;
  return letter != nullptr && is_russian(c) ? mean_cost(*letter) : kForeignCost;
}

constexpr char16_t kFirst = 0x400;
constexpr std::size_t kRowCount = 0x530 - kFirst;
constexpr std::size_t kLanes = 16;  // languages, padded so that a row is added at once
using Row = std::array<std::uint16_t, kLanes>;

Row row_of(char16_t c) {
  Row row{};
  const Letter* const letter = find_letter(lower(c));
  for (std::size_t i = 0; i < kCyrillicLanguages.size(); ++i) {
    if (i >= kCounted) {
      row[i] = alphabet_cost(kAlphabets[i - kCounted], lower(c), letter);
    } else {
      const bool has = letter != nullptr && letter->cost[i] != kForeign;
      row[i] = has ? letter->cost[i] : kForeignCost;
    }
  }
  return row;
}

const std::array<Row, kRowCount>& rows() {
  static const std::array<Row, kRowCount> table = [] {
    std::array<Row, kRowCount> made{};
    for (std::size_t i = 0; i < kRowCount; ++i) made[i] = row_of(static_cast<char16_t>(kFirst + i));
    return made;
  }();
  return table;
}

}  // namespace

CyrillicCosts cyrillic_costs(std::string_view text) {
  const std::array<Row, kRowCount>& table = rows();
  Row sum{};
  std::uint32_t letters = 0;
  // The block U+0400..U+052F in UTF-8: a lead byte D0 to D4 and one more.
  for (std::size_t at = 0; at + 1 < text.size() && letters < kMaxCyrillicLetters; ++at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0xD0 || lead > 0xD4) continue;
    const std::size_t index =
        (std::size_t{lead - 0xD0U} << 6) | (static_cast<unsigned char>(text[at + 1]) & 0x3F);
    if (index >= kRowCount) continue;
    ++letters;
    ++at;
    for (std::size_t i = 0; i < kLanes; ++i) {
      sum[i] = static_cast<std::uint16_t>(sum[i] + table[index][i]);
    }
  }
  CyrillicCosts costs{kRarity, letters};
  for (std::size_t i = 0; i < kCyrillicLanguages.size(); ++i) costs.cost[i] += sum[i];
  return costs;
}

}  // namespace steppe
