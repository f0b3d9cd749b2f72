#include "processors/figures/figure_finder.h"

#include <algorithm>

#include "processors/figures/figure_binder.h"

namespace steppe {
namespace {

constexpr std::size_t kMostTogether = 64;  // numbers of one sentence that are held together

}  // namespace

void find_figures(const AnnotatedText& text, std::span<const Quantity> quantities,
                  std::vector<FoundFigure>& out) {
  out.clear();
  FigureBinder binder(text, out);
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < text.sentences().size(); ++i) {
    const Sentence& sentence = text.sentences()[i];
    const std::size_t first = next;
    while (next < quantities.size() && quantities[next].number_first < sentence.last) ++next;
    for (std::size_t at = first; at < next; at += kMostTogether) {
      binder.bind(i, quantities.subspan(at, std::min(kMostTogether, next - at)));
    }
  }
}

}  // namespace steppe
