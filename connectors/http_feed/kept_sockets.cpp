#include "connectors/http_feed/kept_sockets.h"

#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "connectors/http_feed/answer_reader.h"
#include "core/check.h"

namespace steppe {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kLongestIdle{118};  // what libcurl gives a connection
constexpr milliseconds kLookEvery{250};

int code_of(const AnswerReader& reader, int status) {
  switch (reader.fault()) {
    case AnswerReader::Fault::kNone: return CURLE_OK;
    case AnswerReader::Fault::kTooLong: return CURLE_FILESIZE_EXCEEDED;
    case AnswerReader::Fault::kCut: return status != 0 ? CURLE_PARTIAL_FILE : CURLE_RECV_ERROR;
    case AnswerReader::Fault::kUnwanted: return CURLE_WRITE_ERROR;
    default: return CURLE_WEIRD_SERVER_REPLY;  // doubtful: does not come here
  }
}

}  // namespace

struct KeptSockets::Exchange {
  TransferPtr transfer;
  AnswerReader reader;
  Time started;
  Time deadline;
  Time slow_since;               // the beginning of what is measured now
  std::uint64_t slow_bytes = 0;  // that came since
};

struct KeptSockets::Line {
  KeptSocket kept;
  Time used_at;
  std::unique_ptr<Exchange> exchange;  // null: it waits
  std::size_t busy_place = 0;
  Lines::iterator self;
};

KeptSockets::KeptSockets(const HttpOptions& options, int epoll)
    : options_(options), epoll_(epoll) {}
KeptSockets::~KeptSockets() = default;

void KeptSockets::keep(KeptSocket socket, Time now) {
  if (options_.max_connections == 0 || by_origin_.contains(socket.origin)) return;
  while (lines_.size() >= options_.max_connections) {
    const std::size_t before = lines_.size();
    make_room();
    if (lines_.size() == before) return;
  }
  const auto number = static_cast<std::size_t>(socket.socket.get());
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kMark | number;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket.socket.get(), &event) != 0) return;
  Line& line = lines_.emplace_front();
  line.kept = std::move(socket);
  line.used_at = now;
  line.self = lines_.begin();
  by_origin_.emplace(line.kept.origin, &line);
  if (by_socket_.size() <= number) by_socket_.resize(number + 1);
  by_socket_[number] = &line;
}

// Closing takes it out of epoll, too.
void KeptSockets::drop(Line& line) {
  by_origin_.erase(line.kept.origin);
  by_socket_[static_cast<std::size_t>(line.kept.socket.get())] = nullptr;
  lines_.erase(line.self);
}

void KeptSockets::make_room() {
  const auto oldest = std::find_if(lines_.rbegin(), lines_.rend(),
                                   [](const Line& line) { return line.exchange == nullptr; });
  if (oldest != lines_.rend()) drop(*oldest);
}

// An answer that nobody asked for would be taken for this one's. Whether a feed may ask an address
// that its name had once is not for us to say: libcurl asks for the name anew.
KeptSockets::Asked KeptSockets::ask(TransferPtr& transfer, Time now) {
  const auto found = by_origin_.find(transfer->target().origin);
  if (found == by_origin_.end() || found->second->exchange) return Asked::kNo;
  Line& line = *found->second;
  if (now - line.used_at > kLongestIdle || !is_silent(line.kept.socket.get())) {
    drop(line);
    return Asked::kNo;
  }
  if (!transfer->allows(line.kept.address, line.kept.range)) return Asked::kNo;
  request_.clear();
  const milliseconds left = transfer->write_request(request_);
  if (!transfer->on_address(line.kept.address, line.kept.range)) return Asked::kRefused;
  const auto sent =
      ::send(line.kept.socket.get(), request_.data(), request_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent != static_cast<ssize_t>(request_.size())) {
    drop(line);
    return Asked::kNo;
  }
  Transfer& asked = *transfer;
  line.exchange = std::make_unique<Exchange>(
      Exchange{.transfer = std::move(transfer),
               .reader = AnswerReader(asked, options_.max_header_bytes, options_.max_body_bytes),
               .started = now,
               .deadline = now + left,
               .slow_since = now});
  if (busy_.empty()) look_at_ = now + kLookEvery;
  line.used_at = now;
  lines_.splice(lines_.begin(), lines_, line.self);
  line.busy_place = busy_.size();
  busy_.push_back(&line);
  return Asked::kYes;
}

void KeptSockets::on_event(std::uint64_t mark, Time now, std::vector<Ended>& ended) {
  const std::uint64_t number = mark & ~kMark;
  Line* line = number < by_socket_.size() ? by_socket_[number] : nullptr;
  if (line != nullptr) read(*line, now, ended);
}

void KeptSockets::read(Line& line, Time now, std::vector<Ended>& ended) {
  const ssize_t got = ::recv(line.kept.socket.get(), bytes_.data(), bytes_.size(), MSG_DONTWAIT);
  const int fault = errno;
  if (got < 0 && (fault == EAGAIN || fault == EINTR)) return;
  if (!line.exchange) return drop(line);  // the end, or what nobody asked for
  Exchange& exchange = *line.exchange;
  AnswerReader& reader = exchange.reader;
  if (got <= 0 && !reader.begun()) return give_back(line, now, ended);
  if (got < 0) return finish(line, CURLE_RECV_ERROR, now, ended);
  exchange.slow_bytes += static_cast<std::uint64_t>(got);
  const AnswerReader::State state =
      got == 0 ? reader.end() : reader.take({bytes_.data(), static_cast<std::size_t>(got)});
  if (state == AnswerReader::State::kMore) return;
  if (state == AnswerReader::State::kBroken && reader.doubtful()) {
    return give_back(line, now, ended);
  }
  finish(line, code_of(reader, exchange.transfer->status()), now, ended);
}

void KeptSockets::give_back(Line& line, Time now, std::vector<Ended>& ended) {
  const Time started = line.exchange->started;
  TransferPtr transfer = free_line(line);
  transfer->lose_time(std::chrono::duration_cast<std::chrono::microseconds>(now - started));
  ended.push_back({.transfer = std::move(transfer), .again = true});
  drop(line);
}

KeptSockets::TransferPtr KeptSockets::free_line(Line& line) {
  busy_[line.busy_place] = busy_.back();
  busy_[line.busy_place]->busy_place = line.busy_place;
  busy_.pop_back();
  return std::move(std::exchange(line.exchange, nullptr)->transfer);
}

void KeptSockets::finish(Line& line, int curl_code, Time now, std::vector<Ended>& ended) {
  const bool may_keep = curl_code == CURLE_OK && line.exchange->reader.may_keep();
  const Time started = line.exchange->started;
  TransferPtr transfer = free_line(line);
  transfer->note_time(std::chrono::duration_cast<std::chrono::microseconds>(now - started));
  ended.push_back({.transfer = std::move(transfer), .curl_code = curl_code});
  if (!may_keep) return drop(line);
  line.used_at = now;
  lines_.splice(lines_.begin(), lines_, line.self);
}

bool KeptSockets::too_slow(Exchange& exchange, Time now) const {
  if (now - exchange.slow_since < std::chrono::seconds{options_.low_speed_secs}) return false;
  const std::uint64_t least = std::uint64_t{options_.low_speed_bytes} * options_.low_speed_secs;
  const bool slow = exchange.slow_bytes < least;
  exchange.slow_since = now;
  exchange.slow_bytes = 0;
  return slow;
}

void KeptSockets::on_time(Time now, std::vector<Ended>& ended) {
  if (now < look_at_) return;
  look_at_ = now + kLookEvery;
  for (Line* line : std::vector<Line*>(busy_)) {
    const bool slow = too_slow(*line->exchange, now);
    if (!slow && now < line->exchange->deadline) continue;
    line->exchange->transfer->explain(slow ? "Operation too slow" : "Operation timed out");
    finish(*line, CURLE_OPERATION_TIMEDOUT, now, ended);
  }
  for (auto next = lines_.end(); next != lines_.begin();) {
    Line& line = *--next;
    if (now - line.used_at <= kLongestIdle) break;
    if (line.exchange) continue;
    ++next;
    drop(line);
  }
}

milliseconds KeptSockets::until_look(milliseconds wait) const {
  return busy_.empty() ? wait : std::min(wait, kLookEvery);
}

void KeptSockets::abort_all() {
  for (Line* line : std::vector<Line*>(busy_)) {
    free_line(*line);
    drop(*line);
  }
}

}  // namespace steppe
