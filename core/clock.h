#pragma once
// The only source of "now", so that tests can hold time still.

#include <chrono>

#include "core/time.h"

namespace steppe {

/// Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall clock, UTC. May jump.
  virtual Instant now() const = 0;
  /// Never goes back.
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
  }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::now();
  }
};

}  // namespace steppe
