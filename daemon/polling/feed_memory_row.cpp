#include "daemon/polling/feed_memory_row.h"

#include <string>

#include "core/packing.h"

namespace steppe {
namespace {

constexpr std::string_view kMemoryPrefix = "memory/";
constexpr std::string_view kHostPrefix = "host/";
constexpr std::uint64_t kVersion = 1;

std::uint64_t packed(Instant at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}
std::uint64_t packed(std::chrono::seconds span) {
  return static_cast<std::uint64_t>(span.count());
}

void put(Packer& out, const RecentItems& items) {
  out.number(items.size());
  for (const std::uint32_t key : items) out.number(key);
}

void put(Packer& out, const PageWalk& walk) {
  out.text(walk.url).number(walk.page).number(packed(walk.from)).number(packed(walk.to));
  out.number(walk.found).number(walk.estimated);
  put(out, walk.anchors);
}

Instant instant(Unpacker& in) {
  return Instant(Millis(static_cast<std::int64_t>(in.number())));
}
std::chrono::seconds span(Unpacker& in) {
  return std::chrono::seconds{static_cast<std::int64_t>(in.number())};
}
std::uint32_t small(Unpacker& in) {
  return static_cast<std::uint32_t>(in.number());
}

// Rows of before have keys of 64 bits, and may have more of them.
RecentItems recent_items(Unpacker& in) {
  RecentItems out;
  for (std::size_t left = in.count(); left > 0; --left) out.add(in.number());
  return out;
}

FeedMove move(Unpacker& in) {
  FeedMove out;
  out.to = in.text();
  out.since = instant(in);
  out.sightings = small(in);
  out.doubted = in.number() != 0;
  out.adopted_url = in.text();
  out.merged_into = FeedId(in.text());
  return out;
}

PageWalk walk(Unpacker& in) {
  PageWalk out;
  out.url = in.text();
  out.page = small(in);
  out.from = instant(in);
  out.to = instant(in);
  out.found = small(in);
  out.estimated = small(in);
  out.anchors = recent_items(in);
  return out;
}

// In the order of memory_row().
FeedMemory read(Unpacker& in) {
  FeedMemory memory;
  memory.interval = span(in);
  memory.period = span(in);
  memory.item_gap = span(in);
  memory.silences = small(in);
  memory.recent = recent_items(in);
  memory.full_at = instant(in);
  memory.changed_at = instant(in);
  memory.distrusted_until = instant(in);
  memory.lies = small(in);
  memory.max_age = span(in);
  memory.hints.period = span(in);
  memory.hints.skip_hours = small(in);
  memory.hints.skip_days = static_cast<std::uint8_t>(in.number());
  memory.hub = in.text();
  memory.set_move(move(in));
  memory.last_class = poll_class_of(in.text());
  const std::uint64_t health = in.number();
  if (health < kFeedHealths) memory.health = static_cast<FeedHealth>(health);
  memory.health_since = instant(in);
  memory.failing_since = instant(in);
  memory.stopped = in.number() != 0;
  if (in.number() != 0) memory.walk = walk(in);
  return memory;
}

}  // namespace

StateRow memory_row(const FeedState& state) {
  const FeedMemory& memory = state.memory;
  const FeedMove& move = memory.move();
  Packer out;
  out.number(kVersion).number(packed(memory.interval)).number(packed(memory.period));
  out.number(packed(memory.item_gap)).number(memory.silences);
  put(out, memory.recent);
  out.number(packed(memory.full_at)).number(packed(memory.changed_at));
  out.number(packed(memory.distrusted_until)).number(memory.lies);
  out.number(packed(memory.max_age)).number(packed(memory.hints.period));
  out.number(memory.hints.skip_hours).number(memory.hints.skip_days).text(memory.hub);
  out.text(move.to).number(packed(move.since));
  out.number(move.sightings).number(move.doubted ? 1 : 0);
  out.text(move.adopted_url).text(move.merged_into.str());
  out.text(to_string(memory.last_class));
  out.number(static_cast<std::uint64_t>(memory.health)).number(packed(memory.health_since));
  out.number(packed(memory.failing_since)).number(memory.stopped ? 1 : 0);
  out.number(memory.walk ? 1 : 0);
  if (memory.walk) put(out, *memory.walk);
  return {StateRow::Space::kFeed, std::string(kMemoryPrefix) + state.id.str(), out.take()};
}

StateRow host_block_row(const HostBlock& block) {
  StateRow row{StateRow::Space::kFeed, std::string(kHostPrefix) + block.host, {}};
  if (block.strikes > 0) {
    Packer out;
    row.value = out.number(kVersion).number(packed(block.until)).number(block.strikes).take();
  }
  return row;
}

std::optional<std::pair<FeedId, FeedMemory>> read_memory_row(const StateRow& row) {
  if (!row.key.starts_with(kMemoryPrefix)) return {};
  Unpacker in(row.value);
  if (in.number() != kVersion) return {};
  FeedMemory memory = read(in);
  if (!in.ok()) return {};
  return {{FeedId(row.key.substr(kMemoryPrefix.size())), std::move(memory)}};
}

std::optional<HostBlock> read_host_block_row(const StateRow& row) {
  if (!row.key.starts_with(kHostPrefix)) return {};
  Unpacker in(row.value);
  if (in.number() != kVersion) return {};
  HostBlock block{.host = row.key.substr(kHostPrefix.size())};
  block.until = instant(in);
  block.strikes = small(in);
  if (!in.ok()) return {};
  return block;
}

}  // namespace steppe
