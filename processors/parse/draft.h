#pragma once
// A channel or an item while it is being read: every field keeps its best source so far.

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/parsed_feed.h"

namespace steppe {

/// Fields that several elements can fill; the one with the lowest rank wins, the first on a tie.
enum class Slot : std::uint8_t {
  kId,
  kTitle,
  kLink,
  kSummary,
  kContent,
  kPublished,
  kUpdated,
  kComments,
  kSourceTitle,
  kSourceUrl,
  kLanguage,
  kImage,
  kSelf,
  kHub,
  kTtl,
  kUpdatePeriod,
  kUpdateFrequency,
  kPreviousPage,
  kGenerator,
  kCount
};

using Rank = std::uint8_t;

struct Draft {
  explicit Draft(ParsedItem& target) : item(target) {
    ranks.fill(std::numeric_limits<Rank>::max());
  }

  ParsedItem& item;  // of a channel: summary is its description
  std::string ttl;
  std::string update_period, update_frequency;
  std::vector<std::string> skip_hours, skip_days;
  std::string previous_page;
  std::string generator;
  std::string self;
  std::string hub;
  std::string image;
  std::string_view summary_element;      // which element of the tree the summary came from
  std::vector<Person> fallback_authors;  // used when there is no better one

  bool wants(Slot slot, Rank rank) const { return rank < ranks[static_cast<std::size_t>(slot)]; }

  /// True when `value` was taken.
  bool offer(Slot slot, Rank rank, std::string& field, std::string value) {
    if (!wants(slot, rank) || value.empty()) return false;
    field = std::move(value);
    ranks[static_cast<std::size_t>(slot)] = rank;
    return true;
  }
  bool offer(Slot slot, Rank rank, std::optional<FeedDate>& field, std::optional<FeedDate> value) {
    if (!wants(slot, rank) || !value) return false;
    field = std::move(value);
    ranks[static_cast<std::size_t>(slot)] = rank;
    return true;
  }

  std::array<Rank, static_cast<std::size_t>(Slot::kCount)> ranks{};
};

}  // namespace steppe
