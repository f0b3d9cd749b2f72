#include "connectors/http_feed/http_feed.h"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <unordered_map>
#include <utility>

#include "connectors/http_feed/kept_sockets.h"
#include "connectors/http_feed/multi_loop.h"
#include "connectors/http_feed/robots_desk.h"
#include "connectors/http_feed/tdm_desk.h"
#include "connectors/http_feed/transfer.h"
#include "core/check.h"
#include "core/printable.h"

namespace steppe {
namespace {

using std::chrono::steady_clock;

// Polls that wait without a connection, for each that may have one.
constexpr std::size_t kWaitingForEach = 32;
// A handle takes 8 to 20 KB. Those of a burst are kept so long, at most twice as long.
constexpr std::chrono::seconds kBurstKept{15};

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
  using TransferPtr = std::unique_ptr<Transfer>;

  explicit Impl(const HttpOptions& options, const Clock& a_clock) : clock(a_clock) {
    context.options = options;
    context.user_agent = user_agent(options);
  }
  ~Impl() { abort_all(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> open();
  void start(FetchRequest request);
  void go_on(TransferPtr transfer, Transfer::Step step);
  void admit(TransferPtr transfer);
  void add(TransferPtr transfer);
  void add_to_curl(TransferPtr transfer);
  void run(std::chrono::milliseconds wait);
  void request_ended(void* easy, int curl_code);
  void answer_ended(KeptSockets::Ended one);
  void finish(TransferPtr transfer);
  bool tdm_rules_known(TransferPtr& transfer);
  void site_file_known(TransferPtr transfer);
  void ask_for_file(FetchRequest request);
  void resume_waiting();
  EasyHandle take_easy();
  void keep_easy(EasyHandle easy);
  void forget_idle(steady_clock::time_point now);
  void abort_all();
  std::size_t waiting() const { return timed.size() + desk.waiting() + tdm.waiting(); }
  std::size_t running() const { return active.size() + kept->busy(); }
  std::chrono::milliseconds wait_for_timed(std::chrono::milliseconds wait) const;

  const Clock& clock;
  TransferContext context;
  std::unique_ptr<MultiLoop> loop;
  std::unique_ptr<KeptSockets> kept;
  std::vector<EasyHandle> idle;
  std::size_t most_active = 0;  // since idle handles were forgotten
  steady_clock::time_point forgotten_at = steady_clock::now();
  std::unordered_map<void*, TransferPtr> active;
  std::multimap<steady_clock::time_point, TransferPtr> timed;  // wait for their turn
  RobotsDesk desk;
  TdmDesk tdm;
  std::vector<MultiLoop::Ended> ended;
  std::vector<KeptSockets::Ended> answered;
  std::vector<std::uint64_t> marks;  // of events of kept sockets
  std::vector<FetchOutcome> finished;
  std::atomic<bool> woken{false};
};

Result<void> HttpFeed::Impl::open() {
  auto opened = MultiLoop::create(context.options.max_connections);
  if (!opened) return opened.error();
  loop = std::move(*opened);
  kept = std::make_unique<KeptSockets>(context.options, loop->epoll());
  auto tls = TlsMemory::create(context.options.ca_file, context.options.max_tls_sessions,
                               context.counters.resumed_sessions);
  if (!tls) return tls.error();
  context.tls = std::move(*tls);
  return ok();
}

EasyHandle HttpFeed::Impl::take_easy() {
  if (idle.empty()) return make_easy(context);
  EasyHandle easy = std::move(idle.back());
  idle.pop_back();
  return easy;
}

void HttpFeed::Impl::keep_easy(EasyHandle easy) {
  if (easy && idle.size() < context.options.max_parallel) idle.push_back(std::move(easy));
}

void HttpFeed::Impl::forget_idle(steady_clock::time_point now) {
  if (now < forgotten_at + kBurstKept) return;
  forgotten_at = now;
  const std::size_t wanted = std::exchange(most_active, active.size());
  if (idle.size() > wanted) idle.resize(wanted);
}

void HttpFeed::Impl::start(FetchRequest request) {
  auto transfer = std::make_unique<Transfer>(context, std::move(request), clock.now());
  const Transfer::Step step = transfer->begin();
  go_on(std::move(transfer), step);
}

void HttpFeed::Impl::go_on(TransferPtr transfer, Transfer::Step step) {
  switch (step) {
    case Transfer::Step::kFinished: return finish(std::move(transfer));
    case Transfer::Step::kRequest: return admit(std::move(transfer));
    case Transfer::Step::kPostponed: break;
  }
  const auto at = transfer->not_before();
  timed.emplace(at, std::move(transfer));
}

// Robots first, then for a page who reserved it, then the site's Crawl-delay; the address is judged
// when it is known.
void HttpFeed::Impl::admit(TransferPtr transfer) {
  if (!transfer->obeys_robots()) return add(std::move(transfer));
  const RobotsDesk::Answer known = desk.ask(*transfer, steady_clock::now());
  if (known.verdict == RobotsDesk::Verdict::kAllowed) {
    if (!tdm_rules_known(transfer)) return;
    const bool slow = known.crawl_delay.count() > 0;
    if (!slow || transfer->take_turn(transfer->target().origin, known.crawl_delay)) {
      return add(std::move(transfer));
    }
    return go_on(std::move(transfer), Transfer::Step::kPostponed);
  }
  if (known.verdict == RobotsDesk::Verdict::kForbidden) {
    desk.refuse(*transfer);
    return finish(std::move(transfer));
  }
  const std::string origin = transfer->target().origin;
  if (desk.wait(origin, std::move(transfer))) ask_for_file(desk.request(origin));
}

// False: it waits for them.
bool HttpFeed::Impl::tdm_rules_known(TransferPtr& transfer) {
  if (transfer->request().purpose != FetchPurpose::kArticle) return true;
  const auto reserved = tdm.ask(*transfer, steady_clock::now());
  if (reserved) {
    transfer->set_reserved(*reserved);
    return true;
  }
  const std::string origin = transfer->target().origin;
  if (tdm.wait(origin, std::move(transfer))) ask_for_file(tdm.request(origin));
  return false;
}

void HttpFeed::Impl::ask_for_file(FetchRequest request) {
  auto file = std::make_unique<Transfer>(context, std::move(request), clock.now());
  const Transfer::Step step = file->begin();
  go_on(std::move(file), step);
}

void HttpFeed::Impl::add(TransferPtr transfer) {
  if (!transfer->fits_kept_socket()) return add_to_curl(std::move(transfer));
  switch (kept->ask(transfer, steady_clock::now())) {
    case KeptSockets::Asked::kYes: return;
    case KeptSockets::Asked::kNo: return add_to_curl(std::move(transfer));
    case KeptSockets::Asked::kRefused: break;
  }
  const Transfer::Step step = transfer->request_ended(CURLE_ABORTED_BY_CALLBACK);
  go_on(std::move(transfer), step);
}

void HttpFeed::Impl::add_to_curl(TransferPtr transfer) {
  transfer->attach(take_easy());
  void* easy = transfer->easy();
  const std::string why =
      easy == nullptr ? "out of memory" : loop->add(easy, transfer->target().origin);
  if (!why.empty()) {
    transfer->fail({.error = {Code::kInternal, Retry::kLater, "setting up transfer: " + why}});
    return finish(std::move(transfer));
  }
  active.emplace(easy, std::move(transfer));
  most_active = std::max(most_active, active.size());
}

void HttpFeed::Impl::run(std::chrono::milliseconds wait) {
  resume_waiting();
  loop->run(
      finished.empty() ? kept->until_look(wait_for_timed(wait)) : std::chrono::milliseconds{0},
      ended, marks);
  const auto now = steady_clock::now();
  for (const std::uint64_t mark : marks) kept->on_event(mark, now, answered);
  marks.clear();
  kept->on_time(now, answered);
  for (KeptSockets::Ended& one : std::exchange(answered, {})) answer_ended(std::move(one));
  for (const MultiLoop::Ended& one : std::exchange(ended, {}))
    request_ended(one.easy, one.curl_code);
  forget_idle(now);
}

void HttpFeed::Impl::resume_waiting() {
  while (!timed.empty() && timed.begin()->first <= steady_clock::now() &&
         running() < context.options.max_parallel) {
    auto node = timed.extract(timed.begin());
    admit(std::move(node.mapped()));
  }
}

std::chrono::milliseconds HttpFeed::Impl::wait_for_timed(std::chrono::milliseconds wait) const {
  if (timed.empty() || running() >= context.options.max_parallel) return wait;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(timed.begin()->first - steady_clock::now());
  return std::clamp(left, std::chrono::milliseconds{0}, wait);
}

void HttpFeed::Impl::request_ended(void* easy, int curl_code) {
  auto node = active.extract(easy);
  STEPPE_CHECK(!node.empty());
  TransferPtr transfer = std::move(node.mapped());
  const Transfer::Step step = transfer->request_ended(curl_code);
  keep_easy(transfer->detach());
  if (auto socket = transfer->take_socket()) kept->keep(std::move(*socket), steady_clock::now());
  go_on(std::move(transfer), step);
}

void HttpFeed::Impl::answer_ended(KeptSockets::Ended one) {
  if (one.again && !one.transfer->is_out_of_time()) return add_to_curl(std::move(one.transfer));
  if (one.again) {
    one.transfer->explain("Operation timed out");
    one.curl_code = CURLE_OPERATION_TIMEDOUT;
  }
  const Transfer::Step step = one.transfer->request_ended(one.curl_code);
  go_on(std::move(one.transfer), step);
}

void HttpFeed::Impl::finish(TransferPtr transfer) {
  if (transfer->request().purpose == FetchPurpose::kRobots)
    return site_file_known(std::move(transfer));
  finished.push_back(transfer->take_outcome(clock.now()));
}

void HttpFeed::Impl::site_file_known(TransferPtr transfer) {
  const FetchOutcome outcome = transfer->take_outcome(clock.now());
  const auto now = steady_clock::now();
  auto waited = TdmDesk::is_answer(outcome) ? tdm.take(outcome, now) : desk.take(outcome, now);
  for (TransferPtr& waiting : waited) admit(std::move(waiting));
}

void HttpFeed::Impl::abort_all() {
  for (auto& [easy, transfer] : active) loop->remove(easy);
  active.clear();
  if (kept) kept->abort_all();
  timed.clear();
  desk.drop_waiting();
  tdm.drop_waiting();
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
  STEPPE_CHECK(room() > 0);
  impl_->start(std::move(request));
}

std::size_t HttpFeed::in_flight() const {
  return impl_->running() + impl_->waiting() + impl_->finished.size();
}

std::size_t HttpFeed::room() const {
  const std::size_t limit = capacity();
  const std::size_t busy = impl_->running() + impl_->finished.size();
  const std::size_t waiting = impl_->waiting();
  return std::min(limit - std::min(limit, busy),
                  limit * kWaitingForEach - std::min(limit * kWaitingForEach, waiting));
}

std::size_t HttpFeed::capacity() const {
  return impl_->context.options.max_parallel;
}

// Waits in real time whatever the Clock says: a held clock must not hold the network.
std::vector<FetchOutcome> HttpFeed::poll(std::chrono::milliseconds wait) {
  const auto deadline = steady_clock::now() + wait;
  for (auto left = wait;;) {
    impl_->run(impl_->woken ? std::chrono::milliseconds{0} : left);
    left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
    if (!impl_->finished.empty() || impl_->woken.exchange(false) || left.count() <= 0) {
      return std::exchange(impl_->finished, {});
    }
  }
}

void HttpFeed::wakeup() {
  impl_->woken = true;
  impl_->loop->wakeup();
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
