#include "processors/story/term_weights.h"

#include <cmath>

#include "core/packing.h"

namespace steppe {
namespace {

constexpr std::uint32_t kFadeAt = 65'536;
constexpr double kPriorItems = 20;  // so that the first items tell words apart by little only

}  // namespace

const float* TermWeights::logarithms() {
  static const std::vector<float> table = [] {
    std::vector<float> values(0x10000);
    for (std::size_t n = 0; n < values.size(); ++n)
      values[n] = static_cast<float>(std::log(static_cast<double>(n) + 0.5));
    return values;
  }();
  return table.data();
}

void TermWeights::add(const std::vector<StoryTerm>& terms) {
  for (const StoryTerm term : terms) {
    for (const std::size_t at : {first(term), second(term)}) {
      if (counters_[at] < 0xFFFF) ++counters_[at];
    }
  }
  if (++items_ >= kFadeAt) {
    for (std::uint16_t& counter : counters_) counter /= 2;
    items_ /= 2;
  }
  scale_ = scale_of(items_);
}

double TermWeights::scale_of(std::uint32_t items) {
  return 1 / std::log(items + kPriorItems);
}

std::string TermWeights::packed() const {
  Packer out;
  out.number(items_);
  std::uint64_t zeros = 0;
  for (const std::uint16_t counter : counters_) {
    if (counter == 0) {
      ++zeros;
      continue;
    }
    out.number(zeros).number(counter);
    zeros = 0;
  }
  return out.take();
}

bool TermWeights::unpack(std::string_view bytes) {
  Unpacker in(bytes);
  const std::uint64_t items = in.number();
  std::vector<std::uint16_t> counters(2 * kRow);
  std::size_t at = 0;
  while (in.ok() && !in.at_end()) {
    at += in.number();
    if (at >= counters.size()) return false;
    counters[at++] = static_cast<std::uint16_t>(in.number());
  }
  if (!in.ok() || items >= kFadeAt) return false;
  counters_ = std::move(counters);
  items_ = static_cast<std::uint32_t>(items);
  scale_ = scale_of(items_);
  return true;
}

}  // namespace steppe
