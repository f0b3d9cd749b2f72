#include "connectors/http_feed/tdm_rules.h"

#include <simdjson.h>

#include <cstdint>
#include <utility>

#include "connectors/http_feed/path_pattern.h"

namespace steppe {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMaxRules = 10'000;
constexpr std::size_t kMaxPatternBytes = 2000;
constexpr std::size_t kMaxDepth = 8;
constexpr std::size_t kLeastCapacity = 64;

// 1, and "1" or true by those who did not read the specification.
bool says_reserved(const dom::element& value) {
  std::int64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number == 1;
  bool flag = false;
  if (value.get(flag) == simdjson::SUCCESS) return flag;
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS && text == "1";
}

}  // namespace

TdmRules TdmRules::read(std::string_view text) {
  TdmRules found;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  dom::parser parser;
  if (parser.allocate(std::max(text.size(), kLeastCapacity), kMaxDepth) != simdjson::SUCCESS)
    return found;
  dom::array list;
  if (parser.parse(text.data(), text.size()).get(list) != simdjson::SUCCESS) return found;
  for (const dom::element one : list) {
    dom::element reservation;
    std::string_view location;
    const bool whole = one["location"].get(location) == simdjson::SUCCESS &&
                       one["tdm-reservation"].get(reservation) == simdjson::SUCCESS;
    if (!whole || location.empty() || location.size() > kMaxPatternBytes) continue;
    if (found.rules_.size() >= kMaxRules) break;
    found.rules_.push_back({normal_path(location), says_reserved(reservation)});
  }
  return found;
}

// A file made to cost time reserves.
bool TdmRules::reserves(std::string_view target) const {
  if (rules_.empty()) return false;
  const std::string wanted = normal_path(target);
  std::size_t budget = kMaxPatternSteps;
  for (const Rule& rule : rules_) {
    if (matches_path(rule.pattern, wanted, budget)) return rule.reserved || budget == 0;
  }
  return false;
}

std::size_t TdmRules::bytes() const {
  std::size_t total = sizeof *this;
  for (const Rule& rule : rules_) total += sizeof rule + rule.pattern.size();
  return total;
}

}  // namespace steppe
