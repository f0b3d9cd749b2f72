#pragma once
// One pass over the HTML of a page: its metadata, its JSON-LD, and what is left for the tree.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steppe {

struct PageSource {
  std::string html;  // known tags and text only: no scripts, forms, pictures, formatting
  std::vector<std::string> json_ld;                        // as written
  std::vector<std::pair<std::string, std::string>> metas;  // name or property in lower case, value
  std::string title;

  /// The first value of that name, "" when there is none.
  std::string_view meta(std::string_view name) const;
};

/// `html` must be UTF-8. Linear time. What is left nests at most 256 deep, has at most 200,000 tags
/// and no element that a browser would reopen in every paragraph, so that a tree can be built in
/// bounded time; what is over a bound is left out.
PageSource read_page_source(std::string_view html);

/// The charset that a <meta> near the beginning declares, "" when none does.
std::string declared_charset(std::string_view html);

}  // namespace steppe
