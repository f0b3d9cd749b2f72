#include "processors/when/date_binding.h"

#include <algorithm>
#include <limits>

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kCommaCost = 5;
constexpr std::uint32_t kClauseCost = 8;
constexpr std::uint32_t kOpeningCost = 16;  // a comma before the date: it opens the next clause
constexpr std::uint32_t kTurnCost = 30;
constexpr std::uint32_t kTellingCost = 40;
constexpr std::uint32_t kCoarseCost = 6;  // a month, where a day is told as well
constexpr std::uint32_t kAsOfGain = 12;
constexpr std::uint32_t kTooFar = std::numeric_limits<std::uint32_t>::max();

constexpr std::chrono::days kWrongDay{31};  // how early a publication may be dated

/// Words may stand between a comma and the date that opens a clause: "..., as of Monday".
constexpr std::uint32_t kOpeningWords = 2;

constexpr std::size_t kMostBeside = 16;      // dates of a sentence on either side of the words
constexpr std::uint32_t kLongestWay = 1000;  // tokens

/// What lies between two ranges of tokens.
struct Way {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool date_first = false;
};

Way way_between(const DateMention& date, std::uint32_t first, std::uint32_t last) {
  if (date.last <= first) return {date.last, first, true};
  if (last <= date.first) return {last, date.first, false};
  return {first, first, true};
}

std::uint32_t count_clauses(const AnnotatedText& text, const Way& way) {
  const FrameWords& frames = text.lexicon().frames();
  const auto words = text.words_between(way.first, way.last);
  const auto clauses = std::count_if(words.begin(), words.end(), [&](const AroundWord& word) {
    return frames.meaning(word.id).role == FrameRole::kClause;
  });
  return static_cast<std::uint32_t>(clauses);
}

/// True when the date opens its sentence: it may date the whole of it.
bool opens(const AnnotatedText& text, const DateMention& date) {
  const Sentence& sentence = text.sentences()[text.sentence_of(date.first)];
  return date.first <= sentence.first + kOpeningWords;
}

/// The price of a turn between words and date; nothing when it parts them for good.
std::optional<std::uint32_t> turn_cost(const AnnotatedText& text, const Way& way,
                                       const DateMention& date, const Mark& turn) {
  const bool after = turn.detail == static_cast<std::uint8_t>(NumberSide::kAfter);
  // a clause that ends in a turn: who stands behind it has the date that opens the sentence
  if (after) return way.date_first && opens(text, date) ? 0 : kTurnCost;
  if (way.date_first) return {};  // "acquitted on Monday a man accused of shooting"
  return kTurnCost;
}

/// How far the date is from a range; kTooFar when something parts them.
std::uint32_t cost_to(const AnnotatedText& text, const DateMention& date, std::uint32_t first,
                      std::uint32_t last, bool alone) {
  const Way way = way_between(date, first, last);
  if (way.first == way.last) return 0;
  if (way.last - way.first > kLongestWay) return kTooFar;
  const auto& tokens = text.tokens();
  std::uint32_t cost = tokens[way.last].position - tokens[way.first].position;
  std::uint32_t last_comma = 0;
  for (std::uint32_t at = way.first; at < way.last; ++at) {
    const char mark = tokens[at].punctuation;
    if (mark == ';') return kTooFar;
    if (mark == ',' || (mark == '-' && !text.is_glued(at))) {
      cost += kCommaCost;
      last_comma = at + 1;
    }
    if (const Mark* turn = text.find(at, LexemeRole::kDateTurn)) {
      const auto price = turn_cost(text, way, date, *turn);
      if (!price) return kTooFar;
      cost += *price;
    }
  }
  if (alone) return cost;
  const bool opening =
      !way.date_first && last_comma > 0 && date.first - last_comma <= kOpeningWords;
  if (opening) cost += kOpeningCost;
  return cost + kClauseCost * count_clauses(text, way);
}

bool fits(const DateMention& date, const DateQuery& query) {
  if (!date.resolved || date.dateline || &date == query.except) return false;
  if (query.counts) {
    if (date.since) return false;
    // "this month" is no day for which a count holds
    if (date.grain != DateGrain::kDay && query.today && date.end >= *query.today) return false;
  }
  if (!query.today) return true;
  if (query.ahead) return date.end >= *query.today;
  if (date.start <= *query.today) return true;
  const bool certain = date.anchor == DateAnchor::kCalendar && !date.ahead;
  return certain && date.start <= *query.today + kWrongDay;
}

}  // namespace

std::span<const DateMention> dates_beside(const FoundDates& dates, std::uint32_t sentence,
                                          std::uint32_t token) {
  const std::span<const DateMention> here = dates.in(sentence);
  if (here.size() <= kMostBeside) return here;
  const auto behind = std::partition_point(
      here.begin(), here.end(), [&](const DateMention& date) { return date.first < token; });
  const auto before = static_cast<std::size_t>(behind - here.begin());
  const std::size_t first = before - std::min(before, kMostBeside);
  return here.subspan(first, std::min(before + kMostBeside, here.size()) - first);
}

bool dates_the_telling(const AnnotatedText& text, const DateMention& date) {
  if (date.as_of) return false;
  const Mark* before = text.find_before(date.first, LexemeRole::kSpeech);
  const bool word_before = date.first > 0 &&
                           text.tokens()[date.first - 1].kind != TokenKind::kPunctuation &&
                           text.tokens()[date.first - 1].kind != TokenKind::kLineEnd;
  if (before == nullptr && word_before) {
    before = text.find_before(date.first - 1, LexemeRole::kSpeech);  // "said on Monday"
  }
  return before != nullptr || text.find(date.last, LexemeRole::kSpeech) != nullptr;
}

const DateMention* date_in_sentence(const AnnotatedText& text, const FoundDates& dates,
                                    const DateQuery& query, bool telling) {
  const std::span<const DateMention> here = dates_beside(dates, query.sentence, query.first);
  const DateMention* best = nullptr;
  std::uint32_t best_cost = kTooFar;
  for (const DateMention& date : here) {
    if (!fits(date, query)) continue;
    const bool tells = dates_the_telling(text, date);
    if (tells && !telling) continue;
    std::uint32_t cost = cost_to(text, date, query.first, query.last, here.size() == 1);
    if (query.also_first < query.also_last) {
      cost =
          std::min(cost, cost_to(text, date, query.also_first, query.also_last, here.size() == 1));
    }
    if (cost == kTooFar) continue;
    if (tells) cost += kTellingCost;
    if (date.grain != DateGrain::kDay) cost += kCoarseCost;
    if (date.as_of && query.counts) cost -= std::min(cost, kAsOfGain);
    if (cost >= best_cost) continue;
    best = &date;
    best_cost = cost;
  }
  return best;
}

const DateMention* date_in_paragraph(const AnnotatedText& text, const FoundDates& dates,
                                     const DateQuery& query, std::uint32_t reach) {
  for (std::uint32_t back = 1; back <= reach && back <= query.sentence; ++back) {
    const std::uint32_t sentence = query.sentence - back;
    if (text.opens_paragraph(sentence + 1)) break;
    const DateMention* best = nullptr;
    for (const DateMention& date : dates.in(sentence)) {
      if (date.since || !fits(date, query)) continue;
      if (query.counts && date.grain != DateGrain::kDay) continue;
      if (query.today && date.start > *query.today) continue;
      if (best != nullptr && dates_the_telling(text, date)) continue;
      best = &date;
    }
    if (best != nullptr) return best;
  }
  return nullptr;
}

}  // namespace steppe
