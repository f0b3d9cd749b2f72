#include "connectors/json_lines/mark.h"

#include <fcntl.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <utility>

#include "core/hash.h"

namespace steppe::json_lines {
namespace {

constexpr std::size_t kMaxMarkBytes = 4096;
constexpr int kNumberDigits = 20;

/// Zero-padded, so that every mark of one output has the same length.
std::string padded(std::uint64_t value) {
  const std::string digits = std::to_string(value);
  return std::string(kNumberDigits - digits.size(), '0') + digits;
}

std::string check_of(const Mark& mark) {
  std::string all = mark.published.writer.instance + "\n" + mark.published.writer.generation;
  for (const std::uint64_t n : {mark.published.last_seq, mark.file.device, mark.file.inode}) {
    all += "\n" + std::to_string(n);
  }
  return to_hex(hash64(all));
}

std::string encode(const Mark& mark) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  const auto pair = [&json](const char* name, const std::string& value) {
    json.Key(name);
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  json.StartObject();
  pair("src-id", mark.published.writer.instance);
  pair("src-generation", mark.published.writer.generation);
  pair("src-seq", padded(mark.published.last_seq));
  pair("device", padded(mark.file.device));
  pair("inode", padded(mark.file.inode));
  pair("check", check_of(mark));
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string text_of(const simdjson::dom::element& object, const char* name) {
  std::string_view value;
  if (object[name].get(value) != simdjson::SUCCESS) return {};
  return std::string(value);
}

std::uint64_t number_of(const simdjson::dom::element& object, const char* name) {
  const std::string digits = text_of(object, name);
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::optional<Mark> decode(const std::string& bytes) {
  simdjson::dom::parser parser;
  simdjson::dom::element object;
  if (parser.parse(bytes).get(object) != simdjson::SUCCESS) return {};
  Mark mark;
  mark.published.writer = {text_of(object, "src-id"), text_of(object, "src-generation")};
  mark.published.last_seq = number_of(object, "src-seq");
  mark.file = {number_of(object, "device"), number_of(object, "inode")};
  if (text_of(object, "check") != check_of(mark)) return {};
  return mark;
}

}  // namespace

std::optional<Mark> MarkFile::load() const {
  const File file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC), path_);
  if (!file.is_open()) return {};
  const Result<std::string> bytes = file.read(0, kMaxMarkBytes);
  return bytes ? decode(*bytes) : std::nullopt;
}

Result<void> MarkFile::save(const Mark& mark) {
  const std::string text = encode(mark);
  const std::string part = path_ + ".new";
  File file(::open(part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644), part);
  if (!file.is_open()) return file_error(errno, "creating", part);
  if (auto done = file.append(text); !done) return done;
  if (auto done = file.sync(); !done) return done;
  if (std::rename(part.c_str(), path_.c_str()) != 0) return file_error(errno, "renaming", part);
  file_ = std::move(file);
  size_ = text.size();
  return sync_folder_of(path_);
}

Result<void> MarkFile::keep(const Mark& mark) {
  const std::optional<Mark> stored = load();
  if (!stored || stored->file != mark.file) return save(mark);
  file_ = File(::open(path_.c_str(), O_RDWR | O_CLOEXEC), path_);
  size_ = encode(*stored).size();
  refresh(mark);
  return {};
}

void MarkFile::refresh(const Mark& mark) {
  const std::string text = encode(mark);
  if (!file_.is_open() || text.size() != size_) {
    [[maybe_unused]] const auto saved = save(mark);
    return;
  }
  [[maybe_unused]] const ssize_t written =
      ::pwrite(file_.descriptor(), text.data(), text.size(), 0);
}

}  // namespace steppe::json_lines
