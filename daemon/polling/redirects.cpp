#include "daemon/polling/redirects.h"

#include <utility>

namespace steppe {
namespace {

constexpr std::uint32_t kSightings = 3;
constexpr std::chrono::hours kConfirmation{24};

}  // namespace

bool note_redirect(FeedMemory& memory, const RedirectSight& sight) {
  if (sight.permanent_url.empty()) {
    doubt_redirect(memory);
    return false;
  }
  FeedMove move = memory.move();
  if (sight.permanent_url != move.to) {
    move.to = sight.permanent_url;
    move.since = sight.at;
    move.sightings = 0;
    move.doubted = !sight.known_items;
  }
  ++move.sightings;
  const bool long_enough = sight.at - move.since >= kConfirmation;
  const bool believed = !move.doubted && long_enough && move.sightings >= kSightings;
  if (believed) move = {.adopted_url = move.to, .merged_into = move.merged_into};
  memory.set_move(std::move(move));
  return believed;
}

void doubt_redirect(FeedMemory& memory) {
  if (memory.move().to.empty()) return;
  memory.set_move(
      {.adopted_url = memory.move().adopted_url, .merged_into = memory.move().merged_into});
}

FeedState state_for(const Feed& feed, FeedState state) {
  if (state.url.empty() || state.url == feed.url) return state;
  FeedState fresh;
  fresh.id = state.id;
  fresh.last_poll_at = state.last_poll_at;
  fresh.last_new_item_at = state.last_new_item_at;
  fresh.guid_trusted = state.guid_trusted;
  fresh.ever_committed = state.ever_committed;
  return fresh;
}

const SharedText& asked_url(const Feed& feed, const FeedMemory& memory) {
  return memory.move().adopted_url.empty() ? feed.url : memory.move().adopted_url;
}

}  // namespace steppe
