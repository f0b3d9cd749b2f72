#include "connectors/json_lines/json_lines_sink.h"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "connectors/json_lines/history.h"
#include "connectors/json_lines/line.h"
#include "connectors/json_lines/tail.h"

namespace steppe {

using json_lines::File;
using json_lines::FileId;
using json_lines::Mark;
using json_lines::Tail;

JsonLinesSink::JsonLinesSink(JsonLinesOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock), mark_(options_.path) {}

JsonLinesSink::~JsonLinesSink() {
  if (unsynced_ && !unsafe_ && options_.fsync != FsyncPolicy::kNever) {
    [[maybe_unused]] const auto done = file_.sync();
  }
}

bool JsonLinesSink::remembers() const {
  return options_.path != "-";
}

Error JsonLinesSink::note(Error error) {
  Error told = std::move(error).with_context("JSON Lines output");
  if (told.code == Code::kStorage && told.retry == Retry::kNever) unsafe_ = told;
  return told;
}

Result<Checkpoint> JsonLinesSink::open(const WriterIdentity& writer) {
  if (unsafe_) return *unsafe_;
  writer_ = writer;
  ready_ = false;
  Result<Checkpoint> published = remembers() ? open_file() : Checkpoint{};
  if (!published) return note(std::move(published.error()));
  const bool own = published->writer.instance == writer.instance &&
                   published->writer.generation == writer.generation;
  last_seq_ = own ? published->last_seq : 0;
  synced_at_ = clock_.steady();
  ready_ = true;
  return published;
}

Result<Checkpoint> JsonLinesSink::open_file() {
  file_.close();
  Result<File> file = File::open_output(options_.path);
  if (!file) return file.error();
  const Result<Tail> tail = json_lines::repair_tail(*file, options_.path);
  if (!tail) return tail.error();
  const Result<FileId> id = file->id();
  if (!id) return id.error();
  const Checkpoint published =
      json_lines::published_before(*tail, *id, mark_.load(), options_.path, writer_);
  if (auto done = mark_.keep({published, *id}); !done) return done.error();
  file_ = std::move(*file);
  file_id_ = *id;
  unsynced_ = false;
  return published;
}

Result<void> JsonLinesSink::publish(std::span<const OutboxRow> rows) {
  if (unsafe_) return *unsafe_;
  if (!ready_) return Error{Code::kInternal, Retry::kNever, "publishing before opening"};
  if (rows.empty()) return {};
  if (rows.front().seq <= last_seq_) {
    return Error{Code::kInternal, Retry::kNever,
                 "record " + std::to_string(rows.front().seq) + " was written before"};
  }
  auto done = remembers() ? write_file(rows) : write_stdout(rows);
  ready_ = done.has_value();
  if (!done) return note(std::move(done.error()));
  last_seq_ = rows.back().seq;
  if (remembers()) mark_.refresh({{writer_, last_seq_}, file_id_});
  return {};
}

Result<void> JsonLinesSink::write_file(std::span<const OutboxRow> rows) {
  std::string piece;
  for (const OutboxRow& row : rows) {
    const std::size_t before = piece.size();
    json_lines::append_line(piece, row, writer_);
    if (piece.size() - before > json_lines::kMaxLineBytes) {
      return Error{Code::kTooLarge, Retry::kNever,
                   "record " + std::to_string(row.seq) + " makes a line over 16 MiB"};
    }
    if (piece.size() < json_lines::kPieceBytes) continue;
    if (auto done = write_piece(piece); !done) return done;
  }
  return write_piece(piece);
}

Result<void> JsonLinesSink::write_piece(std::string& piece) {
  if (piece.empty()) return {};
  unsynced_ = true;
  if (auto done = file_.append(piece); !done) return done;
  piece.clear();
  if (options_.fsync != FsyncPolicy::kAlways) return sync_if_due();
  unsynced_ = false;
  return file_.sync();
}

Result<void> JsonLinesSink::sync_if_due() {
  if (unsafe_) return *unsafe_;
  if (!unsynced_ || options_.fsync != FsyncPolicy::kInterval) return {};
  if (clock_.steady() - synced_at_ < options_.fsync_interval) return {};
  synced_at_ = clock_.steady();
  unsynced_ = false;
  if (auto done = file_.sync(); !done) return note(std::move(done.error()));
  return {};
}

Result<void> JsonLinesSink::write_stdout(std::span<const OutboxRow> rows) {
  // A line that an error cut short is completed first: a reader must never see half a line.
  std::string lines = std::exchange(interrupted_, {});
  std::size_t written = 0;
  for (std::size_t i = 0; i < rows.size() || !lines.empty(); ++i) {
    if (i < rows.size()) json_lines::append_line(lines, rows[i], writer_);
    const bool last = i + 1 >= rows.size();
    if (!last && lines.size() < json_lines::kPieceBytes) continue;
    auto done = json_lines::write_stream(STDOUT_FILENO, lines, options_.write_limit, written);
    if (!done) {
      const bool between_lines = written == 0 || lines[written - 1] == '\n';
      if (!between_lines) {
        interrupted_ = lines.substr(written, lines.find('\n', written) + 1 - written);
      }
      return done;
    }
    lines.clear();
  }
  return {};
}

Result<void> JsonLinesSink::reopen() {
  if (unsafe_) return *unsafe_;
  if (!remembers() || !ready_) return {};
  unsynced_ = false;
  if (auto done = file_.sync(); !done) return note(std::move(done.error()));
  if (json_lines::file_at(options_.path) == file_id_) return {};
  // The mark must be durable before a new, empty file can be mistaken for a fresh start.
  auto done = mark_.save({{writer_, last_seq_}, file_id_});
  if (done) done = start_new_file();
  if (!done) return note(std::move(done.error()));
  return {};
}

Result<void> JsonLinesSink::start_new_file() {
  Result<File> file = File::open_output(options_.path);
  if (!file) return file.error();
  const Result<Tail> tail = json_lines::repair_tail(*file, options_.path);
  if (!tail) return tail.error();
  const Result<FileId> id = file->id();
  if (!id) return id.error();
  if (auto done = mark_.save({{writer_, last_seq_}, *id}); !done) return done;
  file_ = std::move(*file);
  file_id_ = *id;
  return {};
}

}  // namespace steppe
