#pragma once
// Everything read from one item before it becomes record objects.

#include <array>
#include <chrono>
#include <map>
#include <span>
#include <string>

#include "core/feed.h"
#include "core/item.h"
#include "processors/claims/attribution.h"
#include "processors/claims/passage.h"
#include "processors/claims/record_numbers.h"
#include "processors/places/place_resolver.h"

namespace steppe {

inline constexpr std::size_t kMostPassages = 3;  // title, summary, body

/// One thread at a time; read_item() again to reuse its memory. Not copied: attributors point into
/// the passages.
struct Reading {
  Reading() = default;
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  std::span<Passage> passages;        // those that are not empty
  std::span<Attributor> attributors;  // one a passage
  std::chrono::sys_days reference{};  // publication day in `zone`
  std::string zone;                   // IANA name or "UTC"
  bool dated = false;                 // the publication day is known
  std::string focus_country;          // place key of the country the item is about; empty: none
  std::map<std::uint32_t, std::chrono::sys_days> statement_days;  // by actor: when it spoke

  // Of places, actors and groups of the profile among the places and actors of the record.
  RecordNumbers place_records;
  RecordNumbers actor_records;
  RecordNumbers group_records;

  PlaceResolver resolver;
  std::array<Passage, kMostPassages> passages_kept;
  std::array<Attributor, kMostPassages> attributors_kept;
};

/// Reads all fields of `item`.
void read_item(const Item& item, const Feed& feed, const Lexicon& lexicon, Reading& reading);

/// The date in a sentence that says when a report was made ("said on Monday"), or null.
const DateMention* statement_date(const Passage& passage, std::uint32_t sentence,
                                  std::uint32_t cue_first, std::uint32_t cue_last);

}  // namespace steppe
