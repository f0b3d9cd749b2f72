#include "processors/article/json_ld.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/utf8.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/clean/urls.h"

namespace steppe {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxObjects = 5000;
constexpr std::size_t kMaxBodyBytes = 512U << 10;
constexpr std::size_t kMaxHeadlineBytes = 2000;
constexpr std::size_t kMaxDateBytes = 100;
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxAuthors = 20;
constexpr std::size_t kMaxCapacity = 2U << 20;

// Line breaks and tabs inside strings are forbidden and frequent; outside they are blanks.
std::string without_controls(const std::string& script) {
  std::string text = script;
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  // Wrapped in a comment or CDATA section, as XHTML has it.
  const std::size_t begin = text.find_first_of("{[");
  const bool wrapped = text.find("<![CDATA[") < begin || text.find("<!--") < begin;
  if (!wrapped) return text;
  const std::size_t cdata = text.find("<![CDATA[");
  const std::size_t start = cdata < begin ? text.find_first_of("{[", cdata + 9) : begin;
  const std::size_t end = text.find_last_of("}]");
  if (start == std::string::npos || end == std::string::npos || end < start) return {};
  std::string inner = text.substr(start, end - start + 1);
  if (inner.ends_with("]]")) inner.pop_back();
  return inner;
}

// "https://schema.org/NewsArticle" is "NewsArticle".
bool is_article_type(std::string_view type) {
  constexpr std::array<std::string_view, 12> kTypes = {"NewsArticle",
                                                       "Article",
                                                       "ReportageNewsArticle",
                                                       "AnalysisNewsArticle",
                                                       "AskPublicNewsArticle",
                                                       "BackgroundNewsArticle",
                                                       "OpinionNewsArticle",
                                                       "ReviewNewsArticle",
                                                       "BlogPosting",
                                                       "LiveBlogPosting",
                                                       "Report",
                                                       "SocialMediaPosting"};
  const std::size_t name = type.find_last_of("/#:");
  if (name != std::string_view::npos) type.remove_prefix(name + 1);
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::string_view text_at(const dom::object& object, std::string_view key) {
  std::string_view text;
  dom::element value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return {};
  dom::array list;
  if (value.get(list) == simdjson::SUCCESS && list.size() > 0) {
    if (list.at(0).get(value) != simdjson::SUCCESS) return {};
  }
  dom::object named;  // {"@value": ...}, {"@id": ...}
  if (value.get(named) == simdjson::SUCCESS) {
    for (const char* inner : {"@value", "@id", "url"}) {
      if (named.at_key(inner).get(text) == simdjson::SUCCESS) return text;
    }
    return {};
  }
  return value.get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

/// Calls `use` for the value, or for each of a list.
template <typename Use>
void each(const dom::object& object, std::string_view key, Use use) {
  dom::element value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return;
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return use(value);
  for (const dom::element one : list) use(one);
}

bool is_article(const dom::object& object) {
  bool found = false;
  each(object, "@type", [&found](const dom::element& value) {
    std::string_view type;
    found = found || (value.get(type) == simdjson::SUCCESS && is_article_type(type));
  });
  return found;
}

// false, "False", "http://schema.org/False".
bool is_closed(const dom::object& object) {
  dom::element value;
  if (object.at_key("isAccessibleForFree").get(value) != simdjson::SUCCESS) return false;
  bool free = true;
  if (value.get(free) == simdjson::SUCCESS) return !free;
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return false;
  const std::string lower = lower_ascii(text);
  return lower.ends_with("false") || lower == "no" || lower == "0";
}

bool is_at(const dom::object& object, const std::string& wanted) {
  if (wanted.empty()) return false;
  for (const char* key : {"url", "mainEntityOfPage", "@id"}) {
    const std::string_view address = text_at(object, key);
    if (!address.empty() && canonical_url(address) == wanted) return true;
  }
  return false;
}

void add_authors(const dom::object& object, std::vector<std::string>& authors) {
  each(object, "author", [&authors](const dom::element& value) {
    std::string_view name;
    dom::object person;
    if (value.get(person) == simdjson::SUCCESS) {
      name = text_at(person, "name");
    } else if (value.get(name) != simdjson::SUCCESS) {
      return;
    }
    const bool known = std::find(authors.begin(), authors.end(), name) != authors.end();
    if (!name.empty() && name.size() <= kMaxNameBytes && !known && authors.size() < kMaxAuthors)
      authors.emplace_back(name);
  });
}

JsonLdArticle article_of(const dom::object& object) {
  JsonLdArticle article;
  article.body = truncate_utf8(text_at(object, "articleBody"), kMaxBodyBytes);
  article.headline = truncate_utf8(text_at(object, "headline"), kMaxHeadlineBytes);
  if (article.headline.empty())
    article.headline = truncate_utf8(text_at(object, "name"), kMaxHeadlineBytes);
  article.published = truncate_utf8(text_at(object, "datePublished"), kMaxDateBytes);
  article.modified = truncate_utf8(text_at(object, "dateModified"), kMaxDateBytes);
  add_authors(object, article.authors);
  article.not_free = is_closed(object);
  each(object, "hasPart", [&article](const dom::element& part) {
    dom::object inner;
    if (part.get(inner) == simdjson::SUCCESS) article.not_free |= is_closed(inner);
  });
  return article;
}

/// The best article so far.
class Finder {
 public:
  explicit Finder(std::string_view url) : wanted_(url.empty() ? "" : canonical_url(url)) {}

  void look(const dom::element& root) {
    std::vector<dom::element> open{root};
    while (!open.empty() && objects_ < kMaxObjects) {
      const dom::element element = open.back();
      open.pop_back();
      ++objects_;
      dom::array list;
      if (element.get(list) == simdjson::SUCCESS) {
        push_reversed(list, open);
        continue;
      }
      dom::object object;
      if (element.get(object) != simdjson::SUCCESS) continue;
      if (is_article(object)) take(object);
      for (const char* key : {"mainEntity", "mainEntityOfPage", "@graph"}) {
        dom::element inner;
        if (object.at_key(key).get(inner) == simdjson::SUCCESS) open.push_back(inner);
      }
    }
  }

  std::optional<JsonLdArticle> result() { return std::move(best_); }

 private:
  static void push_reversed(const dom::array& list, std::vector<dom::element>& open) {
    const std::size_t first = open.size();
    for (const dom::element one : list) {
      if (open.size() - first >= kMaxObjects) break;
      open.push_back(one);
    }
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
  }

  void take(const dom::object& object) {
    JsonLdArticle article = article_of(object);
    const bool here = is_at(object, wanted_);
    const bool better =
        !best_ || std::pair(here, article.body.size()) > std::pair(best_here_, best_->body.size());
    if (!better) return;
    best_ = std::move(article);
    best_here_ = here;
  }

  std::string wanted_;
  std::optional<JsonLdArticle> best_;
  bool best_here_ = false;
  std::size_t objects_ = 0;
};

}  // namespace

std::optional<JsonLdArticle> read_json_ld(const std::vector<std::string>& scripts,
                                          std::string_view url) {
  Finder finder(url);
  dom::parser parser(kMaxCapacity);
  for (const std::string& script : scripts) {
    const std::string text = without_controls(script);
    if (parser.allocate(std::max<std::size_t>(text.size(), 64), kMaxDepth) != simdjson::SUCCESS)
      continue;
    dom::element root;
    if (parser.parse(text).get(root) == simdjson::SUCCESS) finder.look(root);
  }
  return finder.result();
}

}  // namespace steppe
