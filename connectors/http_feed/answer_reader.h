#pragma once
// Reads one HTTP/1.1 answer to a GET from the bytes of a connection.

#include <cstdint>
#include <string>
#include <string_view>

namespace steppe {

/// Who gets what an answer consists of.
class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  /// Of the status line whose lines follow; interim answers (1xx) are told, too.
  virtual void on_status(int status) = 0;
  /// One line of a head or of a trailer, as received. False ends the reading.
  virtual bool on_header(std::string_view line) = 0;
  /// A part of the body without its framing. False ends the reading.
  virtual bool on_body(std::string_view bytes) = 0;
};

/// One answer, from its first byte. One thread at a time. Holds at most one line.
/// Source: RFC 9112 sections 4 to 7, 9.3; where servers break it, what libcurl does.
class AnswerReader {
 public:
  enum class State : std::uint8_t { kMore, kDone, kBroken };
  enum class Fault : std::uint8_t {
    kNone,
    kNoStatusLine,  // it begins with something else
    kBadHeader,     // a NUL byte, a line without colon, a length that is none, another protocol
    kBadCoding,     // not just "Transfer-Encoding: chunked", once
    kBadChunk,
    kTooLong,   // Content-Length is over the bound
    kCut,       // the connection ended before the answer did
    kUnwanted,  // the sink said so
  };

  AnswerReader(AnswerSink& sink, std::uint64_t max_line_bytes, std::uint64_t max_body_bytes)
      : sink_(sink), max_line_bytes_(max_line_bytes), max_body_bytes_(max_body_bytes) {}

  /// The next bytes; not after kDone or kBroken.
  State take(std::string_view bytes);
  /// The connection ended.
  State end();

  /// Why kBroken.
  Fault fault() const { return fault_; }
  /// After kBroken: it is no answer as the RFC has them; libcurl may make something of it.
  bool doubtful() const;
  /// After kDone: whether the connection may carry another request. Only after the plainest
  /// answers, that nobody can take for longer or shorter than they are.
  bool may_keep() const { return !close_ && !excess_; }
  /// Whether anything came.
  bool begun() const { return begun_; }
  /// What the next byte belongs to.
  bool in_head() const { return part_ == Part::kStatus || part_ == Part::kHead; }
  bool in_chunks() const { return part_ == Part::kChunkSize || part_ == Part::kChunk; }

 private:
  enum class Part : std::uint8_t {
    kStatus,
    kHead,
    kLength,     // a body of left_ bytes
    kUntilEnd,   // a body up to the end of the connection
    kChunkSize,  // a line
    kChunk,      // left_ bytes
    kChunkEnd,   // an empty line
    kTrailer,
    kDone,
    kBroken
  };

  bool takes_lines() const;
  bool is_bodiless() const;
  std::string_view take_line(std::string_view& bytes);
  void take_body(std::string_view& bytes);
  void on_line(std::string_view line);
  void on_status_line(std::string_view line);
  void on_head_line(std::string_view line);
  void on_field(std::string_view name, std::string_view value);
  void on_length(std::string_view value);
  void on_coding(std::string_view value);
  void on_chunk_size(std::string_view line);
  void end_head();
  void give_header(std::string_view line);
  void give_body(std::string_view bytes);
  void broken(Fault fault);
  State state() const;

  AnswerSink& sink_;
  std::uint64_t max_line_bytes_;
  std::uint64_t max_body_bytes_;
  std::string line_;  // the beginning of one
  std::uint64_t left_ = 0;
  int status_ = 0;
  Part part_ = Part::kStatus;
  Fault fault_ = Fault::kNone;
  bool begun_ = false;
  bool has_length_ = false;
  bool chunked_ = false;
  bool close_ = false;   // by its version, its word, or because it is not plain
  bool excess_ = false;  // bytes nobody asked for came behind it
};

}  // namespace steppe
