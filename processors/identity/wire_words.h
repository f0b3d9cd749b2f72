#pragma once
// What news wires write around a text: correction markers in titles, credits in date lines.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.h"
#include "core/item.h"

namespace steppe {

/// The words of config/wire.toml; all texts folded (folded_text.h).
struct WireTables {
  struct Form {
    std::string text;
    std::string means;
  };
  /// What stands around a credited name; a suffix may begin with "*": within the next few words.
  struct Frame {
    std::string prefix;
    std::string suffix;
  };
  std::vector<std::string> kinds;  // gravest first
  std::vector<Form> markers;
  std::vector<Form> openings;
  std::vector<std::string> separators;
  std::vector<Frame> brackets;
  std::vector<Form> names;
  std::vector<Frame> start, lead, tail;
  std::size_t lead_bytes = 240;
  std::size_t tail_bytes = 120;
};

/// Reads the words; every fault of the file goes to `problems`, then nothing is returned.
std::optional<WireTables> load_wire_tables(std::string_view toml, const std::string& file,
                                           Problems& problems);

/// Immutable.
class WireWords {
 public:
  explicit WireWords(WireTables tables);

  /// Sets `wire_marker` and `credit` of an item from its texts and authors.
  void annotate(Item& item) const;

  /// "corrected", "withdrawn", "update" or "repeat"; empty when the title carries no marker.
  /// Of several ("CORRECTED-UPDATE 2-...") the gravest counts.
  std::string marker_of(std::string_view title) const;

  /// The agency a text credits in its date line, at its end or among its authors, by its usual
  /// name; empty when none. A source that is only cited is no credit.
  std::string credit_of(const Item& item) const;

 private:
  std::string credit_in(const Item& item, std::string_view opening) const;
  void add_names_in(std::string_view folded, std::vector<std::uint32_t>& names) const;

  WireTables tables_;
  std::array<std::vector<std::uint32_t>, 1024>
      names_by_start_;  // indices, by their first two bytes
};

}  // namespace steppe
