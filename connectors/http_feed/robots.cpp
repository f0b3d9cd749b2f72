#include "connectors/http_feed/robots.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "connectors/http_feed/field_text.h"
#include "connectors/http_feed/path_pattern.h"

namespace steppe {
namespace {

constexpr std::chrono::milliseconds kLongestDelay = std::chrono::minutes{1};
constexpr std::size_t kMaxRules = 10'000;
constexpr std::size_t kMaxPatternBytes = 2000;

std::chrono::milliseconds delay_of(std::string_view text) {
  double secs = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), secs);
  if (parsed.ec != std::errc{} || !(secs > 0)) return {};
  const double limit = static_cast<double>(kLongestDelay.count());
  return std::chrono::milliseconds{static_cast<std::int64_t>(std::min(secs * 1000, limit))};
}

struct Line {
  std::string_view key;
  std::string_view value;
};

// The next line with a key, "key" empty at the end.
Line next_line(std::string_view& text) {
  while (!text.empty()) {
    const auto is_end = [](char c) { return c == '\n' || c == '\r'; };
    const auto end =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_end) - text.begin());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = without_blanks(line.substr(0, colon));
    if (!key.empty()) return {key, without_blanks(line.substr(colon + 1))};
  }
  return {};
}

// The token a group names ends where no token character follows ("Steppewatch/1.0" names us).
bool names(std::string_view value, std::string_view product) {
  const auto end = std::ranges::find_if_not(value, [](char c) {
    const char l = lower_letter(c);
    return (l >= 'a' && l <= 'z') || c == '-' || c == '_';
  });
  return equal_ignoring_case(value.substr(0, static_cast<std::size_t>(end - value.begin())),
                             product);
}

}  // namespace

RobotsRules RobotsRules::read(std::string_view text, std::string_view product) {
  text = text.substr(0, kMaxRobotsBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  RobotsRules own;
  RobotsRules others;
  bool named = false;    // a group for us was seen
  bool for_us = false;   // the group being read
  bool for_all = false;  // likewise
  bool in_header = false;
  const auto each = [&](const auto& change) {
    if (for_us) change(own);
    if (for_all) change(others);
  };
  for (Line line = next_line(text); !line.key.empty(); line = next_line(text)) {
    if (equal_ignoring_case(line.key, "user-agent")) {
      if (!in_header) for_us = for_all = false;
      in_header = true;
      for_us = for_us || names(line.value, product);
      for_all = for_all || line.value.starts_with('*');
      named = named || for_us;
      continue;
    }
    const bool allow = equal_ignoring_case(line.key, "allow");
    if (allow || equal_ignoring_case(line.key, "disallow")) {
      in_header = false;
      if (line.value.empty() || line.value.size() > kMaxPatternBytes) continue;
      each([&](RobotsRules& rules) {
        if (rules.rules_.size() < kMaxRules)
          rules.rules_.push_back({normal_path(line.value), allow});
      });
    } else if (equal_ignoring_case(line.key, "crawl-delay")) {
      in_header = false;
      each([&](RobotsRules& rules) { rules.crawl_delay_ = delay_of(line.value); });
    }
  }
  RobotsRules& found = named ? own : others;
  std::ranges::stable_sort(found.rules_, [](const Rule& a, const Rule& b) {
    return std::pair(a.pattern.size(), a.allow) > std::pair(b.pattern.size(), b.allow);
  });
  return std::move(found);
}

// The longest pattern comes first, so the first match decides. A file made to cost time forbids.
bool RobotsRules::allows(std::string_view target) const {
  if (rules_.empty() || target == "/robots.txt") return true;
  const std::string wanted = normal_path(target);
  std::size_t budget = kMaxPatternSteps;
  for (const Rule& rule : rules_) {
    if (matches_path(rule.pattern, wanted, budget)) return rule.allow && budget > 0;
  }
  return true;
}

std::size_t RobotsRules::bytes() const {
  std::size_t total = sizeof *this;
  for (const Rule& rule : rules_) total += sizeof rule + rule.pattern.size();
  return total;
}

}  // namespace steppe
