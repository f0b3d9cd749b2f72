// Whatever comes in, what goes out is valid: by the schemas for hostile feeds, as JSON for
// anything.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/utf8.h"
#include "processors/encode/process_json.h"
#include "tests/contract/samples.h"

namespace steppe {
namespace {

constexpr int kHostileItems = 300;
constexpr int kScrambledItems = 2000;

// Exit code and output of the validator over `path`.
std::pair<int, std::string> validate(const std::string& arguments) {
  const std::string command = "/usr/bin/python3 " + std::string(STEPPE_SOURCE_DIR) +
                              "/tests/contract/validate.py " + arguments + " 2>&1";
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string out;
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) out += buffer;
  return {pclose(pipe), out};
}

class TempFile {
 public:
  explicit TempFile(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / (name + std::to_string(getpid()))) {}
  ~TempFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

void write_line(std::ofstream& out, const Result<Record>& record) {
  ASSERT_TRUE(record.has_value()) << record.error().message;
  out << envelope(*record) << "\n";
}

TEST(Records, OfAnyFeedSatisfyTheirSchemas) {
  const TempFile file("steppe-records-");
  const RecordContext context = sample_context();
  std::mt19937 random(20220109);
  std::ofstream out(file.path(), std::ios::binary);
  for (int i = 0; i < kHostileItems; ++i) {
    const ItemSample sample = hostile_item(random);
    write_line(out, encode_item(sample.input(), context));
    ClaimEvent claim = sample_retraction();
    claim.caused_by_evidence = quoted(sample.item, sample.item.match.reasons.front().evidence);
    if (i % 4 == 0) claim.caused_by_evidence->text += "?";  // another text by now
    claim.claimant = claim.source_name = sample.item.title;
    write_line(out, encode_claim({&claim, &sample.item, &sample.feed, {}, ""}, context));
    StorySnapshot story = sample_story();
    story.title["en"] = sample.item.title;
    story.newest_members.front().url = sample.item.url;
    write_line(out, encode_story({&story, story.last_seen_at, ""}, context));
    FeedState state = sample_feed_state();
    state.detail = state.url = sample.item.summary;
    write_line(out, encode_feed_status({&state, nullptr, state.last_poll_at, 0}, context));
    DeadLetter letter = sample_dead_letter();
    letter.bytes = letter.url = letter.content_type = letter.error.message = sample.item.body;
    write_line(out, encode_dead_letter(letter, context));
  }
  out.close();
  const auto [code, text] = validate(file.path());
  EXPECT_EQ(code, 0) << text.substr(0, 4000);
  const auto [open_code, open_text] = validate("--open " + file.path());
  EXPECT_EQ(open_code, 0) << open_text.substr(0, 4000);
}

TEST(Records, AreFoundFaulty_WhenTheyAre) {
  const TempFile file("steppe-faulty-");
  const Result<Record> good = encode_item(full_item().input(), sample_context());
  ASSERT_TRUE(good.has_value());
  const auto replaced = [&good](const std::string& from, const std::string& to) {
    Record bad = *good;
    const std::size_t start = bad.value.find(from);
    EXPECT_NE(start, std::string::npos) << from;
    bad.value.replace(start, from.size(), to);
    return envelope(bad);
  };
  const std::pair<std::string, std::string> faults[] = {
      {replaced("\"text\":\"at least", "\"text\":\"at worst"), "not the slice"},
      {replaced("\"place_id\":\"p1\"", "\"place_id\":\"p9\""), "p9 is not in the record"},
      {replaced("\"status\":\"corrected\"", "\"status\":null"), "absent is omitted"},
      {replaced("\"material\":true", "\"material\":\"yes\""), "is not of type 'boolean'"},
      {replaced("\"revision\":2", "\"revision\":3"), "ce_id"},
      {replaced("\"backfill\":true", "\"surprise\":true"), "unexpected"},
      {"{\"topic\":\"weather.v1\",\"value\":{}}", "no schema"},
      {"{\"topic\":", "not JSON"}};
  for (const auto& [line, message] : faults) {
    std::ofstream(file.path(), std::ios::binary) << line << "\n";
    const auto [code, text] = validate(file.path());
    EXPECT_NE(code, 0) << message;
    EXPECT_NE(text.find(message), std::string::npos) << message << "\n" << text;
  }
}

void expect_slices(const Record& record, const ItemSample& sample) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parser.parse(record.value).get(root), simdjson::SUCCESS) << record.value;
  for (const char* list : {"figures", "quotes", "events", "places", "actors"}) {
    for (const simdjson::dom::element one : root[list].get_array()) {
      for (const simdjson::dom::element evidence : one["evidence"].get_array()) {
        std::string_view field;
        std::string_view text;
        ASSERT_EQ(evidence["field"].get(field), simdjson::SUCCESS);
        ASSERT_EQ(evidence["text"].get(text), simdjson::SUCCESS);
        const std::uint64_t start = evidence["byte_start"].get_uint64().value();
        const std::uint64_t end = evidence["byte_end"].get_uint64().value();
        EXPECT_EQ(end - start, text.size());
        if (field == "source_text") continue;
        std::string_view published;
        ASSERT_EQ(root[field].get(published), simdjson::SUCCESS);
        EXPECT_EQ(published.substr(start, end - start), text);
      }
    }
  }
  const PublishText policy = sample.feed.publish_text;
  if (policy != PublishText::kFull) {
    EXPECT_NE(root["body"].error(), simdjson::SUCCESS);
  }
  if (policy == PublishText::kNone) {
    EXPECT_NE(root["summary"].error(), simdjson::SUCCESS);
  }
}

TEST(Records, AreValidJson_WhateverTheFieldsHold) {
  std::mt19937 random(164);
  const RecordContext context = sample_context();
  for (int i = 0; i < kScrambledItems; ++i) {
    const ItemSample sample = scrambled_item(random);
    const Result<Record> record = encode_item(sample.input(), context);
    ASSERT_TRUE(record.has_value());
    EXPECT_TRUE(is_valid_utf8(record->value));
    EXPECT_TRUE(is_valid_utf8(record->key));
    for (const auto& [name, value] : record->headers) EXPECT_TRUE(is_valid_utf8(value)) << name;
    expect_slices(*record, sample);
    const ProcessLine line{sample.item.guid, &sample.item, sample.id, sample.story, &*record};
    const std::string text = process_line(line, true);
    simdjson::dom::parser parser;
    EXPECT_EQ(parser.parse(text).error(), simdjson::SUCCESS) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace steppe
