#include "processors/identity/content_bits.h"

#include "core/hash.h"
#include "processors/identity/folded_text.h"

namespace steppe {

std::uint64_t content_mask(TextField field) {
  switch (field) {
    case TextField::kTitle: return 0xFFFFF00000000000U;
    case TextField::kSummary: return 0x00000FFFFFC00000U;
    case TextField::kBody: return 0x00000000003FFFFFU;
  }
  return 0;
}

// The slot of an empty text holds bits of the whole, so that a title alone still fills 64 bits.
std::uint64_t pack_content(const Item& item) {
  std::string all;
  all.reserve(item.title.size() + item.summary.size() + item.body.size() + 2);
  std::uint64_t hash = 0;
  std::uint64_t empty_mask = 0;
  for (const TextField field : {TextField::kTitle, TextField::kSummary, TextField::kBody}) {
    const std::size_t start = all.size();
    append_folded(all, text_of(item, field));
    const std::string_view text = std::string_view(all).substr(start);
    if (text.empty()) {
      empty_mask |= content_mask(field);
    } else {
      hash |= hash64(text) & content_mask(field);
    }
    all.push_back('\0');
  }
  return empty_mask == 0 ? hash : hash | (hash64(all) & empty_mask);
}

}  // namespace steppe
