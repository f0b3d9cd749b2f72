#include "connectors/http_feed/answer_reader.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "connectors/http_feed/field_text.h"

namespace steppe {
namespace {

constexpr std::string_view kBegin = "HTTP/";

bool is_blank(std::string_view line) {
  return line == "\r\n" || line == "\n";
}

// Whether a list of words has that one.
bool lists(std::string_view value, std::string_view lower_word) {
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    if (equal_ignoring_case(without_blanks(value.substr(0, comma)), lower_word)) return true;
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return false;
}

// The whole of `text` as a number.
std::optional<std::uint64_t> number(std::string_view text, int base) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, base);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return {};
  return value;
}

}  // namespace

AnswerReader::State AnswerReader::state() const {
  return part_ == Part::kDone     ? State::kDone
         : part_ == Part::kBroken ? State::kBroken
                                  : State::kMore;
}

void AnswerReader::broken(Fault fault) {
  part_ = Part::kBroken;
  fault_ = fault;
}

bool AnswerReader::doubtful() const {
  return fault_ == Fault::kNoStatusLine || fault_ == Fault::kBadHeader ||
         fault_ == Fault::kBadCoding || fault_ == Fault::kBadChunk;
}

bool AnswerReader::is_bodiless() const {
  return status_ < 200 || status_ == 204 || status_ == 304;
}

bool AnswerReader::takes_lines() const {
  return part_ != Part::kLength && part_ != Part::kUntilEnd && part_ != Part::kChunk;
}

AnswerReader::State AnswerReader::take(std::string_view bytes) {
  begun_ = begun_ || !bytes.empty();
  while (!bytes.empty() && state() == State::kMore) {
    if (!takes_lines()) {
      take_body(bytes);
    } else if (const std::string_view line = take_line(bytes); !line.empty()) {
      on_line(line);
      line_.clear();
    }
  }
  excess_ = excess_ || !bytes.empty();
  return state();
}

// Only what ends a body tells that it ended; anything else is half an answer.
AnswerReader::State AnswerReader::end() {
  if (part_ == Part::kUntilEnd) {
    part_ = Part::kDone;
  } else if (state() == State::kMore) {
    const bool other = part_ == Part::kStatus && !line_.empty() && !line_.starts_with(kBegin);
    broken(other ? Fault::kNoStatusLine : Fault::kCut);
  }
  return state();
}

// Nothing while the line has no end yet. One over the bound is given as it is: the sink refuses it.
std::string_view AnswerReader::take_line(std::string_view& bytes) {
  const auto feed = bytes.find('\n');
  const std::string_view part = bytes.substr(0, std::min(feed, bytes.size() - 1) + 1);
  bytes.remove_prefix(part.size());
  const bool whole = feed != std::string_view::npos;
  if (whole && line_.empty()) return part;
  line_.append(part);
  return whole || line_.size() > max_line_bytes_ ? std::string_view(line_) : std::string_view();
}

void AnswerReader::take_body(std::string_view& bytes) {
  const auto size = part_ == Part::kUntilEnd
                        ? bytes.size()
                        : static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  const std::string_view now = bytes.substr(0, size);
  bytes.remove_prefix(size);
  left_ -= part_ == Part::kUntilEnd ? 0 : size;
  give_body(now);
  if (state() != State::kMore || part_ == Part::kUntilEnd || left_ > 0) return;
  part_ = part_ == Part::kChunk ? Part::kChunkEnd : Part::kDone;
}

void AnswerReader::give_body(std::string_view bytes) {
  if (!sink_.on_body(bytes)) broken(Fault::kUnwanted);
}

void AnswerReader::give_header(std::string_view line) {
  if (!sink_.on_header(line)) {
    broken(Fault::kUnwanted);
  } else if (line.size() > max_line_bytes_ || line.find('\0') != std::string_view::npos) {
    broken(Fault::kBadHeader);
  }
}

void AnswerReader::on_line(std::string_view line) {
  switch (part_) {
    case Part::kStatus: return on_status_line(line);
    case Part::kHead: return on_head_line(line);
    case Part::kChunkSize: return on_chunk_size(line);
    case Part::kChunkEnd:
      if (!is_blank(line)) return broken(Fault::kBadChunk);
      part_ = Part::kChunkSize;
      return;
    default:  // a trailer
      give_header(line);
      close_ = close_ || !is_blank(line);
      if (is_blank(line) && state() == State::kMore) part_ = Part::kDone;
  }
}

// "HTTP/1.1 304 Not Modified".
void AnswerReader::on_status_line(std::string_view line) {
  constexpr std::size_t kShortest = std::string_view("HTTP/1.1 200").size();
  const bool known = line.size() > kShortest && line.starts_with(kBegin) && line[5] == '1' &&
                     line[6] == '.' && line[8] == ' ';
  const auto status = known ? number(line.substr(9, 3), 10) : std::nullopt;
  const bool apart = known && (line[12] == ' ' || line[12] == '\r' || line[12] == '\n');
  if (!status || *status < 100 || !apart || (line[7] != '0' && line[7] != '1'))
    return broken(Fault::kNoStatusLine);
  status_ = static_cast<int>(*status);
  close_ = close_ || status_ < 200 || line[7] != '1';
  has_length_ = chunked_ = false;
  left_ = 0;
  part_ = Part::kHead;
  sink_.on_status(status_);
  give_header(line);
}

// As libcurl does, it passes over folded lines and over names with a blank before the colon.
void AnswerReader::on_head_line(std::string_view line) {
  give_header(line);
  if (state() != State::kMore) return;
  if (is_blank(line)) return end_head();
  const bool folded = line.front() == ' ' || line.front() == '\t';
  const auto colon = line.find(':');
  if (colon == std::string_view::npos && !folded) return broken(Fault::kBadHeader);
  const std::string_view name = line.substr(0, std::min(colon, line.size()));
  if (folded || without_blanks(name).size() != name.size()) {
    close_ = true;
    return;
  }
  const char first = name.empty() ? '\0' : lower_letter(name.front());
  if (first == 'c' || first == 't') on_field(name, without_blanks(line.substr(colon + 1)));
}

void AnswerReader::on_field(std::string_view name, std::string_view value) {
  if (equal_ignoring_case(name, "connection")) {
    close_ = close_ || lists(value, "close");
  } else if (equal_ignoring_case(name, "content-length")) {
    on_length(value);
  } else if (equal_ignoring_case(name, "transfer-encoding")) {
    on_coding(value);
  }
}

void AnswerReader::on_coding(std::string_view value) {
  if (is_bodiless()) {
    close_ = true;
  } else if (chunked_ || !equal_ignoring_case(value, "chunked")) {
    broken(Fault::kBadCoding);
  }
  chunked_ = true;
}

// The digits it begins with count, and the last of several.
void AnswerReader::on_length(std::string_view value) {
  const auto digits = std::min(value.find_first_not_of("0123456789"), value.size());
  const auto length = number(value.substr(0, digits), 10);
  close_ = close_ || !length || digits < value.size() || has_length_;
  if (!length && !is_bodiless()) return broken(digits == 0 ? Fault::kBadHeader : Fault::kTooLong);
  left_ = length.value_or(0);
  has_length_ = true;
}

// RFC 9112 6.3.
void AnswerReader::end_head() {
  if (status_ == 101) return broken(Fault::kBadHeader);
  if (status_ < 200) {
    part_ = Part::kStatus;
  } else if (is_bodiless()) {
    part_ = Part::kDone;
  } else if (chunked_) {
    close_ = close_ || has_length_;  // who says both may mean either
    part_ = Part::kChunkSize;
  } else if (has_length_) {
    if (left_ > max_body_bytes_) return broken(Fault::kTooLong);
    part_ = left_ > 0 ? Part::kLength : Part::kDone;
  } else {
    close_ = true;
    part_ = Part::kUntilEnd;
  }
}

// What stands behind a ';' is of no interest.
void AnswerReader::on_chunk_size(std::string_view line) {
  const auto size = number(without_blanks(line.substr(0, line.find(';'))), 16);
  if (!size || *size > INT64_MAX || line.size() > max_line_bytes_) return broken(Fault::kBadChunk);
  left_ = *size;
  part_ = left_ > 0 ? Part::kChunk : Part::kTrailer;
}

}  // namespace steppe
