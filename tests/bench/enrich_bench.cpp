// Enrichment of 4 KB items on one core, by language: enrich_bench [ITEMS [LANGUAGE]] prints CPU
// microseconds. What an item takes is the median of three rounds over all items: a timer that
// interrupts one item in sixty counts into CPU time too. The p99 with it stands beside.
// With --dump it prints the items as JSON Lines instead, for the pipelines it is compared with.

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace steppe {
namespace {

constexpr std::size_t kItemBytes = 4096;
constexpr std::uint32_t kTellingOf = 3;  // one sentence in three tells something, as in reports
constexpr std::uint32_t kSeed = 20220105;
constexpr std::size_t kRounds = 3;
constexpr std::size_t kTurn = 37;  // percent of the items that each round begins later

struct Words {
  std::vector<std::string> telling;  // with figures, events, speakers
  std::vector<std::string> context;  // plain
};

std::vector<std::string> list(const simdjson::dom::element& value, std::string_view key) {
  std::vector<std::string> words;
  for (const auto each : simdjson::dom::array(value[key])) {
    words.emplace_back(std::string_view(each));
  }
  return words;
}

std::map<std::string, Words> sentences() {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/data/bench/sentences.jsonl");
  std::map<std::string, Words> all;
  simdjson::dom::parser parser;
  for (std::string line; std::getline(file, line);) {
    const simdjson::dom::element value = parser.parse(simdjson::padded_string(line)).value();
    all[std::string(std::string_view(value["lang"]))] = {list(value, "sentences"),
                                                         list(value, "context")};
  }
  return all;
}

/// Sentences in random order with fresh numbers until the item has 4 KB.
Item make_item(const std::string& lang, const Words& words, std::mt19937& random) {
  Item item;
  item.lang.code = lang;
  item.title = words.telling[random() % words.telling.size()];
  while (item.body.size() < kItemBytes) {
    const auto& from = random() % kTellingOf == 0 ? words.telling : words.context;
    std::string sentence = from[random() % from.size()];
    for (char& c : sentence) {
      if (c >= '1' && c <= '9') c = static_cast<char>('1' + random() % 9);
    }
    item.body += sentence;
    if (random() % 4 == 0) item.body += "\n\n";
  }
  item.published = PublishedAt{*parse_rfc3339("2022-01-12T06:00:00Z"), "", "feed"};
  return item;
}

void dump(const Item& item) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  json.Key("lang");
  json.String(item.lang.code.c_str());
  json.Key("text");
  json.String((item.title + "\n" + item.body).c_str());
  json.EndObject();
  std::puts(buffer.GetString());
}

double thread_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// CPU time, so that a busy machine does not count. An item is enriched once in its life: what an
/// earlier round found is freed before the clock starts.
double microseconds(const Enricher& enricher, Item& item, const Feed& feed) {
  item.found = {};
  const double start = thread_microseconds();
  enricher.enrich(item, feed);
  return thread_microseconds() - start;
}

/// The value that a share of the others does not exceed; orders them.
double at_share(std::vector<double>& values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void measure(const Enricher& enricher, const std::string& lang, std::vector<Item>& items) {
  const Feed feed;
  std::size_t figures = 0;
  for (Item& item : items) microseconds(enricher, item, feed);  // warm
  std::vector<std::vector<double>> rounds(items.size());        // by item
  for (std::size_t round = 0; round < kRounds; ++round) {
    // a timer that keeps step with the rounds would hit the same items in each
    const std::size_t first = items.size() * kTurn / 100 * round;
    for (std::size_t at = first; at < first + items.size(); ++at) {
      const std::size_t i = at % items.size();
      rounds[i].push_back(microseconds(enricher, items[i], feed));
    }
  }
  std::vector<double> single;
  std::vector<double> medians;
  for (std::size_t i = 0; i < items.size(); ++i) {
    single.insert(single.end(), rounds[i].begin(), rounds[i].end());
    medians.push_back(at_share(rounds[i], 0.5));
    figures += items[i].found.figures.size();
  }
  std::printf(
      "steppewatch %s: p50 %.1f us, p99 %.1f us (with interrupts %.1f), %.1f figures an item\n",
      lang.c_str(), at_share(medians, 0.5), at_share(medians, 0.99), at_share(single, 0.99),
      static_cast<double>(figures) / static_cast<double>(items.size()));
}

int run(int argc, char** argv) {
  const bool dumps = argc > 1 && std::string(argv[1]) == "--dump";
  const std::size_t count = dumps ? 50 : argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
  std::mt19937 random(kSeed);
  const Enricher enricher(profile_lexicon());
  const std::string only = argc > 2 ? argv[2] : "";
  for (const auto& [lang, words] : sentences()) {
    if (!only.empty() && lang != only) continue;
    std::vector<Item> items;
    for (std::size_t i = 0; i < count; ++i) items.push_back(make_item(lang, words, random));
    if (!dumps) {
      measure(enricher, lang, items);
      continue;
    }
    for (const Item& item : items) dump(item);
  }
  return 0;
}

}  // namespace
}  // namespace steppe

int main(int argc, char** argv) {
  return steppe::run(argc, argv);
}
