#include "processors/parse/discover.h"

#include <algorithm>
#include <array>

#include "processors/clean/html_tokenizer.h"
#include "processors/clean/urls.h"
#include "processors/parse/xml_text.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxFeeds = 100;

bool is_feed_type(std::string_view type) {
  constexpr std::array<std::string_view, 8> kTypes = {
      "application/rss+xml", "application/atom+xml",   "application/feed+json",
      "application/rdf+xml", "application/x.atom+xml", "application/x-atom+xml",
      "text/rss+xml",        "application/x-rss+xml"};
  type = trimmed(type.substr(0, type.find(';')));
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

// Types that may be a feed when the address says so too.
bool is_general_type(std::string_view type) {
  return type == "text/xml" || type == "application/xml" || type == "application/json";
}

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    list = trimmed(list);
    std::size_t end = 0;
    while (end < list.size() && !is_html_space(list[end])) ++end;
    if (equals_ignoring_case(list.substr(0, end), word)) return true;
    list.remove_prefix(end);
  }
  return false;
}

bool looks_like_feed(std::string_view url) {
  constexpr std::array<std::string_view, 9> kMarks = {
      "/rss",    "/feed",    "/atom",
      ".rss",    ".rdf",     ".atom",
      "rss.xml", "feed.xml", "feeds.feedburner.com/"};
  const std::string lower = lower_ascii(url.substr(0, url.find('#')));
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return lower.find(mark) != std::string::npos; });
}

/// Collects what one page names.
class Finder {
 public:
  explicit Finder(std::string_view base_url) : base_(base_url) {}

  std::vector<DiscoveredFeed> run(std::string_view html) {
    HtmlTokenizer tokenizer(html);
    HtmlToken token;
    while (feeds_.size() < kMaxFeeds && tokenizer.next(token)) {
      if (token.kind != HtmlToken::Kind::kStartTag) continue;
      if (equals_ignoring_case(token.text, "base")) base(token.attributes);
      if (equals_ignoring_case(token.text, "link")) link(token.attributes);
      if (equals_ignoring_case(token.text, "a")) anchor(token.attributes);
    }
    return feeds_.empty() ? std::move(anchors_) : std::move(feeds_);
  }

 private:
  void base(std::string_view attributes) {
    const std::string reference = attribute_value(attributes, "href");
    if (!based_ && !reference.empty()) base_ = absolute_link(base_, reference);
    based_ = based_ || !reference.empty();
  }

  void link(std::string_view attributes) {
    const std::string rel = attribute_value(attributes, "rel");
    const std::string type = lower_ascii(attribute_value(attributes, "type"));
    const std::string href = attribute_value(attributes, "href");
    const bool alternate = has_word(rel, "alternate") || has_word(rel, "feed");
    const bool feed = is_feed_type(type) || (is_general_type(type) && looks_like_feed(href)) ||
                      (has_word(rel, "feed") && type.empty());
    const bool page = is_general_type(type) && href.find("wp-json") != std::string::npos;
    if (alternate && feed && !page) add(feeds_, href, attribute_value(attributes, "title"), type);
  }

  void anchor(std::string_view attributes) {
    const std::string href = attribute_value(attributes, "href");
    if (anchors_.size() < kMaxFeeds && looks_like_feed(href)) add(anchors_, href, "", "");
  }

  void add(std::vector<DiscoveredFeed>& list, std::string_view href, std::string title,
           std::string type) {
    std::string url = absolute_link(base_, href);
    const bool known = std::any_of(list.begin(), list.end(),
                                   [&](const DiscoveredFeed& feed) { return feed.url == url; });
    if (!url.empty() && !known) {
      list.push_back({std::move(url), html_line(title), std::move(type)});
    }
  }

  std::string base_;
  bool based_ = false;
  std::vector<DiscoveredFeed> feeds_;
  std::vector<DiscoveredFeed> anchors_;
};

}  // namespace

std::vector<DiscoveredFeed> discover_feeds(std::string_view html, std::string_view base_url) {
  return Finder(base_url).run(html);
}

}  // namespace steppe
