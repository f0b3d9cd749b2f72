// Enriches texts so that a build counts the ways its code goes:
// enrichment_trainer PROFILE_FOLDER FILE...
// A line of a file is an object with `lang`, `text` and, if it has one, `title`.

#include <simdjson.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "config/enrichment_lexicon.h"
#include "core/time.h"
#include "processors/claims/enricher.h"

namespace steppe {
namespace {

constexpr int kRounds = 20;  // or loading the profile, once, would seem to be the most of it

/// Appends the items of a file; false, with a message, when it is not as it should be.
bool read_items(const char* path, std::vector<Item>& items) {
  std::ifstream file(path);
  simdjson::dom::parser parser;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    const simdjson::padded_string padded(line);
    simdjson::dom::element value;
    std::string_view lang;
    std::string_view text;
    std::string_view title;
    if (parser.parse(padded).get(value) != simdjson::SUCCESS ||
        value["lang"].get(lang) != simdjson::SUCCESS ||
        value["text"].get(text) != simdjson::SUCCESS) {
      std::fprintf(stderr, "%s:%zu: no object with lang and text\n", path, number);
      return false;
    }
    if (value["title"].get(title) != simdjson::SUCCESS) title = {};
    Item& item = items.emplace_back();
    item.lang.code = std::string(lang);
    item.title = std::string(title);
    item.body = std::string(text);
    item.published = PublishedAt{*parse_rfc3339("2022-01-12T06:00:00Z"), "", "feed"};
  }
  if (number == 0) std::fprintf(stderr, "%s: cannot be read, or is empty\n", path);
  return number != 0;
}

int run(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: enrichment_trainer PROFILE_FOLDER FILE...\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  Problems problems;
  const Enricher enricher(load_enrichment_lexicon({&folder, 1}, problems));
  for (const Problem& problem : problems.all()) {
    std::fprintf(stderr, "%s\n", problem.to_string().c_str());
  }
  if (!problems.empty()) return 1;
  std::vector<Item> items;
  for (int i = 2; i < argc; ++i) {
    if (!read_items(argv[i], items)) return 1;
  }
  const Feed feed;
  for (int round = 0; round < kRounds; ++round) {
    for (Item& item : items) enricher.enrich(item, feed);
  }
  return 0;
}

}  // namespace
}  // namespace steppe

int main(int argc, char** argv) {
  return steppe::run(argc, argv);
}
