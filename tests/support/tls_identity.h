#pragma once
// Certificates made on the spot, so that tests can play servers with good and bad ones.

#include <chrono>
#include <memory>
#include <string>

struct ssl_ctx_st;

namespace steppe::test {

/// A self-signed certificate for one IPv4 address; also its own authority. Immutable, any thread.
class TlsIdentity {
 public:
  /// Valid from a day ago until `valid_for` from now (negative: expired).
  explicit TlsIdentity(const std::string& address,
                       std::chrono::hours valid_for = std::chrono::hours{24});

  /// What a client must trust.
  const std::string& certificate_pem() const { return certificate_pem_; }
  /// For a server program.
  const std::string& key_pem() const { return key_pem_; }
  ssl_ctx_st* context() const { return context_.get(); }

 private:
  std::string certificate_pem_;
  std::string key_pem_;
  std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace steppe::test
