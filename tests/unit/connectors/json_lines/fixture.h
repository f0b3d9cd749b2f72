#pragma once
// A sink on a file in a directory of its own.

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "connectors/json_lines/json_lines_sink.h"
#include "tests/support/temporary_directory.h"

namespace steppe::test {

inline const WriterIdentity kWriter{"main", "0123456789abcdef0123456789abcdef"};

/// Stands still until told.
class StillClock final : public Clock {
 public:
  Instant now() const override { return {}; }
  std::chrono::steady_clock::time_point steady() const override { return at; }
  std::chrono::steady_clock::time_point at{};
};

inline std::vector<OutboxRow> rows(std::uint64_t first, std::uint64_t last) {
  std::vector<OutboxRow> out;
  for (std::uint64_t seq = first; seq <= last; ++seq) {
    out.push_back(
        {seq, {"items.v1", "k", {{"ce_id", "x"}}, "{\"n\":" + std::to_string(seq) + "}"}});
  }
  return out;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// The "n" of every line's value, in order; a line that does not parse gives 0.
inline std::vector<std::uint64_t> numbers_in(const std::string& path) {
  std::vector<std::uint64_t> out;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.rfind("\"value\":{\"n\":");
    out.push_back(at == std::string::npos || !line.ends_with("}}")
                      ? 0
                      : std::strtoull(line.c_str() + at + 13, nullptr, 10));
  }
  return out;
}

class SinkTest : public ::testing::Test {
 protected:
  std::string path() const { return directory_.file("out.jsonl"); }

  JsonLinesOptions options() const {
    JsonLinesOptions options;
    options.path = path();
    return options;
  }

  /// A fresh sink, as after a restart.
  Checkpoint restart() {
    sink_.reset();
    sink_ = std::make_unique<JsonLinesSink>(options(), clock_);
    const auto checkpoint = sink_->open(kWriter);
    EXPECT_TRUE(checkpoint) << checkpoint.error().message;
    return checkpoint ? *checkpoint : Checkpoint{};
  }
  JsonLinesSink& sink() {
    if (!sink_) restart();
    return *sink_;
  }
  void publish(std::uint64_t first, std::uint64_t last) {
    const auto done = sink().publish(rows(first, last));
    ASSERT_TRUE(done) << done.error().message;
  }

  TemporaryDirectory directory_;
  StillClock clock_;
  std::unique_ptr<JsonLinesSink> sink_;
};

}  // namespace steppe::test
