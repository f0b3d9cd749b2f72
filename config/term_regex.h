#pragma once
// A free regular expression as a term of a profile.

#include <string>

namespace steppe {

/// Hyperscan's flags for every term regex: start of match, UTF-8 with Unicode classes.
unsigned term_regex_flags();

/// Why `regex` (without its slashes) is no term; empty when it is. It is compiled as a matcher
/// compiles it. Source: Hyperscan, a subset of PCRE without look-around and back references.
std::string term_regex_fault(const std::string& regex);

}  // namespace steppe
