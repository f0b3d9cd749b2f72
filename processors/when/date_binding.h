#pragma once
// Which date belongs to which words: the one home of that question, for figures and events alike.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "processors/annotate/annotated_text.h"
#include "processors/when/date_mention.h"

namespace steppe {

/// What asks for a date: half-open ranges of tokens in `sentence`. `also` is a second range that
/// tells the same (the verb of a figure); empty where there is none.
struct DateQuery {
  std::uint32_t sentence = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t also_first = 0;
  std::uint32_t also_last = 0;
  /// The words tell of a state: not as of the day since which it holds.
  bool counts = false;
  /// Days after this one do not fit, unless nothing tells them as to come: then this day is wrong.
  /// Where the words tell what is to come, those before it do not fit.
  std::optional<std::chrono::sys_days> today;
  bool ahead = false;
  const DateMention* except = nullptr;  // known to be another's
};

/// True when the date says when something was told: "said on Monday", "on Monday the ministry
/// announced".
bool dates_the_telling(const AnnotatedText& text, const DateMention& date);

/// The date of the query's sentence that belongs to its words, or null. It is the nearest one,
/// where commas and the beginnings of clauses count as distance; what a semicolon parts from the
/// words, or a turn to another time ("accused of"), is not theirs. `telling` says whether a date of
/// telling may serve when there is no other. Any thread.
const DateMention* date_in_sentence(const AnnotatedText& text, const FoundDates& dates,
                                    const DateQuery& query, bool telling);

/// The day at which the paragraph has arrived before the query's sentence, told at most `reach`
/// sentences before it, or null. Any thread.
const DateMention* date_in_paragraph(const AnnotatedText& text, const FoundDates& dates,
                                     const DateQuery& query, std::uint32_t reach);

/// Of the dates of a sentence the 16 before and the 16 behind a token, in order: what is farther
/// off has nothing to do with it, and a sentence of a thousand dates stays cheap.
std::span<const DateMention> dates_beside(const FoundDates& dates, std::uint32_t sentence,
                                          std::uint32_t token);

}  // namespace steppe
