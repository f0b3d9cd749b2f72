#include "daemon/polling/feed_health.h"

#include "daemon/polling/redirects.h"
#include "daemon/polling/rhythm.h"

namespace steppe {
namespace {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::seconds;

constexpr std::uint32_t kBrokenAfter = 2;  // failures in a row

// What a failure means by itself, however often it happened.
FeedHealth health_of_class(PollClass poll_class) {
  switch (poll_class) {
    case PollClass::kGone: return FeedHealth::kGone;
    case PollClass::kUnauthorized:
    case PollClass::kForbidden:
    case PollClass::kRateLimited:
    case PollClass::kRobots:
    case PollClass::kTlsRefused:
    case PollClass::kChallengePage:
    case PollClass::kLoginPage: return FeedHealth::kBlocked;
    case PollClass::kSoftNotFound:
    case PollClass::kParkedDomain:
    case PollClass::kHtmlPage:
    case PollClass::kTruncated:
    case PollClass::kProtocolError:
    case PollClass::kStuckValidators: return FeedHealth::kLying;
    default: return FeedHealth::kBroken;
  }
}

FeedHealth health_by_silence(const FeedState& state, Instant at) {
  const seconds overdue = overdue_after(state.memory);
  if (overdue.count() == 0 || state.memory.changed_at == Instant{}) return FeedHealth::kOk;
  const auto silence = duration_cast<seconds>(at - state.memory.changed_at);
  if (silence > overdue * 8 && silence > days{30}) return FeedHealth::kStale;
  if (silence > overdue * 3 / 2) return FeedHealth::kLate;
  return silence > overdue ? FeedHealth::kQuiet : FeedHealth::kOk;
}

std::string in_words(seconds span) {
  if (span >= days{2}) return std::to_string(duration_cast<days>(span).count()) + " days";
  if (span >= hours{2}) return std::to_string(duration_cast<hours>(span).count()) + " hours";
  return std::to_string(span.count() / 60) + " minutes";
}

std::string where_it_moved(const FeedMemory& memory) {
  const FeedMove& move = memory.move();
  if (!move.merged_into.empty())
    return "the same as feed " + move.merged_into.str() + ", not asked any more: remove one";
  if (!move.adopted_url.empty())
    return "moved for good, asked at " + move.adopted_url + ": change its url";
  const std::string doubt =
      move.doubted ? ", where the items are others: look, and change its url" : "";
  return "permanently redirected to " + move.to + doubt;
}

}  // namespace

FeedHealth health_of(const Feed& feed, const FeedState& state, Instant at) {
  const FeedMemory& memory = state.memory;
  if (memory.stopped) return FeedHealth::kGone;
  if (!memory.move().merged_into.empty()) return FeedHealth::kMoved;
  if (state.failures > 0) {
    const FeedHealth failed = health_of_class(memory.last_class);
    if (failed != FeedHealth::kBroken || state.failures >= kBrokenAfter) return failed;
    return memory.health == FeedHealth::kUnknown ? FeedHealth::kBroken : memory.health;
  }
  if (at < memory.distrusted_until) return FeedHealth::kLying;
  const FeedHealth silence = health_by_silence(state, at);
  if (silence == FeedHealth::kLate || silence == FeedHealth::kStale) return silence;
  if (asked_url(feed, memory) != feed.url || !memory.move().to.empty()) return FeedHealth::kMoved;
  return silence;
}

bool note_health(FeedMemory& memory, FeedHealth health, Instant at) {
  if (memory.health == health) return false;
  memory.health = health;
  memory.health_since = at;
  return true;
}

std::string health_detail(const Feed& feed, const FeedState& state, Instant at) {
  const FeedMemory& memory = state.memory;
  const auto silence = duration_cast<seconds>(at - memory.changed_at);
  std::string silent =
      "nothing new for " + in_words(silence) + ", usually within " + in_words(memory.period);
  switch (memory.health) {
    case FeedHealth::kQuiet:
    case FeedHealth::kLate:
    case FeedHealth::kStale: return silent;
    case FeedHealth::kMoved: return where_it_moved(memory);
    case FeedHealth::kGone:
      return "410: gone for good, not asked any more; remove it or change url";
    case FeedHealth::kLying:
      return at < memory.distrusted_until
                 ? "its ETag or Last-Modified is wrong: whole documents are asked for instead"
                 : "";
    case FeedHealth::kOk: break;
    default: return "";
  }
  const bool costly = state.validators.empty() && !feed.interval && !feed.min_interval &&
                      memory.max_age.count() == 0 && memory.hints.period.count() == 0;
  return costly ? "no ETag or Last-Modified: asked once a day; with the consent of the site set "
                  "interval_secs"
                : "";
}

}  // namespace steppe
