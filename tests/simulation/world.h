#pragma once
// A made-up web of feeds: when items appear, what each server answers, who lies and who is down.

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/digest.h"

namespace steppe::simulation {

using std::chrono::seconds;

inline constexpr int kDays = 30;

enum class Honesty : std::uint8_t {
  kHonest,
  kNoValidators,
  kStuck,     // from some day on 304 to whatever validator
  kSameEtag,  // one ETag for ever, 304 when it is sent
  kFutureModified,
};

struct Span {
  Instant from{}, to{};
  bool holds(Instant at) const { return at >= from && at < to; }
};

struct SimHost {
  std::string name;
  std::vector<Span> outages;
  std::vector<Span> storms;  // 429 for everybody
  seconds retry_after{0};    // of the 429; 0: not said
};

struct SimFeed {
  FeedPtr feed;
  int host = 0;
  int moved_host = -1;  // its permanent redirect leads there
  Instant moves_at{};
  Instant lies_from{};      // kStuck
  Instant gone_at{};        // 410 from then on
  std::vector<Span> pages;  // an HTML page in its place
  std::vector<Span> bursts;
  std::vector<Instant> items;  // publication, ascending
  std::size_t window = 20;     // items in a document
  std::size_t stuck_version = 0;
  Honesty honesty = Honesty::kHonest;
  seconds max_age{0};
  FeedHints hints;
  bool pinned = false;
  bool paged = false;

  /// Items published up to `at`.
  std::size_t version(Instant at) const;
  std::size_t bytes() const { return 600 + 1200 * window; }
};

inline constexpr std::size_t kNotModifiedBytes = 180;

/// One answer of a server, with what the client will know and what only we know.
struct Answer {
  Digest digest;
  std::size_t bytes = 0;
  std::size_t version = 0;  // of the content at the time
  std::size_t first = 0;    // items [first, last) are in the document
  std::size_t last = 0;
  bool whole = false;  // a document
};

class World {
 public:
  World(int feeds, int hosts, std::uint32_t seed);

  /// What the server of `request` answers at `at` to a client whose clock shows `wall`.
  Answer ask(const FetchRequest& request, Instant at, Instant wall);

  SimFeed& feed(const FeedId& id) { return feeds_.at(index_.at(id)); }
  std::vector<SimFeed>& feeds() { return feeds_; }
  SimHost& host_of_url(const std::string& url);
  Instant start() const { return start_; }
  Instant end() const { return start_ + std::chrono::hours{24 * kDays}; }

 private:
  SimFeed make_feed(int number);
  void make_troubles(SimHost& host);
  void make_items(SimFeed& feed);
  void make_honest(SimFeed& feed, int number);
  Instant moment(double day) const;
  double uniform() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  Answer fail(Answer answer, PollClass poll_class, int status, Instant wall) const;
  void fill_document(const SimFeed& feed, const FetchRequest& request, Instant at, Instant wall,
                     Answer& answer);

  Instant start_ = Instant{} + std::chrono::hours{24 * 365 * 52};
  std::mt19937 random_;
  std::vector<SimHost> hosts_;
  std::vector<SimFeed> feeds_;
  std::map<FeedId, std::size_t> index_;
};

IdentityKey key_of(const SimFeed& feed, std::size_t item);

}  // namespace steppe::simulation
