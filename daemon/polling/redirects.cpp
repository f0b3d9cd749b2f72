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
  if (sight.permanent_url != memory.moving_to) {
    memory.moving_to = sight.permanent_url;
    memory.moving_since = sight.at;
    memory.moving_sightings = 0;
    memory.moving_doubted = !sight.known_items;
  }
  ++memory.moving_sightings;
  const bool long_enough = sight.at - memory.moving_since >= kConfirmation;
  if (memory.moving_doubted || !long_enough || memory.moving_sightings < kSightings) return false;
  memory.adopted_url = std::exchange(memory.moving_to, {});
  memory.moving_since = {};
  memory.moving_sightings = 0;
  return true;
}

void doubt_redirect(FeedMemory& memory) {
  memory.moving_to.clear();
  memory.moving_since = {};
  memory.moving_sightings = 0;
  memory.moving_doubted = false;
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
  return memory.adopted_url.empty() ? feed.url : memory.adopted_url;
}

}  // namespace steppe
