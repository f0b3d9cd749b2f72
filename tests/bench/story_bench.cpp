// Identity and story over a large invented stream: speed, memory and what is found of the truth.
//   story_bench [--items N] [--days N] [--keys N] [--dump FILE COUNT]
// --dump writes the texts of the first COUNT items, one a line, for the peer.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "core/hash.h"
#include "processors/identity/identity_table.h"
#include "processors/match/fold.h"
#include "processors/story/sketch.h"
#include "tests/support/story_score.h"

namespace steppe::test {
namespace {

std::vector<std::string> some_texts(std::size_t count) {
  StoryWorld world({.items = count});
  std::vector<std::string> texts;
  WorldItem made;
  while (world.next(made)) texts.push_back(made.item.title + " " + made.item.body);
  return texts;
}

void measure_signatures() {
  const std::vector<std::string> texts = some_texts(5000);
  double bytes = 0;
  for (const std::string& text : texts) bytes += static_cast<double>(text.size());
  std::string folded;
  std::vector<Word> words;
  std::uint32_t sum = 0;
  const auto once = [&] {
    for (const std::string& text : texts) {
      fold_into(text, folded);
      words.clear();
      split_words(folded, words);
      sum += sketch_of(folded, words).keys[0];
    }
  };
  once();
  const double start = thread_cpu();
  for (int round = 0; round < 10; ++round) once();
  const double took = thread_cpu() - start;
  const double documents = 10.0 * static_cast<double>(texts.size());
  std::printf("signatures   %.0f documents per CPU second (%.0f bytes each; check %u)\n",
              documents / took, bytes / static_cast<double>(texts.size()), sum);
}

void measure_identities(std::uint32_t count) {
  IdentityTable table;
  Dice dice(7);
  const double start = thread_cpu();
  for (std::uint32_t i = 0; i < count; ++i) table.put({dice.roll(), dice.roll()}, i);
  const double put = thread_cpu() - start;
  Dice again(7);
  std::size_t found = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Hash128 key{again.roll(), again.roll()};
    found += table.find(key) == i ? 1U : 0U;
  }
  const double all = thread_cpu() - start;
  std::printf("identities   %u keys in %.0f MB, found %zu; put %.0f ns, find %.0f ns\n", count,
              static_cast<double>(table.memory_bytes()) / 1e6, found, put / count * 1e9,
              (all - put) / count * 1e9);
}

void measure_stream(std::size_t items, int days) {
  const StoryScore score =
      score_stories({.items = items, .span = std::chrono::hours{24 * days}}, {});
  std::printf("stream       %zu items, %.0f per CPU second; last tenth %.2f times the first\n",
              score.items, static_cast<double>(score.items) / score.cpu_secs,
              score.last_part_secs / score.first_part_secs);
  std::printf("copies       recall %.4f, precision %.4f\n", score.copy_recall,
              score.copy_precision);
  std::printf("story pairs  precision %.3f, recall %.3f; %zu stories\n", score.pair_precision,
              score.pair_recall, score.stories);
  std::printf("memory       %.0f bytes an item (%zu remembered)\n", score.bytes_per_item,
              score.remembered);
}

int run(int argc, char** argv) {
  std::size_t items = 1'000'000;
  std::uint32_t keys = 10'000'000;
  int days = 30;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--items") == 0 && i + 1 < argc) {
      items = std::strtoull(argv[++i], nullptr, 10);
    } else if (std::strcmp(argv[i], "--days") == 0 && i + 1 < argc) {
      days = std::atoi(argv[++i]);
    } else if (std::strcmp(argv[i], "--keys") == 0 && i + 1 < argc) {
      keys = static_cast<std::uint32_t>(std::strtoul(argv[++i], nullptr, 10));
    } else if (std::strcmp(argv[i], "--dump") == 0 && i + 2 < argc) {
      std::ofstream out(argv[i + 1]);
      for (const std::string& text : some_texts(std::strtoull(argv[i + 2], nullptr, 10)))
        out << text << '\n';
      return 0;
    } else {
      std::fprintf(stderr,
                   "usage: story_bench [--items N] [--days N] [--keys N] [--dump FILE COUNT]\n");
      return 64;
    }
  }
  measure_signatures();
  measure_identities(keys);
  measure_stream(items, days);
  return 0;
}

}  // namespace
}  // namespace steppe::test

int main(int argc, char** argv) {
  return steppe::test::run(argc, argv);
}
