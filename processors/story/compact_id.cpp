#include "processors/story/compact_id.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr unsigned char kPacked = 0xFF;
constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuv";
constexpr std::size_t kIdLength = 27;

}  // namespace

// 26 digits of 5 bits hold 130: the first digit carries the top 3 bits.
CompactId::CompactId(const ItemId& id) {
  const std::string& text = id.str();
  if (text.size() < bytes_.size()) {
    bytes_[0] = static_cast<unsigned char>(text.size());
    std::copy(text.begin(), text.end(), bytes_.begin() + 1);
    return;
  }
  if (text.size() != kIdLength) return;
  std::array<unsigned char, 18> packed{kPacked, static_cast<unsigned char>(text[0])};
  unsigned buffer = 0;
  int bits = -2;
  std::size_t out = 2;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const std::size_t digit = kDigits.find(text[i]);
    if (digit == std::string_view::npos || (i == 1 && digit > 7)) return;
    buffer = (buffer << 5U) | static_cast<unsigned>(digit);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    packed[out++] = static_cast<unsigned char>(buffer >> static_cast<unsigned>(bits));
    buffer &= (1U << static_cast<unsigned>(bits)) - 1;
  }
  bytes_ = packed;
}

ItemId CompactId::unpacked() const {
  if (bytes_[0] != kPacked) {
    return ItemId(std::string(bytes_.begin() + 1, bytes_.begin() + 1 + bytes_[0]));
  }
  std::string text(1, static_cast<char>(bytes_[1]));
  unsigned buffer = 0;
  unsigned bits = 2;
  for (std::size_t i = 2; i < bytes_.size(); ++i) {
    buffer = (buffer << 8U) | bytes_[i];
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text.push_back(kDigits[(buffer >> bits) & 31U]);
    }
    buffer &= (1U << bits) - 1;
  }
  return ItemId(std::move(text));
}

std::uint32_t NameTable::number(std::string_view name) {
  auto found = numbers_.find(name);
  if (found == numbers_.end()) {
    found = numbers_.emplace(name, static_cast<std::uint32_t>(names_.size())).first;
    names_.push_back(&found->first);
  }
  return found->second;
}

}  // namespace steppe
