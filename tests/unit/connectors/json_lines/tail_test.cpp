#include "connectors/json_lines/tail.h"

#include "connectors/json_lines/line.h"
#include "tests/unit/connectors/json_lines/fixture.h"

namespace steppe::test {
namespace {

class TailTest : public SinkTest {
 protected:
  static std::string line(std::uint64_t seq, std::size_t padding = 0) {
    std::string out;
    json_lines::append_line(out, {seq, {"t", "k", {}, "\"" + std::string(padding, 'x') + "\""}},
                            kWriter);
    return out;
  }
  /// Opens a file of these bytes; gives what is left of it and the last sequence.
  void expect(const std::string& bytes, const std::string& kept, std::uint64_t last_seq) {
    write_file(path(), bytes);
    auto file = json_lines::File::open_output(path());
    ASSERT_TRUE(file);
    const auto tail = json_lines::repair_tail(*file, path());
    ASSERT_TRUE(tail) << tail.error().message;
    EXPECT_EQ(tail->last ? tail->last->last_seq : 0, last_seq);
    EXPECT_TRUE(read_file(path()) == kept) << bytes.size();
  }
  void expect_refused(const std::string& bytes) {
    write_file(path(), bytes);
    auto file = json_lines::File::open_output(path());
    ASSERT_TRUE(file);
    const auto tail = json_lines::repair_tail(*file, path());
    ASSERT_FALSE(tail) << bytes.substr(0, 40);
    EXPECT_EQ(tail.error().code, Code::kConfig);
    EXPECT_TRUE(read_file(path()) == bytes);
  }
};

TEST_F(TailTest, KeepsCompleteLines) {
  expect("", "", 0);
  expect(line(1), line(1), 1);
  expect(line(1) + line(2), line(1) + line(2), 2);
}

TEST_F(TailTest, CutsAPartialLine_OfEveryLength) {
  const std::string next = line(2);
  for (std::size_t size = 1; size < next.size(); ++size) {
    expect(line(1) + next.substr(0, size), line(1), 1);
    expect(next.substr(0, size), "", 0);
  }
}

TEST_F(TailTest, CutsFromTheFirstZeroByte_AsAPowerCutLeavesThem) {
  expect(line(1) + std::string(5000, '\0'), line(1), 1);
  expect(line(1) + line(2).substr(0, 20) + std::string(5000, '\0') + line(9), line(1), 1);
  expect(std::string(5000, '\0'), "", 0);
}

TEST_F(TailTest, FindsTheLastLine_OfLinesLongerThanOneRead) {
  const std::string big = line(2, 5u << 20);
  expect(line(1) + big, line(1) + big, 2);
  expect(line(1) + big + big.substr(0, big.size() - 1), line(1) + big, 2);
  expect(big.substr(0, big.size() - 1), "", 0);
}

TEST_F(TailTest, RefusesFilesOfSomethingElse_AndLeavesThemAlone) {
  expect_refused("hello\n");
  expect_refused("hello");
  expect_refused("\n");
  expect_refused(line(1) + "\n");
  expect_refused(line(1) + "{\"topic\":\"t\"}\n");
  expect_refused(std::string(100, '\0') + "binary");
  expect_refused(std::string(70u << 20, 'x'));
}

}  // namespace
}  // namespace steppe::test
