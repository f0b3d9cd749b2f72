#include "daemon/json_input.h"

#include <simdjson.h>

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "core/c_handle.h"

namespace steppe {
namespace {

using FileHandle = CHandle<FILE, &fclose>;

Error fault(std::string_view doing, const std::string& file, int number) {
  const std::string name = file.empty() || file == "-" ? "standard input" : file;
  return {Code::kStorage, Retry::kNever,
          std::string(doing) + " " + name + ": " +
              std::strerror(number)};  // NOLINT(concurrency-mt-unsafe)
}

Result<FileHandle> open_input(const std::string& file) {
  const bool standard = file.empty() || file == "-";
  const int copy = standard ? dup(STDIN_FILENO) : -1;
  if (standard && copy < 0) return fault("opening", file, errno);
  FileHandle handle(standard ? fdopen(copy, "rb") : std::fopen(file.c_str(), "rb"));
  if (!handle) return fault("opening", file, errno);
  return handle;
}

}  // namespace

Result<std::unordered_map<std::string, std::string>> read_flat_object(std::string_view line) {
  const Error fault{Code::kInvalidInput, Retry::kNever, "the line is not a JSON object"};
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(simdjson::padded_string(line)).get(object) != simdjson::SUCCESS)
    return Error{fault};
  std::unordered_map<std::string, std::string> members;
  for (const auto& [key, value] : object) {
    if (value.is_object() || value.is_array() || value.is_null()) continue;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
      members.emplace(key, text);
    } else {
      members.emplace(key, simdjson::minify(value));
    }
  }
  return members;
}

Result<void> for_each_line(const std::string& file,
                           const std::function<void(const std::string&)>& each) {
  auto input = open_input(file);
  if (!input) return std::move(input).error();
  char* buffer = nullptr;
  std::size_t capacity = 0;
  ssize_t length = 0;
  while ((length = getline(&buffer, &capacity, input->get())) >= 0) {
    std::string line(buffer, static_cast<std::size_t>(length));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (!line.empty()) each(line);
  }
  const int failed = std::ferror(input->get()) != 0 ? errno : 0;
  std::free(buffer);  // NOLINT(cppcoreguidelines-no-malloc): getline's buffer
  return failed == 0 ? ok() : Result<void>(fault("reading", file, failed));
}

Result<std::string> read_all(const std::string& file, std::size_t max_bytes) {
  auto input = open_input(file);
  if (!input) return std::move(input).error();
  std::string bytes;
  char chunk[65536];
  while (std::feof(input->get()) == 0) {
    bytes.append(chunk, std::fread(chunk, 1, sizeof chunk, input->get()));
    if (std::ferror(input->get()) != 0) return fault("reading", file, errno);
    if (bytes.size() > max_bytes) {
      return Error{Code::kTooLarge, Retry::kNever,
                   "the document is larger than " + std::to_string(max_bytes) + " bytes"};
    }
  }
  return bytes;
}

}  // namespace steppe
