#pragma once
// Text from outside made safe to show: one line, no terminal tricks.

#include <cstddef>
#include <string>
#include <string_view>

namespace steppe {

/// `text` with control and direction-changing characters and invalid UTF-8 written as \xNN or
/// \u{NNNN}, cut to `max_bytes` ("..." marks the cut). For log lines, errors and terminals.
std::string printable(std::string_view text, std::size_t max_bytes = 300);

}  // namespace steppe
