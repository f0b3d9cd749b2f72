#include "tests/simulation/world.h"

#include <algorithm>

#include "daemon/polling/host_book.h"

namespace steppe::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

bool within(const std::vector<Span>& spans, Instant at) {
  return std::any_of(spans.begin(), spans.end(), [at](const Span& span) { return span.holds(at); });
}

std::string etag_of(const SimFeed& feed, std::size_t version) {
  switch (feed.honesty) {
    case Honesty::kNoValidators: return {};
    case Honesty::kSameEtag: return "\"always\"";
    default: return "\"" + std::to_string(version) + "\"";
  }
}

}  // namespace

std::size_t SimFeed::version(Instant at) const {
  return static_cast<std::size_t>(std::upper_bound(items.begin(), items.end(), at) - items.begin());
}

IdentityKey key_of(const SimFeed& feed, std::size_t item) {
  const std::uint64_t name = hash64(feed.feed->id.str());
  const std::uint64_t mixed = (name + item + 1) * 0x9E3779B97F4A7C15ULL;
  return {.rung = Rung::kGuid, .key = {.high = name, .low = mixed ^ (mixed >> 29U)}};
}

World::World(int feeds, int hosts, std::uint32_t seed) : random_(seed) {
  for (int i = 0; i < hosts; ++i) {
    hosts_.push_back({.name = "host" + std::to_string(i) + ".example"});
    make_troubles(hosts_.back());
  }
  for (int i = 0; i < feeds; ++i) {
    feeds_.push_back(make_feed(i));
    index_[feeds_.back().feed->id] = feeds_.size() - 1;
  }
}

Instant World::moment(double day) const {
  return start_ + Millis{static_cast<std::int64_t>(day * 24 * 3600 * 1000)};
}

// One host in five has outages, one in ten 429 storms; the last fifth is without any trouble.
void World::make_troubles(SimHost& host) {
  const double kind = uniform();
  if (kind < 0.2) {
    for (int i = 0; i < 4; ++i) {
      const Instant from = moment(1 + uniform() * (kDays - 3));
      host.outages.push_back({from, from + minutes{20 + static_cast<int>(uniform() * 2000)}});
    }
  } else if (kind < 0.3) {
    for (int i = 0; i < 3; ++i) {
      const Instant from = moment(1 + uniform() * (kDays - 3));
      host.storms.push_back({from, from + minutes{60 + static_cast<int>(uniform() * 600)}});
    }
    if (uniform() < 0.6) host.retry_after = minutes{10 + static_cast<int>(uniform() * 300)};
  }
}

SimFeed World::make_feed(int number) {
  auto configured = std::make_shared<Feed>();
  SimFeed feed;
  feed.host = static_cast<int>(uniform() * static_cast<double>(hosts_.size()));
  configured->id = FeedId("feed" + std::to_string(number));
  configured->url =
      "https://" + hosts_[static_cast<std::size_t>(feed.host)].name + "/" + std::to_string(number);
  constexpr const char* kCountries[] = {"KZ", "RU", "UZ", "KG"};
  configured->country = kCountries[number % 4];
  feed.feed = configured;
  feed.window = 10 + static_cast<std::size_t>(uniform() * 40);
  const double kind = uniform();
  if (kind < 0.06) {
    feed.honesty = Honesty::kNoValidators;
  } else if (kind < 0.09) {
    feed.honesty = Honesty::kStuck;
    feed.lies_from = moment(2 + uniform() * 10);
  } else if (kind < 0.12) {
    feed.honesty = Honesty::kSameEtag;
  } else if (kind < 0.14) {
    feed.honesty = Honesty::kFutureModified;
  } else {
    make_honest(feed, number);
  }
  make_items(feed);
  if (feed.honesty == Honesty::kStuck) feed.stuck_version = feed.version(feed.lies_from);
  return feed;
}

void World::make_honest(SimFeed& feed, int number) {
  const double kind = uniform();
  if (kind < 0.10) feed.max_age = minutes{1 + static_cast<int>(uniform() * 180)};
  if (kind > 0.10 && kind < 0.20) feed.hints.period = minutes{30 + 30 * (number % 4)};
  if (kind > 0.20 && kind < 0.23) feed.hints.skip_hours = 0x3FU;  // the night
  if (kind > 0.23 && kind < 0.25) feed.hints.skip_days = 1U;      // Sundays
  if (kind > 0.25 && kind < 0.32) {
    feed.moved_host = static_cast<int>(uniform() * static_cast<double>(hosts_.size()));
    feed.moves_at = moment(3 + uniform() * 15);
  }
  if (kind > 0.32 && kind < 0.34) feed.gone_at = moment(5 + uniform() * 20);
  if (kind > 0.34 && kind < 0.40) {
    const Instant from = moment(2 + uniform() * 25);
    feed.pages.push_back({from, from + minutes{30 + static_cast<int>(uniform() * 900)}});
  }
  feed.pinned = kind > 0.40 && kind < 0.50;
  feed.paged = kind > 0.45 && kind < 0.60;
  const SimHost& host = hosts_[static_cast<std::size_t>(feed.host)];
  if (kind > 0.60 && host.outages.empty() && host.storms.empty()) {
    const Instant from = moment(4 + uniform() * 22);
    feed.bursts.push_back({from, from + hours{12}});
  }
}

// Busy and lazy feeds, by day and by night; a burst brings an item every 90 seconds or so.
void World::make_items(SimFeed& feed) {
  const double per_day = std::exp2(uniform() * 9 - 2);  // one in four days to 128 a day
  const bool sleeps = uniform() < 0.5;
  Instant at = start_ - hours{24 * 20};
  while (at < end()) {
    const bool burst = within(feed.bursts, at);
    const double mean_secs = burst ? 90 : 86400 / per_day;
    const double step = -std::log(1 - uniform()) * mean_secs;
    Instant next = at + Millis{1 + static_cast<std::int64_t>(step * 1000)};
    for (const Span& span : feed.bursts) {  // a burst does not wait for a lazy feed
      if (at < span.from && next > span.from) next = span.from;
    }
    at = next;
    const auto hour = std::chrono::floor<hours>(at.time_since_epoch()).count() % 24;
    if (sleeps && hour < 7 && !burst) continue;
    feed.items.push_back(at);
  }
}

SimHost& World::host_of_url(const std::string& url) {
  const std::string name = host_of(url);
  return *std::find_if(hosts_.begin(), hosts_.end(),
                       [&](const SimHost& host) { return host.name == name; });
}

Answer World::fail(Answer answer, PollClass poll_class, int status, Instant wall) const {
  FetchOutcome& outcome = answer.digest.outcome;
  outcome.received_at = wall;
  outcome.result = FetchFailure{.error = {Code::kHttpStatus, Retry::kLater, "simulated"},
                                .http_status = status,
                                .poll_class = poll_class};
  answer.bytes = 500;
  return answer;
}

Answer World::ask(const FetchRequest& request, Instant at, Instant wall) {
  SimFeed& feed = this->feed(request.feed->id);
  Answer answer;
  FetchOutcome& outcome = answer.digest.outcome;
  outcome.request = request;
  outcome.fetched_at = wall;
  const SimHost& host = host_of_url(request.asked_url());
  if (within(host.outages, at)) {
    const bool refused = static_cast<std::size_t>(feed.host) % 2 == 0;
    return fail(std::move(answer), refused ? PollClass::kNotConnected : PollClass::kServerError,
                refused ? 0 : 502, wall);
  }
  if (within(host.storms, at)) {
    outcome.hints.retry_after = host.retry_after;
    return fail(std::move(answer), PollClass::kRateLimited, 429, wall);
  }
  if (feed.gone_at != Instant{} && at >= feed.gone_at)
    return fail(std::move(answer), PollClass::kGone, 410, wall);
  if (within(feed.pages, at)) {
    outcome.facts.permanent_url = "https://" + host.name + "/sorry";
    return fail(std::move(answer), PollClass::kHtmlPage, 200, wall);
  }
  const bool at_home = request.asked_url() == request.feed->url;
  if (at_home && feed.moved_host >= 0 && at >= feed.moves_at) {
    outcome.facts.permanent_url = "https://" +
                                  hosts_[static_cast<std::size_t>(feed.moved_host)].name +
                                  "/moved" + request.feed->id.str();
  }
  fill_document(feed, request, at, wall, answer);
  return answer;
}

void World::fill_document(const SimFeed& feed, const FetchRequest& request, Instant at,
                          Instant wall, Answer& answer) {
  FetchOutcome& outcome = answer.digest.outcome;
  const bool stuck = feed.honesty == Honesty::kStuck && at >= feed.lies_from;
  answer.version = feed.version(at);
  outcome.hints.max_age = feed.max_age;
  outcome.received_at = wall;
  const std::string etag = etag_of(feed, answer.version);
  const bool sent = !request.unconditional && !request.validators.etag.empty();
  if (sent && (stuck || request.validators.etag == etag)) {
    outcome.result = NotModified{.validators = request.validators};
    answer.bytes = kNotModifiedBytes;
    return;
  }
  answer.whole = true;
  answer.bytes = feed.bytes();
  answer.last = answer.version - std::min<std::size_t>(answer.version, feed.window * request.page);
  answer.first = answer.last - std::min(answer.last, feed.window);
  Document document{.validators = {.etag = etag}, .body_hash = answer.version + 1};
  if (request.page == 0 && document.body_hash == request.body_hash) {
    outcome.result = NotModified{.validators = document.validators, .http_status = 200};
    answer.first = answer.last;
    return;
  }
  outcome.facts.last_modified_ahead = feed.honesty == Honesty::kFutureModified;
  outcome.facts.validators_repeated =
      !etag.empty() && request.body_hash != 0 && etag == request.validators.etag;
  outcome.result = std::move(document);
  Digest& digest = answer.digest;
  const auto add = [&](std::size_t item) {
    digest.seen.push_back(key_of(feed, item));
    digest.seen_hashes.push_back(item);
    digest.seen_published.push_back(feed.items[item] + (wall - at));
  };
  if (feed.pinned && request.page == 0 && answer.first > 0) add(0);
  for (std::size_t item = answer.last; item > answer.first; --item) add(item - 1);
  digest.hints = feed.hints;
  if (feed.paged && answer.first > 0 && request.page < 20) {
    const std::string asked = request.asked_url();
    digest.older_page =
        asked.substr(0, asked.find('?')) + "?paged=" + std::to_string(request.page + 2);
  }
}

}  // namespace steppe::simulation
