#pragma once
// One poll in progress: a request and the redirects it leads to.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "connectors/http_feed/answer.h"
#include "connectors/http_feed/answer_reader.h"
#include "connectors/http_feed/first_answer.h"
#include "connectors/http_feed/http_stats.h"
#include "connectors/http_feed/http_url.h"
#include "connectors/http_feed/options.h"
#include "connectors/http_feed/pace.h"
#include "connectors/http_feed/socket.h"
#include "connectors/http_feed/tls_memory.h"
#include "core/c_handle.h"
#include "core/document.h"
#include "core/header_block.h"

struct ssl_ctx_st;

namespace steppe {

class Transfer;

void free_easy(void* easy);
using EasyHandle = CHandle<void, &free_easy>;
using UrlPtr = std::shared_ptr<const HttpUrl>;

/// What all transfers of one HttpFeed share. Lives longer than each of them.
struct TransferContext {
  HttpOptions options;
  std::string user_agent;
  HttpCounters counters;
  Pace pace;
  std::unique_ptr<TlsMemory> tls;
  std::unordered_set<std::string> http1_origins;  // that broke HTTP/2
  std::uint64_t buffered_bytes = 0;               // in bodies of unfinished transfers
  std::unordered_map<int, Transfer*> opened;      // sockets that may be kept, and who opened them
  std::string public_address_for_test;            // judged as public, see HttpFeed
};

/// A handle with every setting that does not depend on the request; nothing when memory is short.
/// Its callbacks expect `bind_callbacks`.
EasyHandle make_easy(TransferContext& context);

void bind_callbacks(void* easy, Transfer& transfer);

/// One thread at a time.
class Transfer final : public AnswerSink {
 public:
  Transfer(TransferContext& context, FetchRequest request, Instant started);
  ~Transfer() override;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  enum class Step : std::uint8_t {
    kRequest,    // target() is to be asked for, once it may be
    kPostponed,  // likewise, but not before not_before()
    kFinished    // take_outcome()
  };

  /// Decides the first target. kFinished: the URL cannot be polled.
  Step begin();
  /// Sets `easy` up for the request to target().
  void attach(EasyHandle easy);
  /// Appends the request to target(), to be sent over a kept connection; the time it may take.
  std::chrono::milliseconds write_request(std::string& out);
  /// The request ended with this CURLcode.
  Step request_ended(int curl_code);
  /// The handle, to be used again: after request_ended().
  EasyHandle detach();
  /// After request_ended() of the request that opened it: its connection, if it may be kept.
  std::optional<KeptSocket> take_socket() { return std::exchange(hop_.kept, std::nullopt); }
  /// Whether requests to target() may go over kept sockets: plain HTTP to the origin itself.
  bool fits_kept_socket() const;
  /// Of the answer under way; 0: none yet.
  int status() const;
  /// What a request over a kept connection took, and why it failed: before request_ended().
  void note_time(std::chrono::microseconds spent) { hop_.spent_us = spent.count(); }
  void explain(std::string_view literal) { why_ = literal; }
  /// What a request over a kept connection took that is to be made anew.
  void lose_time(std::chrono::microseconds spent) { spent_us_ += spent.count(); }
  bool is_out_of_time() const;
  /// Ends the poll early.
  void fail(FetchFailure failure);
  /// After kFinished or fail().
  FetchOutcome take_outcome(Instant now);

  const HttpUrl& target() const { return *url_; }
  const FetchRequest& request() const { return request_; }
  bool obeys_robots() const;
  Pace::Time not_before() const { return not_before_; }
  /// Takes the right to ask `key` for this request; else postpones it to a turn of its own.
  bool take_turn(const std::string& key, Pace::Pause pause);
  /// A robots.txt was asked for on behalf of this poll.
  void count_request(std::uint64_t received_bytes);
  /// The site's rules say whether target() is reserved; an answer that says nothing about it is
  /// taken as if it had said that (W3C TDM Reservation Protocol, "Processing priority").
  void set_reserved(bool reserved) { reserved_ = reserved; }
  void set_hints(const PollHints& hints) { hints_ = hints; }
  void* easy() const { return easy_.get(); }

  // libcurl's callbacks, see transfer_callbacks.cpp, and those of a kept connection.
  // False ends the request.
  void on_status(int status) override { hop_.status = status; }
  bool on_header(std::string_view line) override;
  bool on_body(std::string_view bytes) override;
  /// A part of the body with its framing, if that was asked for.
  void on_framed(std::string_view bytes) {
    if (hop_.first) hop_.first->on_framed(bytes);
  }
  /// A socket was opened for the request; libcurl is done with one of those.
  void on_socket(int socket);
  void park(Socket socket) { hop_.parked.push_back(std::move(socket)); }
  /// Whether the connection to `address` may be used; `range` is its special range, "" if public.
  bool on_address(const std::string& address, std::string_view range);
  /// The same, but for its pace; nothing is counted or taken.
  bool allows(const std::string& address, std::string_view range) const;
  bool on_tls(ssl_ctx_st* tls) { return context_.tls->set_up(tls, url_->origin); }

 private:
  // State of the request under way.
  struct Hop {
    explicit Hop(std::size_t max_header_bytes) : headers(max_header_bytes) {}
    HeaderBlock headers;
    std::string body;
    std::uint64_t received = 0;
    bool read_enough = false;  // the rest of the body is of no interest
    bool conditional = false;
    bool postponed = false;
    std::string limit;                   // the bound that ended the request
    std::string refused;                 // the address that was refused last
    std::string address;                 // that was connected to last
    std::string range;                   // its special range
    std::vector<std::string> turns;      // taken from the pace
    int status = 0;                      // of an answer over a kept connection
    std::int64_t spent_us = 0;           // by it
    bool opened = false;                 // a socket that may be kept
    std::unique_ptr<FirstAnswer> first;  // of such a socket
    std::vector<Socket> parked;          // that libcurl is done with
    std::optional<KeptSocket> kept;
  };

  struct RequestLines;

  Step go_to(UrlPtr url);
  Step follow(std::string_view location, int status);
  Step finish(FetchResult result);
  Step refuse(PollClass poll_class, std::string message);
  bool proxied() const;
  void begin_hop();
  std::string_view error_text() const;
  std::int64_t left_ms() const;
  bool at_home() const;
  void set_up_request();
  void set_access(bool at_home);
  void clear_access();
  void set_lines(bool at_home);
  template <typename Add>
  void each_line(bool at_home, const Add& add);
  bool counts_as_public(const std::string& address, std::string_view range) const;
  void read_along(std::string_view line);
  void count_connections();
  void keep_socket(int curl_code);
  void forget_sockets();
  bool keeps_body() const;
  bool over_a_limit(std::size_t more);
  void append_body(std::string_view bytes);
  void drop_body();
  void note_answer(int status);
  FetchFailure failure_of(int curl_code);
  Step answered(int status);
  Answer take_answer();
  void count_result();

  TransferContext& context_;
  EasyHandle easy_;
  std::shared_ptr<RequestLines> lines_;  // libcurl reads them until the request ended
  bool has_own_access_ = false;          // proxy or credentials are set on the handle
  FetchRequest request_;
  const Instant started_;
  UrlPtr first_url_;
  UrlPtr url_;
  std::vector<std::string> passed_;  // what led to url_
  bool reserved_ = false;
  bool moved_for_good_ = true;  // every redirect so far was permanent
  std::int64_t spent_us_ = 0;
  Pace::Time not_before_;
  Hop hop_;
  std::string_view why_;  // a request over a kept connection failed
  PollHints hints_;
  AnswerFacts facts_;
  FetchResult result_;
};

}  // namespace steppe
