// Runs a fuzz target over its seeds: each as it is, cut at 24 places, and with spoilt bytes. The
// same bytes in every run.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCuts = 24;
constexpr std::size_t kSpoilt = 48;

void run(const std::string& bytes) {
  // A copy of exactly this size: sanitizers see a read past its end.
  const std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

void run_variants(const std::string& seed, std::mt19937& random) {
  run(seed);
  for (std::size_t i = 1; i < kCuts && seed.size() > kCuts; ++i)
    run(seed.substr(0, seed.size() * i / kCuts));
  for (std::size_t i = 0; i < kSpoilt && !seed.empty(); ++i) {
    std::string spoilt = seed;
    const std::size_t at = random() % spoilt.size();
    const std::size_t length = std::min<std::size_t>(1 + random() % 8, spoilt.size() - at);
    switch (random() % 3) {
      case 0: spoilt[at] = static_cast<char>(random() % 256); break;
      case 1: spoilt.erase(at, length); break;
      default: spoilt.insert(at, seed.substr(random() % seed.size(), length * 4));
    }
    run(spoilt);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<fs::path> files;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : fs::recursive_directory_iterator(argv[i])) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  if (files.empty()) {
    std::fprintf(stderr, "no seeds\n");
    return 1;
  }
  std::sort(files.begin(), files.end());
  std::mt19937 random(20220105);  // NOLINT(bugprone-random-generator-seed): repeatable
  run({});
  for (const fs::path& file : files) {
    std::printf("%s\n", file.filename().c_str());
    std::fflush(stdout);
    std::ifstream in(file, std::ios::binary);
    run_variants({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}, random);
  }
  return 0;
}
