#pragma once
// What the connector did so far, for metrics.

#include <array>
#include <atomic>
#include <cstdint>

#include "core/error.h"

namespace steppe {

inline constexpr std::size_t kErrorCodes = static_cast<std::size_t>(Code::kInternal) + 1;

/// A snapshot; counts since the start.
struct HttpStats {
  std::uint64_t requests = 0;  // redirects count as requests of their own
  std::uint64_t redirects = 0;
  std::uint64_t connections = 0;       // opened; the rest was reused
  std::uint64_t resumed_sessions = 0;  // TLS connections that took up an earlier session
  std::uint64_t received_bytes = 0;
  std::uint64_t documents = 0;
  std::uint64_t not_modified = 0;      // 304
  std::uint64_t unchanged_bodies = 0;  // 200 with the last body
  std::uint64_t refused_addresses = 0;
  std::array<std::uint64_t, kErrorCodes> failures{};  // by Code

  std::uint64_t failed(Code code) const { return failures[static_cast<std::size_t>(code)]; }
};

/// The live counters. Any thread.
struct HttpCounters {
  using Counter = std::atomic<std::uint64_t>;
  Counter requests{0}, redirects{0}, connections{0}, resumed_sessions{0};
  Counter received_bytes{0}, documents{0};
  Counter not_modified{0}, unchanged_bodies{0}, refused_addresses{0};
  std::array<Counter, kErrorCodes> failures{};

  HttpStats snapshot() const {
    HttpStats stats{requests,  redirects,    connections,      resumed_sessions,  received_bytes,
                    documents, not_modified, unchanged_bodies, refused_addresses, {}};
    for (std::size_t i = 0; i < kErrorCodes; ++i) stats.failures[i] = failures[i];
    return stats;
  }
};

}  // namespace steppe
