#include "core/feed_memory.h"

#include <utility>

namespace steppe {

const FeedMove FeedMemory::kNoMove;

void FeedMemory::set_move(FeedMove move) {
  if (move == kNoMove) {
    move_.reset();
  } else {
    move_ = std::move(move);
  }
}

}  // namespace steppe
