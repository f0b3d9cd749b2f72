#include "daemon/polling/older_page.h"

#include <string_view>

#include "daemon/polling/host_book.h"

namespace steppe {
namespace {

bool made_by_wordpress(std::string_view generator) {
  return generator.find("wordpress.org/") != std::string_view::npos ||
         generator.find("WordPress") != std::string_view::npos;
}

// The feed itself is page 1. Source: WordPress query variable "paged".
std::string wordpress_page(const std::string& asked, std::uint32_t page) {
  constexpr std::string_view kName = "paged=";
  const std::size_t fragment = asked.find('#');
  std::string url = asked.substr(0, fragment);
  const std::string number = std::to_string(page + 2);
  const std::size_t query = url.find('?');
  if (query == std::string::npos) return url + "?paged=" + number;
  const std::size_t at = url.find(kName, query);
  if (at == std::string::npos) return url + "&paged=" + number;
  const std::size_t end = url.find('&', at);
  return url.substr(0, at + kName.size()) + number +
         (end == std::string::npos ? "" : url.substr(end));
}

}  // namespace

std::string older_page_of(const ParsedFeed& feed, const std::string& asked, std::uint32_t page) {
  std::string url = feed.previous_page;
  if (url.empty() && made_by_wordpress(feed.generator)) url = wordpress_page(asked, page);
  const bool same_host = !url.empty() && host_of(url) == host_of(asked);
  return same_host && url != asked ? url : std::string();
}

}  // namespace steppe
