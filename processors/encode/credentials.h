#pragma once
// Addresses as consumers may see them.

#include <string>

namespace steppe {

/// `url` without "user:password@".
std::string without_credentials(const std::string& url);

}  // namespace steppe
