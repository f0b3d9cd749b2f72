#pragma once
// How the three texts share one 64-bit hash, so that the remembered hash alone tells what changed.

#include <cstdint>

#include "core/item.h"

namespace steppe {

/// Bits of a text field in a content hash: title 20, summary 22, body 22 (lowest).
std::uint64_t content_mask(TextField field);

std::uint64_t pack_content(const Item& item);

}  // namespace steppe
