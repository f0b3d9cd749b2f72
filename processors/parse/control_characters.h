#pragma once
// Characters that XML 1.0 forbids.

#include <cstddef>
#include <string>

namespace steppe {

/// Removes control characters below 32 except tab, line feed and carriage return; returns how many.
/// Source: XML 1.0 §2.2.
std::size_t remove_control_characters(std::string& text);

}  // namespace steppe
