#pragma once
// [http]: how the feeds are asked for.

#include <cstdint>
#include <filesystem>
#include <string>

namespace steppe {

template <typename T>
class OptionTable;

struct HttpOptions {
  std::string contact;  // URL or address a site owner can turn to; empty: evaluation mode
  std::uint32_t min_interval_secs = 300;      // the scheduler's floor between two polls of one feed
  std::uint32_t max_parallel = 64;            // transfers at the same time
  std::uint64_t max_body_bytes = 8ULL << 20;  // of one answer, as received
  std::uint64_t max_buffered_bytes = 128ULL << 20;  // of all unfinished answers together
  std::uint32_t max_header_bytes = 64U << 10;       // of one answer
  std::uint32_t max_redirects = 5;
  std::uint32_t connect_timeout_secs = 10;
  std::uint32_t low_speed_bytes = 1024;     // a second; slower than this ...
  std::uint32_t low_speed_secs = 20;        // ... for so long is given up
  std::uint32_t total_timeout_secs = 60;    // of one poll, redirects included
  std::uint32_t max_connections = 128;      // kept open to be used again
  std::uint32_t address_spacing_ms = 2000;  // between two requests to one public address
  std::uint32_t max_tls_sessions = 2048;    // kept to resume connections
  std::string proxy;                        // of all feeds without one of their own
  std::filesystem::path ca_file;            // PEM bundle; empty: the system's
};

OptionTable<HttpOptions> http_option_table();

/// Without a contact nobody can complain to us: the daemon then polls rarely and says so.
bool evaluation_mode(const HttpOptions& options);

/// "steppewatch/1.2.3 (+https://example.org/bot)".
std::string user_agent(const HttpOptions& options);

}  // namespace steppe
