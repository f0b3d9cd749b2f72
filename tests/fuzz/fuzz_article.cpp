// Article pages: valid, bounded text, and none where the page allows none.

#include "core/check.h"
#include "core/utf8.h"
#include "processors/article/article_page.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string page(steppe::fuzz_text(data, size));
  const steppe::ArticlePage read = steppe::read_article_page(
      page, {.content_type = "text/html", .url = "https://example.org/news/1"});
  STEPPE_CHECK(steppe::is_valid_utf8(read.text) && steppe::is_valid_utf8(read.headline));
  STEPPE_CHECK(read.text.empty() == (read.source == steppe::TextSource::kFeed));
  const steppe::PageRights& rights = read.rights;
  const bool open = !rights.tdm_reserved && !rights.no_copy && !rights.not_free;
  STEPPE_CHECK(open || read.text.empty());
  // Markup decodes to at most what it was, and a list item begins with two bytes of ours.
  STEPPE_CHECK(read.text.size() <= 3 * page.size() + 16);
  return 0;
}
