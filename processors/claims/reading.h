#pragma once
// Everything read from one item before it becomes record objects.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/feed.h"
#include "core/item.h"
#include "processors/claims/attribution.h"
#include "processors/claims/passage.h"

namespace steppe {

/// One thread at a time. Not copied: attributors point into the passages.
struct Reading {
  Reading() = default;
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  std::vector<Passage> passages;        // title, summary, body: those that are not empty
  std::vector<Attributor> attributors;  // one a passage
  std::chrono::sys_days reference{};    // publication day in `zone`
  std::string zone;                     // IANA name or "UTC"
  bool dated = false;                   // the publication day is known
  std::string focus_country;            // place key of the country the item is about; empty: none
  std::map<std::uint32_t, std::chrono::sys_days> statement_days;  // by actor: when it spoke
};

/// Reads all fields of `item`.
void read_item(const Item& item, const Feed& feed, const Lexicon& lexicon, Reading& reading);

/// The date in a sentence that says when a report was made ("said on Monday"), or null.
const DateMention* statement_date(const Passage& passage, std::uint32_t sentence,
                                  std::uint32_t cue_first, std::uint32_t cue_last);

}  // namespace steppe
