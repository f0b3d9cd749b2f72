// Finding terms and deciding, beside Hyperscan and RE2::Set. Run by match.sh; see --help there.

#include <hs/hs.h>
#include <re2/set.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "processors/language/language.h"
#include "processors/match/fold.h"
#include "processors/match/matcher.h"
#include "processors/match/search_text.h"
#include "processors/match/term_scanner.h"
#include "tests/bench/match_words.h"
#include "tests/support/hyperscan_terms.h"

namespace steppe {
namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Engine {
  std::string name;
  std::function<std::size_t(const std::string&)> count;  // matches in one block
  std::vector<double> rates = {};                        // MB/s, one a sample
  std::size_t matches = 0;
};

Engine own_engine(const std::vector<std::string>& terms) {
  std::vector<TermPattern> patterns;
  for (const std::string& term : terms) {
    patterns.push_back({static_cast<std::uint32_t>(patterns.size()), term, Anchor::kStem});
  }
  auto scanner = std::make_shared<TermScanner>(patterns);
  return {"steppewatch", [scanner, search = SearchText(),
                          hits = std::vector<TermHit>()](const std::string& block) mutable {
            search.assign(block);
            scanner->scan(search.folded(), hits);
            return hits.size();
          }};
}

Engine hyperscan_engine(const std::string& name, const std::vector<std::string>& terms,
                        unsigned flag, bool folds) {
  std::vector<std::string> folded;
  std::vector<const char*> texts;
  std::vector<unsigned> ids;
  for (const std::string& term : terms) folded.push_back(folds ? fold(term) : term);
  for (const std::string& term : folded) {
    ids.push_back(static_cast<unsigned>(texts.size()));
    texts.push_back(term.c_str());  // letters only: nothing to escape
  }
  const std::vector<unsigned> flags(texts.size(), flag);
  hs_database_t* database = nullptr;
  hs_scratch_t* scratch = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(texts.data(), flags.data(), ids.data(), static_cast<unsigned>(texts.size()),
                       HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS ||
      hs_alloc_scratch(database, &scratch) != HS_SUCCESS) {
    std::fprintf(stderr, "%s: does not compile\n", name.c_str());
    std::exit(1);
  }
  return {name, [=, text = std::string()](const std::string& block) mutable {
            std::size_t count = 0;
            if (folds) fold_into(block, text);
            const std::string& in = folds ? text : block;
            hs_scan(
                database, in.data(), static_cast<unsigned>(in.size()), 0, scratch,
                [](unsigned, unsigned long long, unsigned long long, unsigned, void* context) {
                  ++*static_cast<std::size_t*>(context);
                  return 0;
                },
                &count);
            return count;
          }};
}

Engine re2_engine(const std::vector<std::string>& terms) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_max_mem(std::int64_t{2} << 30);
  auto set = std::make_shared<RE2::Set>(options, RE2::UNANCHORED);
  for (const std::string& term : terms) set->Add(term, nullptr);
  if (!set->Compile()) std::exit(1);
  return {"RE2::Set", [set, ids = std::vector<int>()](const std::string& block) mutable {
            set->Match(block, &ids);
            return ids.size();
          }};
}

void write_lines(const std::string& path, const std::vector<std::string>& lines) {
  std::ofstream file(path, std::ios::binary);
  for (const std::string& line : lines) file << line << '\n';
}

// Interleaved samples, so that a noisy minute meets every engine.
void compare(std::size_t term_count, std::size_t samples, const std::string& folder) {
  BenchWords words(11);
  const std::vector<std::string> terms = words.terms(term_count);
  const std::vector<std::string> blocks = words.blocks(1500, 2048);
  write_lines(folder + "/terms-" + std::to_string(term_count) + ".txt", terms);
  write_lines(folder + "/blocks.txt", blocks);
  std::size_t bytes = 0;
  for (const std::string& block : blocks) bytes += block.size();

  std::vector<Engine> engines;
  engines.push_back(own_engine(terms));
  engines.push_back(hyperscan_engine("Hyperscan, folded text", terms, HS_FLAG_DOTALL, true));
  if (term_count <= 2000) {
    engines.push_back(hyperscan_engine("Hyperscan, caseless", terms,
                                       HS_FLAG_CASELESS | HS_FLAG_UTF8 | HS_FLAG_UCP, false));
  }
  engines.push_back(re2_engine(terms));
  for (std::size_t sample = 0; sample <= samples; ++sample) {
    for (Engine& engine : engines) {
      engine.matches = 0;
      const double start = cpu_seconds();
      for (const std::string& block : blocks) engine.matches += engine.count(block);
      const double seconds = cpu_seconds() - start;
      if (sample > 0) engine.rates.push_back(static_cast<double>(bytes) / seconds / 1e6);
    }
  }
  for (const Engine& engine : engines) {
    const double rate = median(engine.rates);
    std::printf("%6zu terms  %-24s %8.1f MB/s  ours is %6.2f times  (%zu matches)\n", term_count,
                engine.name.c_str(), rate, median(engines.front().rates) / rate, engine.matches);
  }
}

Profile shipped_profile() {
  Problems problems;
  return load_profile({STEPPE_SOURCE_DIR "/config/profiles/kazakhstan-unrest"}, problems).value();
}

// The project's own items, lengthened by others of their language to about 600 bytes.
std::vector<Item> long_items() {
  std::ifstream file(STEPPE_SOURCE_DIR "/tests/data/match/items.tsv");
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> by_language;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> parts(1);
    for (const char byte : line) {
      if (byte == '\t') {
        parts.emplace_back();
      } else {
        parts.back() += byte;
      }
    }
    parts.resize(5);
    by_language[parts[1]].emplace_back(parts[3], parts[4]);
  }
  std::vector<Item> items;
  for (const auto& [language, texts] : by_language) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      Item item;
      item.title = texts[i].first;
      item.body = texts[i].second;
      for (std::size_t j = i + 1; item.title.size() + item.body.size() < 600; ++j) {
        const auto& [title, text] = texts[j % texts.size()];
        item.body += (item.body.empty() ? "" : " ") + title + ". " + text;
      }
      items.push_back(std::move(item));
    }
  }
  return items;
}

void time_decisions(std::size_t samples) {
  const Matcher matcher(shipped_profile());
  std::vector<Item> items = long_items();
  const Feed feed;
  std::vector<double> micros;
  std::vector<double> best(items.size(),
                           1e9);  // of each item: what the machine's other work adds left out
  std::size_t bytes = 0;
  for (std::size_t sample = 0; sample <= samples * 4; ++sample) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      Item& item = items[i];
      const double start = cpu_seconds();
      item.lang = identify_language(item);
      item.match = matcher.match(item, feed);
      const double spent = (cpu_seconds() - start) * 1e6;
      if (sample == 0) continue;
      micros.push_back(spent);
      best[i] = std::min(best[i], spent);
      bytes += item.title.size() + item.body.size();
    }
  }
  std::sort(micros.begin(), micros.end());
  const auto at = [&](double part) {
    return micros[static_cast<std::size_t>(part * static_cast<double>(micros.size() - 1))];
  };
  std::printf(
      "decision (language, match, reasons), %zu bytes on average: p50 %.1f us, p90 %.1f us, "
      "p99 %.1f us; best time of each item: p50 %.1f us\n",
      bytes / micros.size(), at(0.5), at(0.9), at(0.99), median(best));
}

// Lines of `path` through the engine and through Hyperscan with the shipped profile.
int compare_with_oracle(const std::string& path) {
  std::vector<TermPattern> patterns;
  for (const ProfileTerm& term : shipped_profile().terms) patterns.push_back(term.pattern);
  const TermScanner scanner(patterns);
  HyperscanTerms oracle(patterns);
  std::ifstream file(path);
  std::string line;
  std::vector<TermHit> found;
  std::vector<TermHit> wanted;
  std::size_t lines = 0, hits = 0, different = 0;
  while (std::getline(file, line)) {
    const std::string folded = fold(line);
    scanner.scan(folded, found);
    oracle.scan(folded, wanted);
    ++lines;
    hits += found.size();
    if (found == wanted) continue;
    if (++different <= 5) std::printf("differs: %s\n", line.c_str());
  }
  std::printf("%zu lines, %zu matches, %zu lines where the engine and Hyperscan differ\n", lines,
              hits, different);
  return different == 0 ? 0 : 1;
}

}  // namespace
}  // namespace steppe

// match_bench FOLDER SAMPLES, or match_bench --oracle FILE
int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--oracle") == 0) {
    return steppe::compare_with_oracle(argv[2]);
  }
  if (argc != 3) return 64;
  const auto samples = static_cast<std::size_t>(std::strtoul(argv[2], nullptr, 10));
  for (const std::size_t terms : {std::size_t{2000}, std::size_t{20000}})
    steppe::compare(terms, samples, argv[1]);
  steppe::time_decisions(samples);
}
