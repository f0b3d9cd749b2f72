#pragma once
// One time limit shared by all the calls of an operation.

#include <algorithm>
#include <chrono>

#include "core/clock.h"

namespace steppe {

/// One thread at a time.
class Deadline {
 public:
  Deadline(const Clock& clock, std::chrono::milliseconds limit)
      : clock_(&clock), end_(clock.steady() + limit) {}

  bool passed() const { return clock_->steady() >= end_; }

  /// What is left, at most `at_most`; never negative.
  int left_ms(std::chrono::milliseconds at_most) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end_ - clock_->steady());
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds{0}, at_most).count());
  }

 private:
  const Clock* clock_;
  std::chrono::steady_clock::time_point end_;
};

}  // namespace steppe
