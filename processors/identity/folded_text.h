#pragma once
// Text as change detection sees it: case, white space and invisible characters do not count.

#include <string>
#include <string_view>

namespace steppe {

/// Appends `text` in lower case (Latin, Greek, Cyrillic, full width), runs of white space as one
/// space, none at the ends, soft hyphens and zero-width characters left out.
/// Invalid UTF-8 is taken byte for byte.
void append_folded(std::string& out, std::string_view text);

std::string folded(std::string_view text);

}  // namespace steppe
