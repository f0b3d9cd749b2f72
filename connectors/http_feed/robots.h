#pragma once
// robots.txt: what a site lets our robot ask for. Pure.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

/// What of a robots.txt is read at most. Source: RFC 9309 2.5.
inline constexpr std::size_t kMaxRobotsBytes = 500U << 10;

/// The rules of one robots.txt for one robot. Immutable after reading, any thread.
class RobotsRules {
 public:
  /// Rules that allow everything.
  RobotsRules() = default;

  /// Reads the groups for `product` (a product token, compared without case; several groups count
  /// as one), else those for "*". Never fails: lines that make no sense are passed over.
  /// Source: RFC 9309 2.1, 2.2.
  static RobotsRules read(std::string_view text, std::string_view product);

  /// Whether `target` (path and query, as sent) may be asked for: the longest matching pattern
  /// decides, allow wins a tie; "*" stands for any bytes, "$" for the end. Percent-encoded bytes
  /// compare equal to themselves in whatever notation. Linear in target times pattern.
  bool allows(std::string_view target) const;

  /// Crawl-delay, at most a minute; zero: none given.
  std::chrono::milliseconds crawl_delay() const { return crawl_delay_; }

  /// Memory held, about.
  std::size_t bytes() const;

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
  std::chrono::milliseconds crawl_delay_{0};
};

}  // namespace steppe
