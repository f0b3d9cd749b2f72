#include "processors/article/article_page.h"

#include <algorithm>
#include <optional>

#include "processors/article/json_ld.h"
#include "processors/article/main_text.h"
#include "processors/article/page_source.h"
#include "processors/article/page_tree.h"
#include "processors/article/rights.h"
#include "processors/clean/html_to_text.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/parse/charset.h"
#include "processors/parse/dates.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxTextBytes = 256U << 10;
constexpr std::size_t kMaxLineBytes = 1024;
constexpr std::size_t kLeastBodyUnits = 200;

// An articleBody that is much shorter than the page's own text is a teaser of it.
constexpr double kWholeBody = 0.6;

std::string utf8_of(std::string_view body, const std::string& content_type) {
  std::string type = content_type;
  if (charset_parameter(type).empty()) {
    const std::string declared = declared_charset(body);
    if (!declared.empty()) type = "text/html; charset=" + declared;
  }
  DecodedText decoded = decode_text(body, type);
  return std::move(decoded.text);
}

// Plain text mostly, now and then with markup in it.
bool has_markup(std::string_view text) {
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const char after = at + 1 < text.size() ? text[at + 1] : '\0';
    if (is_ascii_letter(after) || after == '/') return true;
  }
  const std::size_t reference = text.find('&');
  return reference != text.npos && text.find(';', reference) < reference + 10;
}

std::string plain(std::string_view text, std::size_t max_bytes) {
  return has_markup(text) ? html_to_text(text, max_bytes) : clean_text(text, max_bytes);
}

void take_names(const JsonLdArticle& article, const PageHints& hints, ArticlePage& page) {
  page.headline = html_to_line(article.headline, kMaxLineBytes);
  page.published = parse_date(article.published, hints.timezone);
  page.modified = parse_date(article.modified, hints.timezone);
  for (const std::string& name : article.authors)
    page.authors.push_back({.name = html_to_line(name, kMaxLineBytes), .email = {}, .uri = {}});
  page.rights.not_free = page.rights.not_free || article.not_free;
}

void take_metas(const PageSource& source, const PageHints& hints, ArticlePage& page) {
  if (page.headline.empty()) page.headline = clean_line(source.meta("og:title"), kMaxLineBytes);
  if (page.headline.empty()) page.headline = clean_line(source.title, kMaxLineBytes);
  for (const char* name : {"article:published_time", "datepublished"}) {
    if (!page.published) page.published = parse_date(source.meta(name), hints.timezone);
  }
  for (const char* name : {"article:modified_time", "datemodified"}) {
    if (!page.modified) page.modified = parse_date(source.meta(name), hints.timezone);
  }
  const std::string_view author = source.meta("author");
  if (page.authors.empty() && !author.empty() && !author.starts_with("http"))
    page.authors.push_back({.name = clean_line(author, kMaxLineBytes), .email = {}, .uri = {}});
}

void take_text(const PageSource& source, const std::optional<JsonLdArticle>& article,
               ArticlePage& page) {
  std::string described = article ? plain(article->body, kMaxTextBytes) : std::string{};
  std::string shown = main_text(page_tree(source.html));
  const std::size_t described_units = reading_units(described);
  const auto shown_units = static_cast<double>(reading_units(shown));
  const bool whole = described_units >= kLeastBodyUnits &&
                     static_cast<double>(described_units) >= kWholeBody * shown_units;
  page.text = whole ? std::move(described) : std::move(shown);
  if (page.text.empty()) return;
  page.source = whole ? TextSource::kPageJsonLd : TextSource::kPageDensity;
}

}  // namespace

ArticlePage read_article_page(std::string_view body, const PageHints& hints) {
  const std::string html = utf8_of(body, hints.content_type);
  const PageSource source = read_page_source(html);
  const auto article = read_json_ld(source.json_ld, hints.url);
  ArticlePage page;
  read_rights(hints.headers, source, page.rights);
  if (article) take_names(*article, hints, page);
  take_metas(source, hints, page);
  const PageRights& rights = page.rights;
  if (!rights.tdm_reserved && !rights.no_copy && !rights.not_free) take_text(source, article, page);
  return page;
}

}  // namespace steppe
