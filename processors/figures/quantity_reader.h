#pragma once
// Reads one quantity at one token. Part of find_quantities().

#include <optional>
#include <string_view>

#include "processors/figures/number_reader.h"
#include "processors/figures/quantity.h"

namespace steppe {

/// One thread at a time.
class QuantityReader {
 public:
  explicit QuantityReader(const AnnotatedText& text) : text_(text), numbers_(text) {}

  /// The quantity whose number begins at `token` and ends before `limit`; nothing when there is
  /// none.
  std::optional<Quantity> read(std::uint32_t token, std::uint32_t limit);

 private:
  std::optional<Quantity> read_vague(std::uint32_t token) const;
  std::optional<NumberSpan> read_range_end(const NumberSpan& low);
  std::optional<NumberSpan> read_neighbour(const NumberSpan& low) const;
  void read_prefix(Quantity& quantity) const;
  void read_suffix(Quantity& quantity) const;
  void read_bounds(Quantity& quantity) const;
  const Mark* read_bound_after(Quantity& quantity, std::uint32_t token) const;
  void read_unit(Quantity& quantity) const;
  bool take_unit_at(Quantity& quantity, std::uint32_t token, std::uint32_t distance) const;
  void extend_unit(Quantity& quantity) const;
  void apply_bound(Quantity& quantity, NumberBound bound) const;
  void check_year(Quantity& quantity, const NumberSpan& number) const;
  void check_age(Quantity& quantity, const NumberSpan& number) const;
  void check_clock(Quantity& quantity) const;
  std::string_view text_before(std::uint32_t token) const;

  const AnnotatedText& text_;
  NumberReader numbers_;
};

}  // namespace steppe
