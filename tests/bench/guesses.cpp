// A plugin of QEMU's user emulation that plays a branch predictor over a program, for machines that
// count no wrong guesses (most virtual ones): what a real one would guess wrongly, branch by
// branch. Environment: GUESSES_OUT the file to write, GUESSES_FROM a piece of the symbol of the
// function that one item begins with, GUESSES_SKIP how many items only teach the predictor. The
// plugin interface: QEMU, docs/devel/tcg-plugins.rst, version 1. The predictor: Seznec and Michaud,
// A case for (partially) tagged geometric history length branch prediction, 2006 (TAGE); ten
// tables, histories of 4 to 500 branches.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>

// NOLINTBEGIN(readability-identifier-naming): QEMU's names
extern "C" {
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info_t;
using qemu_plugin_id_t = std::uint64_t;
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t,
                                           void (*)(qemu_plugin_id_t, qemu_plugin_tb*));
void qemu_plugin_register_vcpu_tb_exec_cb(qemu_plugin_tb*, void (*)(unsigned, void*), int, void*);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, void*), void*);
std::size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb*);
std::uint64_t qemu_plugin_tb_vaddr(const qemu_plugin_tb*);
qemu_plugin_insn* qemu_plugin_tb_get_insn(const qemu_plugin_tb*, std::size_t);
std::uint64_t qemu_plugin_insn_vaddr(const qemu_plugin_insn*);
const void* qemu_plugin_insn_data(const qemu_plugin_insn*);
std::size_t qemu_plugin_insn_size(const qemu_plugin_insn*);
const char* qemu_plugin_insn_symbol(const qemu_plugin_insn*);
extern __attribute__((visibility("default"))) int qemu_plugin_version;
int qemu_plugin_version = 1;
__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id,
                                                               const qemu_info_t* info, int argc,
                                                               char** argv);
}
// NOLINTEND(readability-identifier-naming)

namespace {

constexpr std::array<unsigned, 10> kHistories = {4, 8, 13, 22, 38, 64, 107, 180, 300, 500};
constexpr unsigned kIndexBits = 11;
constexpr unsigned kTagBits = 12;
constexpr std::uint32_t kGiven = 1U << kTagBits;  // in a tag that was given

/// The newest `length` branches as so many bits.
struct Folded {
  std::uint32_t value = 0;
  unsigned length = 0;
  unsigned bits = 0;

  void add(std::uint32_t newest, std::uint32_t oldest) {
    value = (value << 1U) | newest;
    value ^= oldest << (length % bits);
    value ^= value >> bits;
    value &= (1U << bits) - 1;
  }
};

struct Counter {
  int value = 0;  // from zero on: taken

  bool taken() const { return value >= 0; }
  void learn(bool was_taken, int most) {
    value = std::clamp(value + (was_taken ? 1 : -1), -most - 1, most);
  }
};

/// One thread at a time.
class Predictor {
 public:
  Predictor() {
    for (std::size_t t = 0; t < kTables; ++t) {
      tables_[t].index = {0, kHistories[t], kIndexBits};
      tables_[t].tag = {0, kHistories[t], kTagBits};
    }
  }

  /// True when it guesses the branch wrongly; learns from it.
  bool is_wrong(std::uint64_t branch, bool taken) {
    const auto hash = static_cast<std::uint32_t>(branch ^ (branch >> 15U));
    std::array<Entry*, kTables> entries{};
    std::array<std::uint32_t, kTables> tags{};
    std::size_t behind = 0;  // the longest history that knows the branch
    for (std::size_t t = 0; t < kTables; ++t) {
      const auto shift = kIndexBits - static_cast<unsigned>(t % 3);
      const std::uint32_t slot = hash ^ (hash >> shift) ^ tables_[t].index.value;
      entries[t] = &tables_[t].entries[slot % tables_[t].entries.size()];
      tags[t] = ((((hash * 0x9E37U) >> 4U) ^ tables_[t].tag.value) & (kGiven - 1)) | kGiven;
      if (entries[t]->tag == tags[t]) behind = t + 1;
    }
    Counter& base = base_[hash % base_.size()];
    Counter& best = behind == 0 ? base : entries[behind - 1]->counter;
    const bool wrong = best.taken() != taken;
    if (behind != 0 && best.taken() != base.taken()) entries[behind - 1]->count_use(!wrong);
    best.learn(taken, behind == 0 ? 1 : 3);
    if (wrong) give(entries, tags, behind, taken);
    remember(taken);
    return wrong;
  }

 private:
  static constexpr std::size_t kTables = kHistories.size();

  struct Entry {
    std::uint32_t tag = 0;
    Counter counter;
    int uses = 0;

    void count_use(bool useful) { uses = std::clamp(uses + (useful ? 1 : -1), 0, 3); }
  };
  struct Table {
    std::array<Entry, std::size_t{1} << kIndexBits> entries{};
    Folded index;
    Folded tag;
  };

  /// Two entries of longer histories that are of no use, or makes them be of less.
  static void give(const std::array<Entry*, kTables>& entries,
                   const std::array<std::uint32_t, kTables>& tags, std::size_t from, bool taken) {
    int given = 0;
    for (std::size_t t = from; t < kTables && given < 2; ++t) {
      if (entries[t]->uses != 0) continue;
      *entries[t] = {tags[t], {taken ? 0 : -1}, 0};
      ++given;
    }
    if (given != 0) return;
    for (std::size_t t = from; t < kTables; ++t) entries[t]->count_use(false);
  }

  void remember(bool taken) {
    newest_ = (newest_ + 1) % past_.size();
    past_[newest_] = taken ? 1 : 0;
    for (std::size_t t = 0; t < kTables; ++t) {
      const std::uint32_t oldest = past_[(newest_ + past_.size() - kHistories[t]) % past_.size()];
      tables_[t].index.add(taken ? 1 : 0, oldest);
      tables_[t].tag.add(taken ? 1 : 0, oldest);
    }
  }

  std::array<Table, kTables> tables_{};
  std::array<Counter, std::size_t{1} << 15U> base_{};
  std::array<std::uint8_t, 1024> past_{};
  std::size_t newest_ = 0;
};

/// A run of instructions with one end.
struct Block {
  std::uint64_t start = 0;
  std::uint64_t last = 0;    // its last instruction
  std::uint64_t behind = 0;  // where it goes on if no branch is taken
  bool branches = false;     // its last instruction is a conditional branch
  bool begins_item = false;
  std::uint64_t seen = 0;
  std::uint64_t wrong = 0;
};

struct Run {
  Predictor predictor;
  std::deque<Block> blocks;
  Block* before = nullptr;
  std::uint64_t items = 0;
  std::uint64_t skip = 0;
  const char* from = nullptr;
};

Run& the_run() {
  static Run run;
  return run;
}

void enter(unsigned /*cpu*/, void* data) {
  Run& run = the_run();
  Block& block = *static_cast<Block*>(data);
  if (block.begins_item) ++run.items;
  Block* const before = run.before;
  run.before = &block;
  if (run.items == 0 || before == nullptr || !before->branches) return;
  const bool wrong = run.predictor.is_wrong(before->last, block.start != before->behind);
  if (run.items <= run.skip) return;
  ++before->seen;
  before->wrong += wrong ? 1 : 0;
}

/// x86: Jcc with one byte or four, which a prefix may stand before.
bool is_branch(const unsigned char* code) {
  if (*code == 0x2E || *code == 0x3E || *code == 0xF2) ++code;
  return (code[0] & 0xF0U) == 0x70 || (code[0] == 0x0F && (code[1] & 0xF0U) == 0x80);
}

/// What every function begins with here (-fcf-protection).
bool is_endbr64(const qemu_plugin_insn* instruction) {
  constexpr std::array<unsigned char, 4> kCode = {0xF3, 0x0F, 0x1E, 0xFA};
  return qemu_plugin_insn_size(instruction) == kCode.size() &&
         std::memcmp(qemu_plugin_insn_data(instruction), kCode.data(), kCode.size()) == 0;
}

void translate(qemu_plugin_id_t /*id*/, qemu_plugin_tb* translated) {
  Run& run = the_run();
  const std::size_t size = qemu_plugin_tb_n_insns(translated);
  qemu_plugin_insn* const last = qemu_plugin_tb_get_insn(translated, size - 1);
  Block& block = run.blocks.emplace_back();
  block.start = qemu_plugin_tb_vaddr(translated);
  block.last = qemu_plugin_insn_vaddr(last);
  block.behind = block.last + qemu_plugin_insn_size(last);
  block.branches = is_branch(static_cast<const unsigned char*>(qemu_plugin_insn_data(last)));
  // where the function begins, not behind a call in it
  qemu_plugin_insn* const first = qemu_plugin_tb_get_insn(translated, 0);
  const char* const symbol = qemu_plugin_insn_symbol(first);
  block.begins_item =
      is_endbr64(first) && symbol != nullptr && std::strstr(symbol, run.from) != nullptr;
  qemu_plugin_register_vcpu_tb_exec_cb(translated, enter, 0, &block);
}

/// A line a branch: its address, how often it was met an item, and guessed wrongly.
void report(qemu_plugin_id_t /*id*/, void* /*data*/) {
  const Run& run = the_run();
  if (run.items <= run.skip) {
    std::fprintf(stderr, "guesses: no item was counted: %llu began, the first %llu only teach\n",
                 static_cast<unsigned long long>(run.items),
                 static_cast<unsigned long long>(run.skip));
    return;
  }
  const char* const path = std::getenv("GUESSES_OUT");
  std::FILE* const out = std::fopen(path, "w");
  if (out == nullptr) {
    std::fprintf(stderr, "guesses: cannot write %s\n", path);
    return;
  }
  struct Sum {
    double seen = 0;
    double wrong = 0;
  };
  std::map<std::uint64_t, Sum> branches;
  for (const Block& block : run.blocks) {
    if (block.seen == 0) continue;
    branches[block.last].seen += static_cast<double>(block.seen);
    branches[block.last].wrong += static_cast<double>(block.wrong);
  }
  const auto items = static_cast<double>(run.items - run.skip);
  for (const auto& [address, sum] : branches) {
    std::fprintf(out, "%llx %.2f %.2f\n", static_cast<unsigned long long>(address),
                 sum.seen / items, sum.wrong / items);
  }
  std::fclose(out);
}

const char* setting(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) std::fprintf(stderr, "guesses: %s is not set\n", name);
  return value;
}

}  // namespace

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t* /*info*/, int /*argc*/,
                        char** /*argv*/) {
  Run& run = the_run();
  run.from = setting("GUESSES_FROM");
  const char* const skip = setting("GUESSES_SKIP");
  if (run.from == nullptr || skip == nullptr || setting("GUESSES_OUT") == nullptr) return 1;
  run.skip = std::strtoull(skip, nullptr, 10);
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  qemu_plugin_register_atexit_cb(id, report, nullptr);
  return 0;
}
