// Reads lines "<language> TAB <number in words> TAB <the same in digits>" and tells how many pairs
// read as the same number. For corpora that may be measured with but not shipped.

#include <cstdio>
#include <iostream>
#include <optional>
#include <string>

#include "processors/figures/quantity_reader.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace {

/// The first number of `text`, upper end of a range; nothing when there is none.
std::optional<double> first_number(const std::string& text, const std::string& language) {
  steppe::AnnotatedText annotated;
  annotated.annotate(text, steppe::profile_language(language));
  steppe::QuantityReader reader(annotated);
  for (std::uint32_t token = 0; token < annotated.size(); ++token) {
    if (const auto quantity = reader.read(token, annotated.size())) {
      return quantity->value ? quantity->value : quantity->vague_value;
    }
  }
  return {};
}

}  // namespace

int main() {
  std::size_t pairs = 0;
  std::size_t same = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string language = line.substr(0, first);
    const auto words = first_number(line.substr(first + 1, second - first - 1), language);
    const auto digits = first_number(line.substr(second + 1), language);
    ++pairs;
    if (words && words == digits) {
      ++same;
    } else {
      std::printf("%s\t%g\t%g\n", line.c_str(), words.value_or(-1), digits.value_or(-1));
    }
  }
  std::printf("%zu of %zu pairs agree\n", same, pairs);
  return 0;
}
