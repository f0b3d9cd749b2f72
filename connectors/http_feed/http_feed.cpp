#include "connectors/http_feed/http_feed.h"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <unordered_map>
#include <utility>

#include "connectors/http_feed/transfer.h"
#include "core/check.h"
#include "core/printable.h"

namespace steppe {
namespace {

struct CurlLibrary {
  const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  CurlLibrary() = default;
  CurlLibrary(const CurlLibrary&) = delete;
  CurlLibrary& operator=(const CurlLibrary&) = delete;
  ~CurlLibrary() { curl_global_cleanup(); }
};

using MultiHandle = CHandle<CURLM, &curl_multi_cleanup>;

Result<void> check_options(const HttpOptions& options) {
  const bool plain =
      std::ranges::all_of(options.contact, [](char c) { return c >= ' ' && c < 127; });
  if (!plain) {
    return Error{Code::kConfig, Retry::kNever,
                 "checking http.contact: '" + printable(options.contact) +
                     "' has characters other than printable ASCII"};
  }
  if (!options.ca_file.empty() && access(options.ca_file.c_str(), R_OK) != 0) {
    return Error{
        Code::kConfig, Retry::kNever,
        "checking http.ca_file: cannot read '" + printable(options.ca_file.string()) + "'"};
  }
  return ok();
}

}  // namespace

struct HttpFeed::Impl {
  explicit Impl(const HttpOptions& options, const Clock& a_clock) : clock(a_clock) {
    context.options = options;
  }
  ~Impl() { abort_all(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> open();
  void start(FetchRequest request);
  void add(std::unique_ptr<Transfer> transfer);
  void perform();
  void request_ended(void* easy, int curl_code);
  void finish(std::unique_ptr<Transfer> transfer);
  EasyHandle take_easy();
  void abort_all();

  const Clock& clock;
  CurlLibrary library;
  TransferContext context;
  MultiHandle multi;
  std::vector<EasyHandle> idle;
  std::unordered_map<void*, std::unique_ptr<Transfer>> active;
  std::vector<FetchOutcome> finished;
  std::atomic<bool> woken{false};
};

Result<void> HttpFeed::Impl::open() {
  multi.reset(curl_multi_init());
  if (library.code != CURLE_OK || !multi) {
    return Error{Code::kInternal, Retry::kNever, "starting libcurl: it does not initialise"};
  }
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, long{context.options.max_connections});
  return ok();
}

EasyHandle HttpFeed::Impl::take_easy() {
  if (idle.empty()) return make_easy(context.options);
  EasyHandle easy = std::move(idle.back());
  idle.pop_back();
  return easy;
}

void HttpFeed::Impl::start(FetchRequest request) {
  auto transfer = std::make_unique<Transfer>(context, take_easy(), std::move(request), clock.now());
  if (transfer->easy() == nullptr) {
    transfer->fail({Code::kInternal, Retry::kLater, "setting up transfer: out of memory"});
    return finish(std::move(transfer));
  }
  if (transfer->begin() == Transfer::Step::kFinished) return finish(std::move(transfer));
  add(std::move(transfer));
}

void HttpFeed::Impl::add(std::unique_ptr<Transfer> transfer) {
  void* easy = transfer->easy();
  const CURLMcode code = curl_multi_add_handle(multi.get(), easy);
  if (code != CURLM_OK) {
    transfer->fail({Code::kInternal, Retry::kLater,
                    std::string("setting up transfer: ") + curl_multi_strerror(code)});
    return finish(std::move(transfer));
  }
  active.emplace(easy, std::move(transfer));
}

void HttpFeed::Impl::perform() {
  int running = 0;
  STEPPE_CHECK(curl_multi_perform(multi.get(), &running) == CURLM_OK);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg == CURLMSG_DONE) request_ended(message->easy_handle, message->data.result);
  }
}

void HttpFeed::Impl::request_ended(void* easy, int curl_code) {
  curl_multi_remove_handle(multi.get(), easy);
  auto node = active.extract(easy);
  STEPPE_CHECK(!node.empty());
  std::unique_ptr<Transfer> transfer = std::move(node.mapped());
  if (transfer->request_ended(curl_code) == Transfer::Step::kRequest) {
    return add(std::move(transfer));
  }
  finish(std::move(transfer));
}

void HttpFeed::Impl::finish(std::unique_ptr<Transfer> transfer) {
  finished.push_back(transfer->take_outcome(clock.now()));
  if (EasyHandle easy = transfer->release_easy()) idle.push_back(std::move(easy));
}

void HttpFeed::Impl::abort_all() {
  for (auto& [easy, transfer] : active) curl_multi_remove_handle(multi.get(), easy);
  active.clear();
  finished.clear();
}

HttpFeed::HttpFeed(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpFeed::~HttpFeed() = default;

Result<std::unique_ptr<HttpFeed>> HttpFeed::create(const HttpOptions& options, const Clock& clock) {
  if (auto checked = check_options(options); !checked) return checked.error();
  auto impl = std::make_unique<Impl>(options, clock);
  if (auto opened = impl->open(); !opened) return opened.error();
  return std::unique_ptr<HttpFeed>(new HttpFeed(std::move(impl)));
}

void HttpFeed::start(FetchRequest request) {
  STEPPE_CHECK(in_flight() < capacity());
  impl_->start(std::move(request));
}

std::size_t HttpFeed::in_flight() const {
  return impl_->active.size() + impl_->finished.size();
}

std::size_t HttpFeed::capacity() const {
  return impl_->context.options.max_parallel;
}

// Waits in real time whatever the Clock says: a held clock must not hold the network.
std::vector<FetchOutcome> HttpFeed::poll(std::chrono::milliseconds wait) {
  const auto deadline = std::chrono::steady_clock::now() + wait;
  for (;;) {
    impl_->perform();
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (!impl_->finished.empty() || impl_->woken.exchange(false) || left.count() <= 0) {
      return std::exchange(impl_->finished, {});
    }
    const auto limit = static_cast<int>(std::min<std::int64_t>(left.count(), 60'000));
    curl_multi_poll(impl_->multi.get(), nullptr, 0, limit, nullptr);
  }
}

void HttpFeed::wakeup() {
  impl_->woken = true;
  curl_multi_wakeup(impl_->multi.get());
}

void HttpFeed::abort_all() {
  impl_->abort_all();
}

HttpStats HttpFeed::stats() const {
  return impl_->context.counters.snapshot();
}

void HttpFeed::treat_as_public_for_test(std::string address) {
  impl_->context.public_address_for_test = std::move(address);
}

}  // namespace steppe
