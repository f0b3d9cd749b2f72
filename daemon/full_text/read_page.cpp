#include "daemon/full_text/read_page.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/hash.h"
#include "core/utf8.h"
#include "daemon/full_text/page_ticket.h"
#include "daemon/full_text/same_subject.h"
#include "processors/article/article_page.h"
#include "processors/article/main_text.h"
#include "processors/clean/boilerplate.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/identity/identity.h"
#include "processors/parse/decode_body.h"
#include "processors/parse/detect.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxPageBytes = 4U << 20;  // decoded
constexpr double kSameTitle = 0.4;
constexpr double kSameSummary = 0.5;
constexpr std::size_t kLeastGain = 150;  // reading units
constexpr double kLeastGrowth = 1.15;
constexpr std::size_t kMaxSummaryBytes = 600;

// What may be different in a while.
bool may_pass(PollClass poll_class) {
  switch (poll_class) {
    case PollClass::kNameUnknown:
    case PollClass::kNotConnected:
    case PollClass::kTlsRefused:
    case PollClass::kTlsFailure:
    case PollClass::kProxyFailure:
    case PollClass::kTimeout:
    case PollClass::kTooSlow:
    case PollClass::kCutOff:
    case PollClass::kRobotsUnknown:
    case PollClass::kTruncated:
    case PollClass::kRateLimited:
    case PollClass::kUnavailable:
    case PollClass::kServerError: return true;
    default: return false;
  }
}

PageFinding no_answer(const FetchFailure& failure) {
  return {.outcome = std::string(to_string(failure.poll_class)),
          .try_later = may_pass(failure.poll_class)};
}

bool is_html(std::string_view content_type) {
  std::string type = lower_ascii(content_type.substr(0, content_type.find(';')));
  std::erase_if(type, [](char c) { return is_html_space(c); });
  return type.empty() || type == "text/html" || type == "application/xhtml+xml";
}

bool is_front_page(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return false;
  const std::size_t path = url.find('/', scheme + 3);
  return path == url.npos || path + 1 == url.size();
}

DocumentTrace trace_of(const Document& document) {
  DocumentTrace trace;
  trace.raw_sha256 = sha256_hex(document.body);
  trace.http_status = document.http_status;
  trace.format = "html";
  if (!document.url_chain.empty()) {
    trace.final_url = document.url_chain.back();
    trace.redirects.assign(document.url_chain.begin(), document.url_chain.end() - 1);
  }
  return trace;
}

bool is_about(const Item& item, const ArticlePage& page) {
  const std::string there = page.headline + "\n" + page.text;
  if (share_of_words(item.title, there) >= kSameTitle) return true;
  return !item.summary.empty() && share_of_words(item.summary, there) >= kSameSummary;
}

bool adds(const Item& item, const ArticlePage& page) {
  const std::size_t had = reading_units(item.body.empty() ? item.summary : item.body);
  const std::size_t has = reading_units(page.text);
  return has >= had + kLeastGain &&
         static_cast<double>(has) >= static_cast<double>(had) * kLeastGrowth;
}

std::string first_paragraph(const std::string& text) {
  return std::string(truncate_utf8(text.substr(0, text.find('\n')), kMaxSummaryBytes));
}

void put_text(Item& item, ArticlePage page, Instant fetched_at) {
  item.body = std::move(page.text);
  item.text_source = page.source;
  if (item.summary.empty()) item.summary = first_paragraph(item.body);
  if (item.authors.empty()) item.authors = std::move(page.authors);
  const auto plausible = [fetched_at](const std::optional<FeedDate>& date) {
    return date && date->value <= fetched_at + std::chrono::hours{24} && date->value > Instant{};
  };
  if (!item.published && plausible(page.published))
    item.published = PublishedAt{page.published->value, page.published->zone, "page"};
  if (!item.updated && plausible(page.modified)) item.updated = page.modified->value;
  item.content_hash = content_hash(item);
}

/// The match of the longer text, unless it would take back what was published.
bool rejudge(Item& item, const Match& before, const Feed& feed, const Chain& chain) {
  chain.enrich(item, feed);
  if (before.stage != "item") {
    item.match.stage = before.stage;
    item.match.reasons.insert(item.match.reasons.end(), before.reasons.begin(),
                              before.reasons.end());
  } else if (item.match.decision == Decision::kDrop) {
    return false;
  }
  item.match.decision = before.decision;
  item.match.score = std::max(item.match.score, before.score);
  item.match.drop_reason.clear();
  return true;
}

std::string_view forbidden_by(const PageRights& rights) {
  if (rights.tdm_reserved) return "tdm_reserved";
  if (rights.not_free) return "not_free";
  return rights.no_copy ? "no_copy" : "";
}

/// Reads one page for one item.
class PageReading {
 public:
  PageReading(const FetchOutcome& outcome, const Chain& chain)
      : outcome_(outcome), feed_(*outcome.request.feed), chain_(chain) {}

  PageFinding run(const Document& document, PageTicket ticket) {
    if (!is_html(document.content_type)) return end("not_html");
    if (!document.url_chain.empty() && is_front_page(document.url_chain.back()) &&
        !is_front_page(outcome_.request.asked_url()))
      return end("front_page");
    auto body = decode_body(document.body, document.content_encoding, kMaxPageBytes);
    if (!body) return end(body.error().code == Code::kTooLarge ? "too_large" : "bad_encoding");
    ArticlePage page = read_article_page(
        *body, {.content_type = document.content_type,
                .url = document.url_chain.empty() ? "" : document.url_chain.back(),
                .timezone = feed_.timezone,
                .headers = document.headers});
    Item& item = ticket.waiting.item;
    const std::string_view forbidden = forbidden_by(page.rights);
    if (!forbidden.empty()) return refused(forbidden, page.rights, std::move(ticket));
    cut_boilerplate(page.text);
    if (page.text.empty()) return end(page_without_text(*body));
    if (!is_about(item, page)) return end("other_subject");
    if (!adds(item, page)) return end("no_gain");
    put_text(item, std::move(page), outcome_.fetched_at);
    if (!rejudge(item, ticket.match, feed_, chain_)) return end("off_topic");
    return {.outcome = "text", .item = std::move(item)};
  }

 private:
  static PageFinding end(std::string_view outcome) { return {.outcome = std::string(outcome)}; }

  static std::string_view page_without_text(std::string_view html) {
    const std::string_view named = classify_page(html);
    return named == "html_page" ? "no_text" : named;
  }

  // What records say of the item's rights changes; its text stays.
  PageFinding refused(std::string_view outcome, const PageRights& rights, PageTicket ticket) {
    PageFinding finding = end(outcome);
    finding.tdm_reserved = rights.tdm_reserved;
    finding.not_free = rights.not_free;
    if (!rights.tdm_reserved && !rights.not_free) return finding;
    Item& item = ticket.waiting.item;
    if (rejudge(item, ticket.match, feed_, chain_)) finding.item = std::move(item);
    return finding;
  }

  const FetchOutcome& outcome_;
  const Feed& feed_;
  const Chain& chain_;
};

}  // namespace

void read_page(Digest& digest, const Chain& chain) {
  FetchOutcome& outcome = digest.outcome;
  if (const auto* failure = std::get_if<FetchFailure>(&outcome.result)) {
    digest.page = no_answer(*failure);
    return;
  }
  auto* document = std::get_if<Document>(&outcome.result);
  auto ticket = outcome.request.item ? read_ticket(*outcome.request.item) : std::nullopt;
  if (document == nullptr || !ticket) {
    digest.page = PageFinding{.outcome = "unknown"};
    return;
  }
  digest.page = PageReading(outcome, chain).run(*document, std::move(*ticket));
  if (digest.page->item) digest.trace = trace_of(*document);
  document->body = {};
}

}  // namespace steppe
