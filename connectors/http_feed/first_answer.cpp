#include "connectors/http_feed/first_answer.h"

#include "connectors/http_feed/socket.h"

namespace steppe {

void FirstAnswer::take(std::string_view bytes) {
  bytes_ += bytes.size();
  if (state_ == AnswerReader::State::kMore) state_ = reader_.take(bytes);
}

void FirstAnswer::on_line(std::string_view line) {
  if (!reader_.in_head()) return;
  take(line);
  framed_ = reader_.in_chunks();
}

void FirstAnswer::on_body(std::string_view bytes) {
  if (!framed_) take(bytes);
}

void FirstAnswer::on_framed(std::string_view bytes) {
  if (framed_) take(bytes);
}

bool FirstAnswer::leaves_usable(int socket) const {
  return state_ == AnswerReader::State::kDone && reader_.may_keep() && is_silent(socket) &&
         received_bytes(socket) == bytes_;
}

}  // namespace steppe
