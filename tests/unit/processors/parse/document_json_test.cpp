#include "processors/parse/document_json.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(DocumentJson, PrintsWhatIsThere_AndSanitises) {
  ParsedFeed feed;
  feed.meta = {"rss", "2.0", "utf-8", false, {"a"}};
  feed.title = "T \"q\"";
  feed.base_url = "https://example.org/";
  ParsedItem item;
  item.id = "1";
  item.guid_is_permalink = true;
  item.summary = "<a href=\"x\" onclick=\"y\">z</a><script>w</script>";
  item.published = FeedDate{*parse_rfc3339("2022-01-05T10:00:00+06:00"), "+06:00", false};
  item.geo = GeoPoint{43.25, 76.5};
  feed.items.push_back(item);
  EXPECT_EQ(
      to_json(feed, "q1"),
      "{\"id\":\"q1\",\"ok\":true,\"meta\":{\"format\":\"rss\",\"version\":\"2.0\","
      "\"encoding\":\"utf-8\",\"salvaged\":false,\"warnings\":[\"a\"]},"
      "\"feed\":{\"title\":\"T \\\"q\\\"\"},\"items\":[{\"id\":\"1\",\"guid_is_permalink\":true,"
      "\"summary\":\"<a href=\\\"https://example.org/x\\\">z</a>\","
      "\"published\":\"2022-01-05T04:00:00Z\",\"geo\":{\"lat\":43.25,\"lon\":76.5}}]}");
}

TEST(DocumentJson, PrintsErrors) {
  const Result<ParsedFeed> refused = Error{Code::kInvalidInput, Retry::kNever, "empty: nothing"};
  EXPECT_EQ(to_json(refused), "{\"ok\":false,\"error\":\"empty: nothing\"}");
}

}  // namespace
}  // namespace steppe
