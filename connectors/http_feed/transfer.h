#pragma once
// One poll in progress: a request and the redirects it leads to, on one libcurl handle.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/http_feed/answer.h"
#include "connectors/http_feed/http_stats.h"
#include "connectors/http_feed/http_url.h"
#include "connectors/http_feed/options.h"
#include "core/c_handle.h"
#include "core/document.h"
#include "core/header_block.h"

namespace steppe {

void free_easy(void* easy);
void free_header_lines(void* list);
using EasyHandle = CHandle<void, &free_easy>;
using HeaderLines = CHandle<void, &free_header_lines>;

/// What all transfers of one HttpFeed share. Lives longer than each of them.
struct TransferContext {
  HttpOptions options;
  HttpCounters counters;
  std::uint64_t buffered_bytes = 0;     // in bodies of unfinished transfers
  std::string public_address_for_test;  // judged as public, see HttpFeed
};

/// A handle with every setting that does not depend on the request; nothing when memory is short.
/// Its callbacks expect `bind_callbacks`.
EasyHandle make_easy(const HttpOptions& options);

class Transfer;
void bind_callbacks(void* easy, Transfer& transfer);

/// One thread at a time.
class Transfer {
 public:
  Transfer(TransferContext& context, EasyHandle easy, FetchRequest request, Instant started);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  enum class Step : std::uint8_t { kRequest, kFinished };

  /// Sets the handle up for the first request. kFinished: the URL cannot be polled.
  Step begin();
  /// The request ended with this CURLcode. kRequest: the handle is set up for the next hop.
  Step request_ended(int curl_code);
  /// Ends the poll early.
  void fail(Error error);
  /// After kFinished or fail().
  FetchOutcome take_outcome(Instant now);

  void* easy() const { return easy_.get(); }
  /// After the outcome was taken; to be used again.
  EasyHandle release_easy();

  // libcurl's callbacks, see transfer_callbacks.cpp.
  // False ends the request.
  bool on_header(std::string_view line);
  bool on_body(std::string_view bytes);
  /// Whether the connection to `address` may be used; `range` is its special range, "" if public.
  bool on_address(std::string_view address, std::string_view range);

 private:
  // State of the request under way.
  struct Hop {
    explicit Hop(std::size_t max_header_bytes) : headers(max_header_bytes) {}
    HeaderBlock headers;
    std::string body;
    std::uint64_t received = 0;
    bool ignored_enough = false;  // of a body nobody reads
    bool conditional = false;
    std::string limit;    // the bound that ended the request
    std::string refused;  // the address that was refused last
  };

  Step go_to(HttpUrl url);
  void set_up_request();
  void set_header_lines();
  Step follow(std::string_view location);
  Step finish(FetchResult result);
  Step refuse(std::string message);
  bool keeps_body() const;
  bool over_a_limit(std::size_t more);
  Error error_of(int curl_code) const;
  Answer take_answer();
  void count_result();

  TransferContext& context_;
  EasyHandle easy_;
  HeaderLines header_lines_;
  FetchRequest request_;
  const Instant started_;
  HttpUrl first_url_;
  HttpUrl url_;
  std::vector<std::string> chain_;
  std::int64_t spent_us_ = 0;
  Hop hop_;
  std::array<char, 256> error_text_{};
  PollHints hints_;
  FetchResult result_;
};

}  // namespace steppe
