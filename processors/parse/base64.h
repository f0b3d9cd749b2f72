#pragma once
#include <string>
#include <string_view>

namespace steppe {

/// Decodes base64, white space skipped; "" when it is none or the result is no UTF-8 text.
/// Source: RFC 4648 §4.
std::string base64_decode(std::string_view text);

}  // namespace steppe
