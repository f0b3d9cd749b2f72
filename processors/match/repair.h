#pragma once
// One way of writing for texts that were typed, scanned or disguised in another.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

/// True when repair_into() may change `text` (valid UTF-8); false for nearly every text.
bool needs_repair(std::string_view text);

/// Writes `text` (valid UTF-8) to `out` as SearchText describes, and to `origins` the byte of
/// `text` that each byte of `out`, and its end, comes from.
void repair_into(std::string_view text, std::string& out, std::vector<std::uint32_t>& origins);

}  // namespace steppe
