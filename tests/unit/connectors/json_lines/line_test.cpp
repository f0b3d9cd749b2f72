#include "connectors/json_lines/line.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "tests/unit/connectors/json_lines/fixture.h"

namespace steppe::test {
namespace {

using json_lines::append_line;
using json_lines::read_line;

std::string line_of(const Record& record, std::uint64_t seq = 7) {
  std::string out;
  append_line(out, {seq, record}, kWriter);
  return out;
}

TEST(Line, HasTheDocumentedEnvelope) {
  EXPECT_EQ(line_of({"items.v1", "key", {{"ce_id", "a.1"}}, "{\"x\":[1,2]}"}),
            "{\"topic\":\"items.v1\",\"key\":\"key\",\"headers\":{\"ce_id\":\"a.1\","
            "\"src-id\":\"main\",\"src-generation\":\"0123456789abcdef0123456789abcdef\","
            "\"src-seq\":\"7\"},\"value\":{\"x\":[1,2]}}\n");
}

TEST(Line, StaysOneLine_WhenValueHasBreaksBetweenTokens) {
  const std::string line = line_of({"t", "k", {}, "{\n\"x\":\r\n\"a\\nb\"}"});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_NE(line.find("{ \"x\":  \"a\\nb\"}"), std::string::npos);
}

TEST(Line, WritesNull_ForAnEmptyValue) {
  EXPECT_NE(line_of({"t", "k", {}, ""}).find("\"value\":null}"), std::string::npos);
}

TEST(Line, StaysValidJson_WithHostileKeysAndHeaders) {
  const std::string hostile = "\"\\\n\x01\xff\xd0\xb0{}";
  std::string line = line_of({hostile, hostile, {{hostile, hostile}}, "1"});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  simdjson::dom::parser parser;
  simdjson::dom::element parsed;
  ASSERT_EQ(parser.parse(line).get(parsed), simdjson::SUCCESS);
  EXPECT_EQ(std::string_view(parsed["key"]), "\"\\\n\x01\xef\xbf\xbd\xd0\xb0{}");
}

TEST(Line, TellsItsWriterAndSequence) {
  const std::string line = line_of({"t", "k", {}, "{}"}, 18446744073709551615u);
  const auto found = read_line(std::string_view(line).substr(0, line.size() - 1));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->writer.instance, "main");
  EXPECT_EQ(found->writer.generation, kWriter.generation);
  EXPECT_EQ(found->last_seq, 18446744073709551615u);
}

TEST(Line, TellsNothing_WhenCutAnywhereOrNotOurs) {
  const std::string line = line_of({"t", "k", {}, "{\"a\":\"b\"}"});
  for (std::size_t size = 0; size + 1 < line.size(); ++size) {
    EXPECT_FALSE(read_line(line.substr(0, size))) << size;
  }
  EXPECT_FALSE(read_line("{\"topic\":\"t\",\"headers\":{}}"));
  EXPECT_FALSE(
      read_line("{\"topic\":\"t\",\"headers\":{\"src-id\":\"a\",\"src-generation\":\"b\","
                "\"src-seq\":\"1x\"}}"));
  EXPECT_FALSE(read_line("hello"));
}

}  // namespace
}  // namespace steppe::test
