#include "processors/encode/credentials.h"

#include <algorithm>

namespace steppe {

std::string without_credentials(const std::string& url) {
  const std::size_t authority = url.find("://");
  if (authority == std::string::npos) return url;
  const std::size_t start = authority + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", start), url.size());
  const std::size_t at = url.substr(start, end - start).rfind('@');
  return at == std::string::npos ? url : url.substr(0, start) + url.substr(start + at + 1);
}

}  // namespace steppe
