#include "connectors/http_feed/tls_memory.h"

#include <openssl/ssl.h>

#include <utility>

#include "core/printable.h"

namespace steppe {
namespace {

constexpr const char* kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

// Owned by the context of one connection.
struct Peer {
  TlsMemory* memory;
  std::string origin;
};

void free_peer(void*, void* peer, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Peer*>(peer);
}

int peer_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &free_peer);
  return index;
}

Peer* peer_of(const SSL* connection) {
  return static_cast<Peer*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), peer_index()));
}

int on_new_session(SSL* connection, SSL_SESSION* session) {
  Peer* peer = peer_of(connection);
  if (peer == nullptr || SSL_SESSION_is_resumable(session) == 0) return 0;
  peer->memory->remember(peer->origin, session);
  return 1;  // the reference is ours
}

// The first moment at which a connection that libcurl makes can be given a session: before the
// ClientHello is written.
void on_progress(const SSL* connection, int where, int) {
  Peer* peer = peer_of(connection);
  if (peer == nullptr) return;
  if ((where & SSL_CB_HANDSHAKE_START) != 0 && SSL_get_session(connection) == nullptr) {
    SSL_SESSION* session = peer->memory->session_for(peer->origin);
    if (session != nullptr) SSL_set_session(const_cast<SSL*>(connection), session);
  }
  if ((where & SSL_CB_HANDSHAKE_DONE) != 0 && SSL_session_reused(connection) == 1) {
    peer->memory->count_resumed();
  }
}

}  // namespace

void free_certificate_store(void* store) {
  X509_STORE_free(static_cast<X509_STORE*>(store));
}

void free_tls_session(ssl_session_st* session) {
  SSL_SESSION_free(session);
}

TlsMemory::~TlsMemory() = default;

Result<std::unique_ptr<TlsMemory>> TlsMemory::create(const std::filesystem::path& ca_file,
                                                     std::size_t max_sessions,
                                                     std::atomic<std::uint64_t>& resumed) {
  std::unique_ptr<TlsMemory> memory(new TlsMemory(max_sessions, resumed));
  X509_STORE* store = X509_STORE_new();
  memory->authorities_.reset(store);
  const std::string path = ca_file.empty() ? kSystemAuthorities : ca_file.string();
  if (store == nullptr || X509_STORE_load_file(store, path.c_str()) != 1) {
    return Error{Code::kConfig, Retry::kNever,
                 "checking http.ca_file: no certificates in '" + printable(path) + "'"};
  }
  // As libcurl sets it: a trusted intermediate is enough.
  X509_STORE_set_flags(store, X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
  return memory;
}

bool TlsMemory::set_up(ssl_ctx_st* context, const std::string& origin) {
  auto peer = std::make_unique<Peer>(Peer{this, origin});
  if (SSL_CTX_set1_verify_cert_store(context, static_cast<X509_STORE*>(authorities_.get())) != 1 ||
      SSL_CTX_set_ex_data(context, peer_index(), peer.get()) != 1) {
    return false;
  }
  peer.release();  // NOLINT(bugprone-unused-return-value): the context's now
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, &on_new_session);
  SSL_CTX_set_info_callback(context, &on_progress);
  return true;
}

void TlsMemory::remember(const std::string& origin, ssl_session_st* session) {
  Session owned(session);
  if (const auto known = by_origin_.find(origin); known != by_origin_.end()) {
    known->second->session = std::move(owned);
    sessions_.splice(sessions_.begin(), sessions_, known->second);
    return;
  }
  sessions_.push_front({origin, std::move(owned)});
  by_origin_[origin] = sessions_.begin();
  if (sessions_.size() <= max_sessions_) return;
  by_origin_.erase(sessions_.back().origin);
  sessions_.pop_back();
}

ssl_session_st* TlsMemory::session_for(const std::string& origin) {
  const auto known = by_origin_.find(origin);
  if (known == by_origin_.end()) return nullptr;
  sessions_.splice(sessions_.begin(), sessions_, known->second);
  return known->second->session.get();
}

}  // namespace steppe
