// libcurl's view of a Transfer: the handle's fixed settings and the callbacks.

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

#include "connectors/http_feed/address_guard.h"
#include "connectors/http_feed/socket.h"
#include "connectors/http_feed/transfer.h"

namespace steppe {
namespace {

constexpr long kReadBytes = 8192;  // at a time; libcurl takes that much anew for each request

struct Address {
  std::string text;
  std::string_view range;
};

template <typename Bytes>
Address judged(int family, const void* raw) {
  Bytes bytes{};
  std::memcpy(bytes.data(), raw, bytes.size());
  return {address_text(family, raw), special_range(bytes)};
}

Address address_of(const curl_sockaddr& target) {
  if (target.family == AF_INET) {
    sockaddr_in address{};
    std::memcpy(&address, &target.addr, sizeof address);
    return judged<Ipv4>(AF_INET, &address.sin_addr);
  }
  if (target.family == AF_INET6) {
    sockaddr_in6 address{};
    // The union behind `addr` is as large as a sockaddr_storage.
    std::memcpy(&address, static_cast<const void*>(&target.addr), sizeof address);
    return judged<Ipv6>(AF_INET6, &address.sin6_addr);
  }
  return {"address family " + std::to_string(target.family), "unknown"};
}

Address address_of(const char* text) {
  std::array<std::uint8_t, 16> raw{};
  if (inet_pton(AF_INET, text, raw.data()) == 1) return judged<Ipv4>(AF_INET, raw.data());
  if (inet_pton(AF_INET6, text, raw.data()) == 1) return judged<Ipv6>(AF_INET6, raw.data());
  return {text, "unknown"};
}

Transfer& transfer_of(void* data) {
  return *static_cast<Transfer*>(data);
}

std::size_t header_callback(char* line, std::size_t, std::size_t size, void* data) {
  return transfer_of(data).on_header({line, size}) ? size : 0;
}

std::size_t body_callback(char* bytes, std::size_t, std::size_t size, void* data) {
  return transfer_of(data).on_body({bytes, size}) ? size : 0;
}

int debug_callback(CURL*, curl_infotype kind, char* bytes, std::size_t size, void* data) {
  if (kind == CURLINFO_DATA_IN) transfer_of(data).on_framed({bytes, size});
  return 0;
}

// Judges the address the socket is really for, so names that change their mind do not help.
curl_socket_t open_socket_callback(void* data, curlsocktype, curl_sockaddr* target) {
  const Address address = address_of(*target);
  if (!transfer_of(data).on_address(address.text, address.range)) return CURL_SOCKET_BAD;
  const int opened = socket(target->family, target->socktype | SOCK_CLOEXEC, target->protocol);
  if (opened >= 0) transfer_of(data).on_socket(opened);
  return opened;
}

// The transfer may keep the connection it opened; others may be gone by now.
int close_socket_callback(void* data, curl_socket_t socket) {
  Socket owned(socket);
  auto node = static_cast<TransferContext*>(data)->opened.extract(socket);
  if (!node.empty()) node.mapped()->park(std::move(owned));
  return 0;
}

// A kept connection may have been opened for a feed that is allowed more.
int connected_callback(void* data, char* remote, char*, int, int) {
  const Address address = address_of(remote);
  const bool allowed = transfer_of(data).on_address(address.text, address.range);
  return allowed ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

CURLcode tls_callback(CURL*, void* tls, void* data) {
  return transfer_of(data).on_tls(static_cast<ssl_ctx_st*>(tls)) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

void set_limits(CURL* easy, const HttpOptions& options) {
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, long{options.connect_timeout_secs});
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, long{options.low_speed_bytes});
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, long{options.low_speed_secs});
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                   static_cast<curl_off_t>(options.max_body_bytes));  // by Content-Length only
}

void set_trust(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // none from the environment
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  // TlsMemory brings the authorities and the sessions.
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &tls_callback);
  curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
}

}  // namespace

void free_easy(void* easy) {
  curl_easy_cleanup(easy);
}

EasyHandle make_easy(TransferContext& context) {
  EasyHandle handle(curl_easy_init());
  CURL* easy = handle.get();
  if (easy == nullptr) return handle;
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kReadBytes);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // do not wait for name look-ups at shutdown
  // libcurl 7.88 goes through its whole cache of names at each request.
  curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, context.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &header_callback);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &body_callback);
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &debug_callback);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket_callback);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &close_socket_callback);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, static_cast<void*>(&context));
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &connected_callback);
  set_limits(easy, context.options);
  set_trust(easy);
  return handle;
}

void bind_callbacks(void* easy, Transfer& transfer) {
  for (const CURLoption target : {CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_OPENSOCKETDATA,
                                  CURLOPT_PREREQDATA, CURLOPT_SSL_CTX_DATA, CURLOPT_DEBUGDATA}) {
    curl_easy_setopt(easy, target, static_cast<void*>(&transfer));
  }
}

}  // namespace steppe
