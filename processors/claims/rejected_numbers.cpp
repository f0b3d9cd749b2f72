#include "processors/claims/rejected_numbers.h"

#include <algorithm>
#include <string>

namespace steppe {
namespace {

bool holds(const Figure& figure, const Evidence& number) {
  return std::any_of(figure.evidence.begin(), figure.evidence.end(), [&](const Evidence& words) {
    return words.field == number.field && words.byte_start < number.byte_end &&
           number.byte_start < words.byte_end;
  });
}

}  // namespace

std::vector<RejectedNumber> rejected_numbers(const Reading& reading,
                                             std::span<const Figure> figures) {
  std::vector<RejectedNumber> found;
  for (const Passage& passage : reading.passages) {
    for (const Quantity& quantity : passage.quantities) {
      const Evidence number = evidence_of(passage, quantity.number_first, quantity.number_last);
      const bool figure = std::any_of(figures.begin(), figures.end(),
                                      [&](const Figure& each) { return holds(each, number); });
      if (!figure) found.push_back({number, std::string(to_string(quantity.reject))});
    }
    if (passage.quantities.size() == kMostQuantities) {
      const std::uint32_t last = passage.text.size();
      found.push_back({evidence_of(passage, last - 1, last), "of the text up to here the first " +
                                                                 std::to_string(kMostQuantities) +
                                                                 " numbers were read"});
    }
  }
  return found;
}

}  // namespace steppe
