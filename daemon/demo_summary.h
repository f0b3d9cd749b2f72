#pragma once
// What the demo ends with: the stories, their claims and what became of them, from the published
// records alone.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/record_fields.h"

namespace steppe {

/// One thread at a time.
class DemoSummary {
 public:
  /// Takes one envelope line, as published.
  void take(std::string_view line);

  /// Several lines of text, for a terminal.
  std::string text() const;

 private:
  struct Claim {
    std::string story, figure, status, cause, cause_item;
  };
  struct Story {
    std::string head, titles, figures;
  };
  void take_item(const JsonObject& value);
  void take_claim(const JsonObject& value);
  void take_story(const JsonObject& value);
  std::string claims_of(const std::string& story) const;
  std::string late_repeats() const;

  std::map<std::string, std::size_t> counts_;     // records by topic
  std::map<std::string, std::string> outlets_;    // who published an item
  std::map<std::string, std::string> retracted_;  // figures that arrived so, by item id
  std::map<std::string, Story> stories_;          // newest snapshot by story id
  std::map<std::string, Claim> claims_;           // newest event by claim id
  std::vector<std::string> claim_order_;
};

}  // namespace steppe
