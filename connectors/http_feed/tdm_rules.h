#pragma once
// /.well-known/tdmrep.json: for which paths a site reserves text and data mining. Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

inline constexpr std::string_view kTdmRulesPath = "/.well-known/tdmrep.json";

/// The rules of one file. Immutable after reading, any thread.
class TdmRules {
 public:
  /// Rules that reserve nothing.
  TdmRules() = default;

  /// Reads [{"location": pattern, "tdm-reservation": 0 or 1}, ...]. Never fails: what makes no
  /// sense is passed over. Source: W3C TDM Reservation Protocol 2024-05, "TDM File on the Origin
  /// Server".
  static TdmRules read(std::string_view text);

  /// Whether `target` (path and query, as sent) is reserved: the first matching pattern decides.
  bool reserves(std::string_view target) const;

  /// Memory held, about.
  std::size_t bytes() const;

 private:
  struct Rule {
    std::string pattern;
    bool reserved = false;
  };
  std::vector<Rule> rules_;
};

}  // namespace steppe
