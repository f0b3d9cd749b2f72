#pragma once
// Closes JSON that was cut off.

#include <string>

namespace steppe {

/// Cuts `text` after the last object or array that was closed and closes what is still open.
/// False when nothing was ever closed. Linear; nesting over 512 levels gives false.
bool close_json(std::string& text);

}  // namespace steppe
