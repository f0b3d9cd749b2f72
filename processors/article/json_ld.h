#pragma once
// The article that the JSON-LD of a page describes.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

struct JsonLdArticle {
  std::string body;  // articleBody as written, maybe HTML
  std::string headline;
  std::string published, modified;  // as written
  std::vector<std::string> authors;
  bool not_free = false;  // isAccessibleForFree is false, for all of it or a part
};

/// The article among the objects of all scripts, wherever they nest (@graph, arrays, mainEntity):
/// the one whose address is `url`, else the one with the longest body. Articles are NewsArticle,
/// Article, BlogPosting and their kin. Nothing when there is none. Raw line breaks in strings are
/// forgiven; a script that is no JSON otherwise is left out. Bounded in depth and objects.
/// Source: schema.org Article, isAccessibleForFree; Google, "Structured data for subscription and
/// paywalled content".
std::optional<JsonLdArticle> read_json_ld(const std::vector<std::string>& scripts,
                                          std::string_view url);

}  // namespace steppe
