#include "connectors/http_feed/multi_loop.h"

#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/c_handle.h"
#include "core/check.h"
#include "core/hash.h"

namespace steppe {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using MultiHandle = CHandle<CURLM, &curl_multi_cleanup>;

constexpr std::size_t kConnectionsOfAShard = 64;
constexpr std::size_t kSlack = 8;               // chance gives some shards more hosts than others
constexpr std::uint64_t kWakeup = UINT64_MAX;   // in place of shard and socket
constexpr std::uint64_t kOthers = 1ULL << 63U;  // KeptSockets::kMark
// Connections a shard opens, for each that it keeps, before a new one takes its place.
constexpr std::size_t kOpenedForEach = 8;

std::uint32_t events_of(int what) {
  std::uint32_t events = 0;
  if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) events |= EPOLLIN;
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) events |= EPOLLOUT;
  return events;
}

int actions_of(std::uint32_t events) {
  int actions = 0;
  if ((events & EPOLLIN) != 0) actions |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) actions |= CURL_CSELECT_OUT;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) actions |= CURL_CSELECT_ERR;
  return actions;
}

}  // namespace

struct MultiLoop::Library {
  const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  Library() = default;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { curl_global_cleanup(); }
};

struct MultiLoop::Shard {
  MultiHandle multi;
  int epoll = -1;
  std::optional<steady_clock::time_point> timer;
  bool touched = false;
  bool armed = false;  // is among those whose timer is looked at
  std::uint32_t number = 0;
  std::size_t busy = 0;    // requests
  std::size_t opened = 0;  // connections
  MultiLoop* loop = nullptr;

  static int on_socket(CURL*, curl_socket_t socket, int what, void* data, void* known) {
    auto& shard = *static_cast<Shard*>(data);
    if (what == CURL_POLL_REMOVE) {
      epoll_ctl(shard.epoll, EPOLL_CTL_DEL, socket, nullptr);
      return 0;
    }
    epoll_event event{};
    event.events = events_of(what);
    event.data.u64 = std::uint64_t{shard.number} << 32U | static_cast<std::uint32_t>(socket);
    const bool added =
        known == nullptr && epoll_ctl(shard.epoll, EPOLL_CTL_ADD, socket, &event) == 0;
    if (!added) epoll_ctl(shard.epoll, EPOLL_CTL_MOD, socket, &event);
    curl_multi_assign(shard.multi.get(), socket, &shard);
    return 0;
  }

  static int on_timer(CURLM*, long timeout_ms, void* data) {
    auto& shard = *static_cast<Shard*>(data);
    shard.timer.reset();
    if (timeout_ms < 0) return 0;
    shard.timer = steady_clock::now() + milliseconds{timeout_ms};
    if (!std::exchange(shard.armed, true)) shard.loop->armed_.push_back(&shard);
    return 0;
  }

  bool open(MultiLoop& the_loop, std::uint32_t the_number, std::size_t connections) {
    loop = &the_loop;
    epoll = the_loop.epoll_;
    number = the_number;
    multi.reset(curl_multi_init());
    if (!multi) return false;
    CURLM* handle = multi.get();
    curl_multi_setopt(handle, CURLMOPT_MAXCONNECTS, static_cast<long>(connections));
    curl_multi_setopt(handle, CURLMOPT_SOCKETFUNCTION, &Shard::on_socket);
    curl_multi_setopt(handle, CURLMOPT_SOCKETDATA, static_cast<void*>(this));
    curl_multi_setopt(handle, CURLMOPT_TIMERFUNCTION, &Shard::on_timer);
    curl_multi_setopt(handle, CURLMOPT_TIMERDATA, static_cast<void*>(this));
    return true;
  }

  void act(curl_socket_t socket, int actions) {
    int running = 0;
    STEPPE_CHECK(curl_multi_socket_action(multi.get(), socket, actions, &running) == CURLM_OK);
  }
};

Result<std::unique_ptr<MultiLoop>> MultiLoop::create(std::size_t max_connections) {
  std::unique_ptr<MultiLoop> loop(new MultiLoop());
  if (auto opened = loop->open(max_connections); !opened) return opened.error();
  return loop;
}

Result<void> MultiLoop::open(std::size_t max_connections) {
  const Error broken{Code::kInternal, Retry::kNever, "starting libcurl: it does not initialise"};
  library_ = std::make_unique<Library>();
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  wake_event_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (library_->code != CURLE_OK || epoll_ < 0 || wake_event_ < 0) return broken;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kWakeup;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_event_, &event) != 0) return broken;
  const std::size_t count = std::max<std::size_t>(1, max_connections / kConnectionsOfAShard);
  connections_of_a_shard_ = max_connections / count + (count > 1 ? kSlack : 0);
  current_.resize(count);
  for (Shard*& place : current_) {
    if (!renew(place)) return broken;
  }
  return ok();
}

// The requests of the one before end where they began.
bool MultiLoop::renew(Shard*& place) {
  std::size_t number = 0;
  while (number < shards_.size() && shards_[number]) ++number;
  auto shard = std::make_unique<Shard>();
  if (!shard->open(*this, static_cast<std::uint32_t>(number), connections_of_a_shard_))
    return false;
  if (place != nullptr) retired_.push_back(place);
  place = shard.get();
  if (number == shards_.size()) shards_.emplace_back();
  shards_[number] = std::move(shard);
  return true;
}

void MultiLoop::close_retired() {
  std::erase_if(retired_, [&](Shard* shard) {
    if (shard->busy > 0) return false;
    shard->multi.reset();  // may set timers while it closes connections
    std::erase(armed_, shard);
    shards_[shard->number].reset();
    return true;
  });
}

// libcurl takes sockets out of epoll while it closes them, so the shards go first.
MultiLoop::~MultiLoop() {
  shards_.clear();
  if (wake_event_ >= 0) close(wake_event_);
  if (epoll_ >= 0) close(epoll_);
}

MultiLoop::Shard& MultiLoop::shard_of(std::string_view origin) {
  Shard*& place = current_[hash64(origin) % current_.size()];
  if (place->opened >= kOpenedForEach * connections_of_a_shard_) renew(place);
  return *place;
}

std::string MultiLoop::add(void* easy, std::string_view origin) {
  Shard& shard = shard_of(origin);
  const CURLMcode code = curl_multi_add_handle(shard.multi.get(), easy);
  if (code != CURLM_OK) return curl_multi_strerror(code);
  ++shard.busy;
  return "";
}

void MultiLoop::remove(void* easy) {
  for (const auto& shard : shards_) {
    if (!shard || curl_multi_remove_handle(shard->multi.get(), easy) != CURLM_OK) continue;
    --shard->busy;
    return;
  }
}

milliseconds MultiLoop::until_timer(milliseconds wait) const {
  const auto now = steady_clock::now();
  for (const Shard* shard : armed_) {
    if (!shard->timer) continue;
    const auto left = std::chrono::ceil<milliseconds>(*shard->timer - now);
    wait = std::clamp(left, milliseconds{0}, wait);
  }
  return wait;
}

void MultiLoop::run(milliseconds wait, std::vector<Ended>& ended,
                    std::vector<std::uint64_t>& marks) {
  std::array<epoll_event, 256> events{};
  wait = until_timer(std::max(wait, milliseconds{0}));
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                               static_cast<int>(std::min<std::int64_t>(wait.count(), 60'000)));
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.u64 == kWakeup) {
      eventfd_t ignored = 0;
      eventfd_read(wake_event_, &ignored);
      continue;
    }
    if (const std::uint64_t mark = event.data.u64; (mark & kOthers) != 0) {
      marks.push_back(mark);  // the event itself is packed
      continue;
    }
    Shard& shard = *shards_[event.data.u64 >> 32U];
    shard.act(static_cast<curl_socket_t>(event.data.u64 & 0xFFFFFFFFU), actions_of(event.events));
    mark(shard);
  }
  run_timers();
  for (Shard* shard : touched_) collect(*shard, ended);
  touched_.clear();
  if (!retired_.empty()) close_retired();
}

// A timer that goes off may set the next: the list is taken before it is gone through.
void MultiLoop::run_timers() {
  const auto now = steady_clock::now();
  std::vector<Shard*> due;
  std::erase_if(armed_, [&](Shard* shard) {
    const bool goes_off = shard->timer && *shard->timer <= now;
    if (goes_off) due.push_back(shard);
    if (shard->timer && !goes_off) return false;
    shard->armed = false;
    return true;
  });
  for (Shard* shard : due) {
    shard->timer.reset();
    shard->act(CURL_SOCKET_TIMEOUT, 0);
    mark(*shard);
  }
}

void MultiLoop::mark(Shard& shard) {
  if (!std::exchange(shard.touched, true)) touched_.push_back(&shard);
}

void MultiLoop::collect(Shard& shard, std::vector<Ended>& ended) {
  shard.touched = false;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(shard.multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const Ended one{message->easy_handle, message->data.result};
    long opened = 0;
    curl_easy_getinfo(message->easy_handle, CURLINFO_NUM_CONNECTS, &opened);
    shard.opened += static_cast<std::size_t>(opened);
    --shard.busy;
    curl_multi_remove_handle(shard.multi.get(), one.easy);
    ended.push_back(one);
  }
}

void MultiLoop::wakeup() {
  eventfd_write(wake_event_, 1);
}

}  // namespace steppe
