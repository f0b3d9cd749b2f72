// Thirty simulated days: nothing is asked too soon, nothing is lost unsaid, and little is fetched
// twice, whatever servers, clocks and crashes do.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/simulation/run.h"

namespace steppe::simulation {
namespace {

bool full_size() {
  const char* wish = std::getenv("STEPPE_SIMULATION");  // NOLINT(concurrency-mt-unsafe)
  return wish != nullptr && std::string(wish) == "full";
}

// One run for all tests of this binary.
class PollingSimulation : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const int feeds = full_size() ? 2000 : 250;
    world_ = new World(feeds, feeds * 3 / 20, 20220105);
    run_ = new Playback(*world_, 7);
    run_->play();
    const Judge& judge = run_->judge;
    std::printf(
        "%d feeds, %d days: %llu requests, %d restarts, %d clock jumps, %d gap records, "
        "%d items told as missed; %d feeds moved, %d distrusted, %d gone\n",
        feeds, kDays, static_cast<unsigned long long>(judge.requests), run_->restarts, run_->jumps,
        judge.gaps, judge.lost_with_record(), run_->moved, run_->distrusted, run_->gone);
  }
  static void TearDownTestSuite() {
    delete run_;
    delete world_;
  }
  static double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(static_cast<double>(values.size() - 1) * share));
  }
  static World* world_;
  static Playback* run_;
};
World* PollingSimulation::world_ = nullptr;
Playback* PollingSimulation::run_ = nullptr;

TEST_F(PollingSimulation, AsksNothingEarlierThanAllowed) {
  for (const auto& [rule, count] : run_->judge.violations)
    ADD_FAILURE() << rule << ": " << count << " times, such as " << run_->judge.examples.at(rule);
}

TEST_F(PollingSimulation, LosesNoItemWithoutAGapRecord) {
  EXPECT_EQ(run_->judge.lost_without_record(), 0);
  EXPECT_GT(run_->judge.gaps, 0) << "a world without late polls proves nothing";
  EXPECT_GT(run_->judge.lost_with_record(), 0);
}

TEST_F(PollingSimulation, UnchangedFeedsCostAHundredth) {
  const double share = static_cast<double>(run_->judge.bytes_unchanged) /
                       static_cast<double>(run_->judge.bytes_unconditional);
  std::printf("bytes for unchanged feeds: %.2f %% of unconditional\n", share * 100);
  EXPECT_LE(share, 0.01);
}

TEST_F(PollingSimulation, InABurst_NewsIsCommittedWithinTheFloor) {
  const std::vector<double>& delays = run_->judge.burst_delays;
  ASSERT_GT(delays.size(), 1000U);
  const double p50 = percentile(delays, 0.5);
  const double p90 = percentile(delays, 0.9);
  std::printf("burst, publication to commit: p50 %.1f s, p90 %.1f s over %zu items\n", p50, p90,
              delays.size());
  EXPECT_LE(p50, 151);
  EXPECT_LE(p90, 301);
}

TEST_F(PollingSimulation, HadAllKindsOfTrouble) {
  EXPECT_GE(run_->restarts, 15);
  EXPECT_GE(run_->jumps, 5);
  EXPECT_GT(run_->moved, 0);
  EXPECT_GT(run_->distrusted, 0);
  EXPECT_GT(run_->gone, 0);
}

}  // namespace
}  // namespace steppe::simulation
