// steppewatch replay --diff: which decisions another configuration would change.

#include <algorithm>
#include <cstdio>
#include <map>

#include "connectors/file_feed/load_documents.h"
#include "core/printable.h"
#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/loaded_profile.h"

namespace steppe {
namespace {

struct Judged {
  Decision decision = Decision::kDrop;
  double score = 0;
  std::string title;
  std::string url;
};
using Decisions = std::map<Hash128, Judged>;

Decisions decisions_of(const Chain& chain, FetchOutcome outcome) {
  const Digest digest = chain.digest(std::move(outcome), nullptr);
  Decisions found;
  for (const IdentityKey& key : digest.seen) found.emplace(key.key, Judged{});
  for (const Item& item : digest.items) {
    found[item.keys.front().key] = {item.match.decision, item.match.score, item.title, item.url};
  }
  return found;
}

/// Counts and prints the items that two configurations judge differently.
class Comparison {
 public:
  Comparison(const Chain& now, const Chain& then) : now_(now), then_(then) {}

  void compare(const FetchOutcome& outcome) {
    ++documents_;
    const std::string feed = outcome.request.feed->id.str();
    const Decisions before = decisions_of(now_, outcome);
    Decisions after = decisions_of(then_, outcome);
    for (const auto& [key, old] : before) {
      ++items_;
      const Judged& next = after[key];
      if (old.decision == next.decision) continue;
      ++changed_;
      print(feed, old, next);
    }
  }

  void skip_page() { ++pages_; }

  void print_summary() const {
    std::fprintf(stderr, "%llu documents, %llu items, %llu decisions would change\n", documents_,
                 items_, changed_);
    if (pages_ > 0)
      std::fprintf(stderr, "%llu article pages were not compared: decisions rest on feeds\n",
                   pages_);
  }

 private:
  static void print(const std::string& feed, const Judged& old, const Judged& next) {
    const Judged& told = old.title.empty() ? next : old;
    std::printf("%s\t%s -> %s\t%.2f -> %.2f\t%s\t%s\n", feed.c_str(),
                std::string(to_string(old.decision)).c_str(),
                std::string(to_string(next.decision)).c_str(), old.score, next.score,
                printable(told.title, 200).c_str(), printable(told.url, 500).c_str());
  }

  const Chain& now_;
  const Chain& then_;
  unsigned long long documents_ = 0;
  unsigned long long items_ = 0;
  unsigned long long changed_ = 0;
  unsigned long long pages_ = 0;
};

}  // namespace

int replay_diff_command(const CommonArgs& common, const ReplayArgs& args) {
  auto now = load_for_command(common.config);
  if (!now) return exit_code_for(now.error());
  auto then = load_for_command(args.diff);
  if (!then) return exit_code_for(then.error());
  Comparison comparison(*now->chain, *then->chain);
  load_documents(args.paths, {}, [&](const FetchOutcome& outcome) {
    if (outcome.request.purpose == FetchPurpose::kArticle) {
      comparison.skip_page();
    } else {
      comparison.compare(outcome);
    }
    return true;
  });
  comparison.print_summary();
  std::fflush(stdout);
  return kExitOk;
}

}  // namespace steppe
