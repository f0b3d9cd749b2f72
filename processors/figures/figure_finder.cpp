#include "processors/figures/figure_finder.h"

#include "processors/figures/figure_binder.h"

namespace steppe {

void find_figures(const AnnotatedText& text, std::span<const Quantity> quantities,
                  std::vector<FoundFigure>& out) {
  out.clear();
  FigureBinder binder(text, out);
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < text.sentences().size(); ++i) {
    const Sentence& sentence = text.sentences()[i];
    const std::size_t first = next;
    while (next < quantities.size() && quantities[next].number_first < sentence.last) ++next;
    if (next > first) binder.bind(i, quantities.subspan(first, next - first));
  }
}

}  // namespace steppe
