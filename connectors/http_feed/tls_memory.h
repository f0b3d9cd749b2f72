#pragma once
// What TLS connections share: certificate authorities, read once, and sessions to resume.
// libcurl 7.88 would read the authorities anew for each connection (30 ms of CPU on Debian) and
// keeps eight sessions at most.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/c_handle.h"
#include "core/result.h"

struct ssl_ctx_st;
struct ssl_session_st;

namespace steppe {

void free_certificate_store(void* store);
void free_tls_session(ssl_session_st* session);

/// Outlives the connections it set up. One thread at a time.
class TlsMemory {
 public:
  /// Reads `ca_file`, a PEM bundle; empty: the system's. Errors: kConfig.
  /// `resumed` counts connections that took up a session.
  static Result<std::unique_ptr<TlsMemory>> create(const std::filesystem::path& ca_file,
                                                   std::size_t max_sessions,
                                                   std::atomic<std::uint64_t>& resumed);
  ~TlsMemory();
  TlsMemory(const TlsMemory&) = delete;
  TlsMemory& operator=(const TlsMemory&) = delete;

  /// Prepares the context of one new connection to `origin`; false when memory is short. Peers are
  /// verified as the caller set the context up.
  bool set_up(ssl_ctx_st* context, const std::string& origin);

  std::size_t sessions() const { return sessions_.size(); }

  // OpenSSL's callbacks.
  void remember(const std::string& origin, ssl_session_st* session);
  ssl_session_st* session_for(const std::string& origin);
  void count_resumed() { resumed_.fetch_add(1, std::memory_order_relaxed); }

 private:
  using Session = CHandle<ssl_session_st, &free_tls_session>;
  struct Kept {
    std::string origin;
    Session session;
  };
  TlsMemory(std::size_t max_sessions, std::atomic<std::uint64_t>& resumed)
      : max_sessions_(max_sessions), resumed_(resumed) {}

  CHandle<void, &free_certificate_store> authorities_;
  std::size_t max_sessions_;
  std::list<Kept> sessions_;  // last used first
  std::unordered_map<std::string, std::list<Kept>::iterator> by_origin_;
  std::atomic<std::uint64_t>& resumed_;
};

}  // namespace steppe
