#include "processors/clean/make_item.h"

#include <algorithm>
#include <utility>

#include "core/utf8.h"
#include "processors/clean/boilerplate.h"
#include "processors/clean/html_to_text.h"
#include "processors/clean/urls.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxTitle = 1024;
constexpr std::size_t kMaxSummary = 64 * 1024;
constexpr std::size_t kMaxBody = 256 * 1024;
constexpr std::size_t kShortText = 600;
constexpr std::size_t kLongSummary = 1500;

std::string to_text(const std::string& html, std::size_t max_bytes) {
  if (html.empty()) return {};
  std::string text = html_to_text(html, max_bytes);
  cut_boilerplate(text);
  return text;
}

std::string first_paragraph(const std::string& text) {
  const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
  if (line.size() <= kShortText) return std::string(line);
  const std::string_view cut = truncate_utf8(line, kShortText);
  const std::size_t space = cut.rfind(' ');
  return std::string(cut.substr(0, space == cut.npos ? cut.size() : space));
}

void place_single_text(Item& item, std::string text, bool came_as_summary) {
  const bool one_paragraph = text.find('\n') == text.npos;
  const bool short_text = (text.size() <= kShortText && one_paragraph) ||
                          (came_as_summary && text.size() < kLongSummary);
  if (short_text) {
    item.summary = std::move(text);
  } else {
    item.summary = first_paragraph(text);
    item.body = std::move(text);
  }
}

void place_texts(Item& item, const ParsedItem& parsed) {
  std::string summary = to_text(parsed.summary, parsed.content.empty() ? kMaxBody : kMaxSummary);
  std::string body = to_text(parsed.content, kMaxBody);
  if (summary.empty() || body.empty()) {
    const bool as_summary = body.empty();
    place_single_text(item, as_summary ? std::move(summary) : std::move(body), as_summary);
    return;
  }
  item.summary = std::move(summary);
  if (body != item.summary) item.body = std::move(body);
}

bool is_plausible(Instant at, Instant fetched_at) {
  constexpr Instant kEarliest = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};
  return at >= kEarliest && at <= fetched_at + std::chrono::hours{24};
}

void place_dates(Item& item, const ParsedItem& parsed, Instant fetched_at) {
  const auto& source = parsed.published ? parsed.published : parsed.updated;
  if (source && is_plausible(source->value, fetched_at)) {
    item.published = PublishedAt{source->value, source->zone, "feed"};
  }
  if (parsed.updated && is_plausible(parsed.updated->value, fetched_at)) {
    item.updated = parsed.updated->value;
  }
}

std::string declared_language(const ParsedItem& parsed, const ParsedFeed& document,
                              const Feed& feed) {
  if (!parsed.language.empty()) return parsed.language;
  return document.language.empty() ? feed.lang.str() : document.language;
}

std::vector<std::string> media_of(ParsedItem& parsed) {
  std::vector<std::string> media = std::move(parsed.media);
  for (Enclosure& enclosure : parsed.enclosures) media.push_back(std::move(enclosure.url));
  std::vector<std::string> unique;
  for (std::string& url : media) {
    const bool known = std::find(unique.begin(), unique.end(), url) != unique.end();
    if (is_web_url(url) && !known) unique.push_back(std::move(url));
  }
  return unique;
}

}  // namespace

Item make_item(ParsedItem&& parsed, const ParsedFeed& document, const Feed& feed,
               Instant fetched_at) {
  Item item;
  item.title = clean_line(parsed.title, kMaxTitle);
  place_texts(item, parsed);
  item.guid = std::move(parsed.id);
  if (is_web_url(parsed.original_link)) {
    item.url = std::move(parsed.original_link);
  } else if (is_web_url(parsed.link)) {
    item.url = std::move(parsed.link);
  }
  if (!item.url.empty()) item.canonical_url = canonical_url(item.url);
  item.lang.declared = declared_language(parsed, document, feed);
  item.authors = std::move(parsed.authors);
  item.categories = std::move(parsed.categories);
  item.media = media_of(parsed);
  place_dates(item, parsed, fetched_at);
  return item;
}

}  // namespace steppe
