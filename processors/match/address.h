#pragma once
// The words of an article's address: outlets write its headline there.

#include <string>
#include <string_view>

namespace steppe {

/// The path of `url` as words between spaces, percent-decoded, at most kMaxAddressBytes; empty when
/// there is none. What does not decode to UTF-8 is left out. Any thread.
std::string words_of_address(std::string_view url);

inline constexpr std::size_t kMaxAddressBytes = 500;

}  // namespace steppe
