#include "processors/match/regex_set.h"

#include <hs/hs.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "config/term_regex.h"
#include "core/c_handle.h"
#include "core/mutex.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

using Database = CHandle<hs_database_t, hs_free_database>;
using Scratch = CHandle<hs_scratch_t, hs_free_scratch>;

Database compile(const std::vector<TermPattern>& patterns) {
  std::vector<const char*> texts;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  for (const TermPattern& pattern : patterns) {
    if (!term_regex_fault(pattern.text).empty()) continue;
    texts.push_back(pattern.text.c_str());
    flags.push_back(term_regex_flags());
    ids.push_back(pattern.id);
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* raw = nullptr;
  hs_compile_multi(texts.data(), flags.data(), ids.data(), static_cast<unsigned>(texts.size()),
                   HS_MODE_BLOCK, nullptr, &database, &raw);
  const CHandle<hs_compile_error_t, hs_free_compile_error> error(raw);
  return Database(database);
}

int add_hit(unsigned id, unsigned long long from, unsigned long long to, unsigned /*flags*/,
            void* context) {
  auto& hits = *static_cast<std::vector<TermHit>*>(context);
  const auto end = static_cast<std::uint32_t>(to);
  hits.push_back({id, static_cast<std::uint32_t>(from), end, end});
  return hits.size() < RegexSet::kMaxHits ? 0 : 1;
}

}  // namespace

// Scratch spaces wait here between scans: as many as threads ever scanned at once.
struct RegexSet::Compiled {
  Database database;
  Mutex mutex;
  std::vector<Scratch> idle STEPPE_GUARDED_BY(mutex);

  Scratch borrow() {
    const MutexLock lock(mutex);
    if (!idle.empty()) {
      Scratch scratch = std::move(idle.back());
      idle.pop_back();
      return scratch;
    }
    hs_scratch_t* fresh = nullptr;
    hs_alloc_scratch(database.get(), &fresh);
    return Scratch(fresh);
  }
  void give_back(Scratch scratch) {
    const MutexLock lock(mutex);
    idle.push_back(std::move(scratch));
  }
};

RegexSet::RegexSet(const std::vector<TermPattern>& patterns) {
  if (patterns.empty()) return;
  Database database = compile(patterns);
  if (database == nullptr) return;
  compiled_ = std::make_unique<Compiled>();
  compiled_->database = std::move(database);
}

RegexSet::~RegexSet() = default;

void RegexSet::scan(std::string_view folded, std::vector<TermHit>& out) const {
  if (compiled_ == nullptr) return;
  std::vector<TermHit> hits;
  Scratch scratch = compiled_->borrow();
  if (scratch == nullptr) return;
  hs_scan(compiled_->database.get(), folded.data(), static_cast<unsigned>(folded.size()), 0,
          scratch.get(), add_hit, &hits);
  compiled_->give_back(std::move(scratch));
  std::sort(hits.begin(), hits.end(), is_before);
  std::set<std::pair<std::uint32_t, std::uint32_t>> known;  // begin and id
  for (TermHit& hit : hits) {
    if (!known.emplace(hit.begin, hit.id).second) continue;
    // A match that ends between two words ends where it ends.
    hit.word_end = static_cast<std::uint32_t>(word_end_at(folded, hit.end));
    out.push_back(hit);
  }
}

}  // namespace steppe
