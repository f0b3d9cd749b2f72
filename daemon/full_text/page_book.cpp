#include "daemon/full_text/page_book.h"

#include <algorithm>
#include <utility>

#include "core/packing.h"
#include "daemon/polling/host_book.h"

namespace steppe {
namespace {

constexpr std::uint64_t kFormat = 2;
constexpr std::uint64_t kFormatWithoutAsked = 1;
constexpr std::uint64_t kCountsFormat = 1;
constexpr std::string_view kCountsPrefix = "feed/";  // no item's id begins so
constexpr std::uint32_t kMostDoublings = 4;

std::uint64_t packed(Instant at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

Instant instant(Unpacker& in) {
  return Instant{Millis{static_cast<std::int64_t>(in.number())}};
}

std::chrono::seconds doubled(std::chrono::seconds wait, std::uint32_t times) {
  return wait * (1U << std::min(times, kMostDoublings));
}

}  // namespace

void PageBook::save(const ItemId& id, const Page& page, Rows& rows) const {
  Packer out;
  out.number(kFormat).text(page.feed.str()).text(page.url).number(page.attempts);
  out.number(page.reads).number(packed(page.wanted_at)).number(packed(page.due));
  out.text(page.item ? std::string_view(*page.item) : std::string_view{});
  out.number(page.asked ? 1 : 0);
  rows.push_back({StateRow::Space::kPage, id.str(), out.take()});
}

void PageBook::save(const FeedId& feed, const PageCounts& counts, Rows& rows) const {
  Packer out;
  out.number(kCountsFormat);
  for (const std::uint64_t count : counts.ended) out.number(count);
  rows.push_back({StateRow::Space::kPage, std::string(kCountsPrefix) + feed.str(), out.take()});
}

PageCounts& PageBook::counts_of(const FeedId& feed) {
  counted_.insert(feed);
  return counts_[feed];
}

bool PageBook::restore_counts(const StateRow& row) {
  if (!row.key.starts_with(kCountsPrefix)) return false;
  Unpacker in(row.value);
  if (in.number() != kCountsFormat) return true;
  PageCounts read;
  for (std::uint64_t& count : read.ended) count = in.number();
  if (in.ok()) counts_of(FeedId(row.key.substr(kCountsPrefix.size()))).ended = read.ended;
  return true;
}

std::vector<std::pair<FeedId, PageCounts>> PageBook::take_counts() {
  std::vector<std::pair<FeedId, PageCounts>> out;
  for (const FeedId& feed : std::exchange(counted_, {})) out.emplace_back(feed, counts_[feed]);
  return out;
}

void PageBook::restore(const StateRow& row) {
  if (row.space != StateRow::Space::kPage || restore_counts(row)) return;
  Unpacker in(row.value);
  const std::uint64_t format = in.number();
  if (format != kFormat && format != kFormatWithoutAsked) return;
  Page page;
  page.feed = FeedId(in.text());
  page.url = in.text();
  page.attempts = static_cast<std::uint32_t>(in.number());
  page.reads = static_cast<std::uint32_t>(in.number());
  page.wanted_at = instant(in);
  page.due = instant(in);
  std::string item = in.text();
  page.asked = format == kFormat && in.number() != 0;
  if (!in.ok()) return;
  if (!item.empty()) page.item = std::make_shared<const std::string>(std::move(item));
  const ItemId id(row.key);
  if (page.item) {
    ++waiting_;
    ++counts_of(page.feed).waiting;
    add_job(id, page);
  }
  pages_.insert_or_assign(id, std::move(page));
}

// Hosts that may have been asked just before the end are left alone for as long.
void PageBook::resume(Instant now) {
  const Instant rested = now + options_.lost_answer;
  std::set<std::string> tired;
  for (auto& [id, page] : pages_) {
    const bool lost = page.asked && page.due > now;
    if (lost) page.due = std::min(page.due, rested);
    const bool just_read =
        !page.item && page.wanted_at <= now && now - page.wanted_at < rested - now;
    if (lost || just_read) tired.insert(host_of(page.url));
    page.asked = false;
  }
  for (PageJob& job : jobs_) {
    const auto found = pages_.find(job.item_id);
    if (found == pages_.end()) continue;
    if (tired.contains(host_of(job.url))) found->second.due = std::max(found->second.due, rested);
    job.due = found->second.due;
  }
}

void PageBook::add_job(const ItemId& id, const Page& page) {
  jobs_.push_back({id, page.feed, page.url, page.due, page.item});
}

const PageBook::Page* PageBook::find(const ItemId& id) const {
  const auto found = pages_.find(id);
  return found == pages_.end() ? nullptr : &found->second;
}

bool PageBook::want(const ItemId& id, Page page, Rows& rows) {
  const auto found = pages_.find(id);
  const bool known = found != pages_.end();
  const bool waits = known && found->second.item != nullptr;
  if (!waits && waiting_ >= options_.max_waiting) return false;
  if (!waits) {
    ++waiting_;
    ++counts_of(page.feed).waiting;
  }
  if (known) {
    page.due = std::max(page.due, found->second.due);
    page.reads = found->second.reads;
    page.asked = found->second.asked;
  }
  save(id, page, rows);
  add_job(id, page);
  pages_.insert_or_assign(id, std::move(page));
  return true;
}

void PageBook::note_asked(const ItemId& id, Instant not_before, Rows& rows) {
  const auto found = pages_.find(id);
  if (found == pages_.end() || !found->second.item) return;
  ++found->second.attempts;
  found->second.due = not_before;
  found->second.asked = true;
  save(id, found->second, rows);
}

bool PageBook::put_off(const ItemId& id, Instant at, Rows& rows) {
  const auto found = pages_.find(id);
  if (found == pages_.end() || !found->second.item) return false;
  Page& page = found->second;
  if (page.attempts >= options_.max_attempts) return false;
  page.asked = false;
  page.due = at + doubled(options_.retry, std::max(page.attempts, 1U) - 1);
  save(id, page, rows);
  add_job(id, page);
  return true;
}

// The row stays for a while without the item: a feed that touches an item at every poll must not
// have its page asked for as often.
void PageBook::done(const ItemId& id, PageEnd end, Instant at, Rows& rows) {
  const auto found = pages_.find(id);
  if (found == pages_.end()) return;
  Page& page = found->second;
  PageCounts& counts = counts_of(page.feed);
  if (page.item) {
    --waiting_;
    --counts.waiting;
  }
  ++counts[end];
  save(page.feed, counts, rows);
  page.item = nullptr;
  page.asked = false;
  page.attempts = 0;
  page.wanted_at = at;
  page.due = at + doubled(options_.ask_again, page.reads++);
  save(id, page, rows);
}

std::size_t PageBook::forget_old(Instant now, Rows& rows) {
  std::size_t given_up = 0;
  std::erase_if(pages_, [&](const auto& entry) {
    const Page& page = entry.second;
    const Instant since = page.item ? page.wanted_at : std::max(page.wanted_at, page.due);
    if (now - since <= options_.max_age) return false;
    if (page.item) {
      ++given_up;
      --waiting_;
      PageCounts& counts = counts_of(page.feed);
      --counts.waiting;
      ++counts[PageEnd::kFailed];
      save(page.feed, counts, rows);
    }
    rows.push_back({StateRow::Space::kPage, entry.first.str(), {}});
    return true;
  });
  return given_up;
}

void PageBook::shift(Millis by, Rows& rows) {
  for (auto& [id, page] : pages_) {
    page.wanted_at += by;
    page.due += by;
    save(id, page, rows);
  }
}

}  // namespace steppe
