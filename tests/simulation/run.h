#pragma once
// Thirty days of the daemon's polling side in a simulated world: the real Scheduler and Keeper, a
// store that loses what was not committed, restarts and clock jumps.

#include <deque>
#include <memory>
#include <random>
#include <string>

#include "daemon/keeper.h"
#include "daemon/scheduler.h"
#include "tests/simulation/judge.h"

namespace steppe::simulation {

class Playback {
 public:
  Playback(World& world, std::uint32_t seed);
  ~Playback();
  void play();

  Judge judge;
  int restarts = 0;
  int jumps = 0;
  int moved = 0;       // feeds with an adopted URL at the end
  int distrusted = 0;  // feeds whose validators are not believed at the end
  int gone = 0;

 private:
  struct Store;
  struct Flight {
    Instant ends_at{};
    Answer answer;
  };

  Moment moment() const { return {.wall = now_ + offset_, .line = now_}; }
  void boot();
  void start_due();
  void land(Flight flight);
  void commit(StateBatch& batch);
  void disturb();
  void read_gaps(const StateBatch& batch);

  World& world_;
  std::mt19937 random_;
  Instant now_;
  Millis offset_{0};  // what the wall clock is off
  std::unique_ptr<Store> store_;
  std::unique_ptr<Scheduler> scheduler_;
  std::unique_ptr<Keeper> keeper_;
  std::deque<Flight> flights_;
  Instant next_trouble_{};
};

}  // namespace steppe::simulation
