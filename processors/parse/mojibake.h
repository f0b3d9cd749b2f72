#pragma once
// Text that was decoded wrongly before it got into the feed.

#include <string>

namespace steppe {

/// Undoes UTF-8 that was read as windows-1252 or Latin-1 and encoded again: only when every
/// character outside ASCII is such a byte and the bytes are UTF-8. True when it did.
bool undo_double_encoding(std::string& text);

/// Gives the control characters 128..159 the meaning they have in windows-1252.
void name_stray_controls(std::string& text);

}  // namespace steppe
