#include "connectors/http_feed/robots.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace steppe {
namespace {

constexpr std::chrono::milliseconds kLongestDelay = std::chrono::minutes{1};
constexpr std::size_t kMaxRules = 10'000;
constexpr std::size_t kMaxPatternBytes = 2000;
constexpr std::size_t kMaxSteps = 20'000'000;  // of one question

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

// One notation for all: unreserved bytes plain, bytes beyond ASCII and other escapes as %XX.
std::string normal(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  const auto escape = [&](unsigned char byte) {
    out += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool escaped = byte == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
                         hex_value(text[at + 2]) >= 0;
    if (escaped) {
      const auto value =
          static_cast<unsigned char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
      is_unreserved(value) ? out += static_cast<char>(value) : (escape(value), out);
      at += 2;
    } else if (byte <= ' ' || byte >= 0x7f) {
      escape(byte);
    } else {
      out += text[at];
    }
  }
  return out;
}

// Greedy with one point to fall back to: a later "*" makes the earlier ones final. Takes its steps
// from `budget`; matches when there are none left.
bool matches(std::string_view pattern, std::string_view target, std::size_t& budget) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t tried = 0;
  while (budget > 0) {
    --budget;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      tried = t;
    } else if (p == pattern.size() && (!anchored || t == target.size())) {
      return true;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && tried < target.size()) {
      p = star + 1;
      t = ++tried;
    } else {
      return false;
    }
  }
  return true;
}

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
    const auto end = std::min(text.find_first_of("\n\r"), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = trimmed(line.substr(0, colon));
    if (!key.empty()) return {key, trimmed(line.substr(colon + 1))};
  }
  return {};
}

// The token a group names ends where no token character follows ("Steppewatch/1.0" names us).
bool names(std::string_view value, std::string_view product) {
  const auto end = std::ranges::find_if_not(value, [](char c) {
    const char l = lower(c);
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
        if (rules.rules_.size() < kMaxRules) rules.rules_.push_back({normal(line.value), allow});
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
  const std::string wanted = normal(target);
  std::size_t budget = kMaxSteps;
  for (const Rule& rule : rules_) {
    if (matches(rule.pattern, wanted, budget)) return rule.allow && budget > 0;
  }
  return true;
}

std::size_t RobotsRules::bytes() const {
  std::size_t total = sizeof *this;
  for (const Rule& rule : rules_) total += sizeof rule + rule.pattern.size();
  return total;
}

}  // namespace steppe
