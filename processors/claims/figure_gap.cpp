#include "processors/claims/figure_gap.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::uint32_t kCommaCost = 4;  // half words

}  // namespace

std::uint32_t gap(const AnnotatedText& text, std::uint32_t a_first, std::uint32_t a_last,
                  std::uint32_t b_first, std::uint32_t b_last) {
  if (b_last <= a_first) return gap(text, b_first, b_last, a_first, a_last);
  if (a_last > b_first) return 0;
  const auto& tokens = text.tokens();
  std::uint32_t cost = tokens[b_first].position - tokens[a_last - 1].position;
  for (std::uint32_t at = a_last; at < b_first; ++at) {
    if (tokens[at].punctuation == ',') cost += kCommaCost;
    if (tokens[at].punctuation == ';') cost += kStopCost;
  }
  return cost;
}

std::uint32_t gap_to_figure(const AnnotatedText& text, std::uint32_t first, std::uint32_t last,
                            const FoundFigure& figure) {
  const Quantity& quantity = figure.quantity;
  const std::uint32_t number = gap(text, first, last, quantity.number_first, quantity.number_last);
  if (figure.trigger_first == figure.trigger_last) return number;
  return std::min(number, gap(text, first, last, figure.trigger_first, figure.trigger_last));
}

}  // namespace steppe
