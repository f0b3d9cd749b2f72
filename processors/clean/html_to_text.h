#pragma once
// HTML to the plain text a reader would see.

#include <cstddef>
#include <string>
#include <string_view>

namespace steppe {

/// Plain text of `html`: references decoded (also the double-escaped ones), scripts, styles and
/// comments dropped, runs of white space one space, a "\n" where a block, paragraph, row or <br>
/// ends, list items begin with "* ", <pre> keeps its line breaks. Control, zero-width and
/// direction characters are dropped. No leading or trailing white space.
/// At most `max_bytes`, cut at a code point. `html` must be UTF-8. Linear time, no recursion.
std::string html_to_text(std::string_view html, std::size_t max_bytes);

/// One line of plain text for titles: as html_to_text, but line breaks are spaces too.
/// Text without markup keeps its '<' and '&'.
std::string html_to_line(std::string_view html, std::size_t max_bytes);

/// Collapses white space to single spaces and drops invisible characters; decodes nothing.
std::string clean_line(std::string_view text, std::size_t max_bytes);

/// Cleans plain text that is no HTML; line breaks stay, other white space collapses.
std::string clean_text(std::string_view text, std::size_t max_bytes);

}  // namespace steppe
