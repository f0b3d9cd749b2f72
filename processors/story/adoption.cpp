#include "processors/story/adoption.h"

#include <algorithm>
#include <utility>

#include "core/packing.h"

namespace steppe {
namespace {

constexpr std::string_view kBurstKey = "burst";
constexpr std::int64_t kDayMillis = 86'400'000;
constexpr std::int64_t kDaysKept = 30;
constexpr double kHeavy = -0.5;  // another country as the main place, an accident
constexpr std::size_t kSharedTerms = 3;
constexpr std::size_t kMaxPostings = 500;  // a term of more waiting items finds nothing

std::int64_t day_of(Instant at) {
  return at.time_since_epoch().count() / kDayMillis;
}

bool is_ours(const Reason& reason) {
  return reason.weight > 0 && (reason.group == "country" || reason.group == "place" ||
                               reason.group == "leader" || reason.group == "institution");
}

bool is_against(const Reason& reason) {
  return reason.weight <= kHeavy && (reason.group == "elsewhere" || reason.group == "veto");
}

}  // namespace

void Burst::restore(const StateRow& row) {
  if (row.key != kBurstKey) return;
  Unpacker in(row.value);
  std::map<std::int64_t, Day> days;
  for (std::uint64_t left = in.count(); left > 0; --left) {
    Day& day = days[static_cast<std::int64_t>(in.number())];
    day.kept = static_cast<std::uint32_t>(in.number());
    day.others = static_cast<std::uint32_t>(in.number());
  }
  if (in.ok()) days_ = std::move(days);
}

Burst::Day& Burst::day(Instant at) {
  changed_ = true;
  Day& day = days_[day_of(at)];
  // Never the day itself, even where its date lies far back.
  while (days_.rbegin()->first - days_.begin()->first > kDaysKept && &days_.begin()->second != &day)
    days_.erase(days_.begin());
  return day;
}

void Burst::add_kept(Instant at) {
  ++day(at).kept;
}

void Burst::add_other(Instant at) {
  ++day(at).others;
}

void Burst::save(std::vector<StateRow>& deltas) {
  if (!std::exchange(changed_, false)) return;
  Packer out;
  out.number(days_.size());
  for (const auto& [day, items] : days_) {
    out.number(static_cast<std::uint64_t>(day)).number(items.kept).number(items.others);
  }
  StateRow row{StateRow::Space::kReview, std::string(kBurstKey), out.take()};
  if (row_ < deltas.size() && deltas[row_].space == row.space && deltas[row_].key == row.key) {
    deltas[row_] = std::move(row);
    return;
  }
  row_ = deltas.size();
  deltas.push_back(std::move(row));
}

bool Burst::live(Instant at) const {
  const std::int64_t today = day_of(at);
  Day now;
  std::vector<std::uint32_t> usual(kDaysKept - 2, 0);  // days without items count as such
  for (const auto& [day, items] : days_) {
    const std::int64_t age = today - day;
    if (age == 0 || age == 1) {
      now.kept += items.kept;
      now.others += items.others;
    }
    if (age >= 2 && age < kDaysKept) usual[static_cast<std::size_t>(age - 2)] = items.kept;
  }
  std::sort(usual.begin(), usual.end());
  const double median = 2.0 * usual[usual.size() / 2];
  return now.kept >= options_.burst_items && now.kept >= options_.burst_factor * median &&
         now.kept >= options_.burst_share * (now.kept + now.others);
}

AdoptionCase adoption_case(const Item& item) {
  const std::vector<Reason>& reasons = item.match.reasons;
  return {.review = item.match.decision == Decision::kReview,
          .ours = std::any_of(reasons.begin(), reasons.end(), is_ours),
          .against = std::any_of(reasons.begin(), reasons.end(), is_against)};
}

bool adopts(const AdoptionCase& item, const StoryTie& tie, bool burst,
            const AdoptionOptions& options) {
  const bool strong = tie.copy || tie.similarity >= options.tie_alone;
  if (item.review && strong) return true;
  if (!burst || item.against || !item.ours) return false;
  return item.review || tie.similarity >= options.tie_in_burst;
}

void mark_adopted(Item& item, const StoryTie& tie) {
  item.match.decision = Decision::kKeep;
  item.match.stage = "adopted";
  item.match.drop_reason.clear();
  const std::string of = tie.nearest.empty() ? "burst of kept items" : tie.nearest.str();
  item.match.reasons.push_back({.term = of,
                                .group = "adoption",
                                .lang = item.lang.code,
                                .evidence = {},
                                .weight = std::min(1.0, tie.similarity)});
}

void WaitingItems::restore(const StateRow& row) {
  if (row.key == kBurstKey) return;
  Unpacker in(row.value);
  const std::uint64_t number = in.number();
  Waiting item;
  item.key.high = in.number();
  item.key.low = in.number();
  item.at = Instant{Millis{static_cast<std::int64_t>(in.number())}};
  item.terms.resize(in.count());
  for (StoryTerm& term : item.terms) term = static_cast<StoryTerm>(in.number());
  item.bytes = in.text();
  if (in.ok() && number > 0) insert(number, std::move(item));
}

void WaitingItems::add(Waiting item, std::vector<StateRow>& deltas) {
  remove(item.key, deltas);
  Packer out;
  out.number(next_).number(item.key.high).number(item.key.low);
  out.number(static_cast<std::uint64_t>(item.at.time_since_epoch().count()));
  out.number(item.terms.size());
  for (const StoryTerm term : item.terms) out.number(term);
  out.text(item.bytes);
  deltas.push_back({StateRow::Space::kReview, to_hex(item.key), out.take()});
  insert(next_, std::move(item));
  while (items_.size() > options_.max_waiting) remove(items_.begin()->second.key, deltas);
}

void WaitingItems::insert(std::uint64_t number, Waiting item) {
  next_ = std::max(next_, number + 1);
  numbers_[item.key] = number;
  for (const StoryTerm term : item.terms) postings_[term].push_back(number);
  items_.insert_or_assign(number, std::move(item));
}

void WaitingItems::remove(const Hash128& key, std::vector<StateRow>& deltas) {
  const auto found = numbers_.find(key);
  if (found == numbers_.end()) return;
  deltas.push_back({StateRow::Space::kReview, to_hex(key), ""});
  const std::uint64_t number = found->second;
  numbers_.erase(found);
  erase(number);
}

void WaitingItems::erase(std::uint64_t number) {
  const auto item = items_.find(number);
  for (const StoryTerm term : item->second.terms) {
    const auto posting = postings_.find(term);
    std::erase(posting->second, number);
    if (posting->second.empty()) postings_.erase(posting);
  }
  items_.erase(item);
}

void WaitingItems::forget_before(Instant since, std::vector<StateRow>& deltas) {
  while (!items_.empty() && items_.begin()->second.at < since)
    remove(items_.begin()->second.key, deltas);
}

std::vector<Hash128> WaitingItems::sharing(const std::vector<StoryTerm>& terms) const {
  std::map<std::uint64_t, std::size_t> shared;
  for (const StoryTerm term : terms) {
    const auto posting = postings_.find(term);
    if (posting == postings_.end() || posting->second.size() > kMaxPostings) continue;
    for (const std::uint64_t number : posting->second) ++shared[number];
  }
  std::vector<Hash128> found;
  for (const auto& [number, count] : shared) {
    if (count >= kSharedTerms) found.push_back(items_.at(number).key);
  }
  return found;
}

std::vector<Hash128> WaitingItems::all() const {
  std::vector<Hash128> found;
  for (const auto& [number, item] : items_) found.push_back(item.key);
  return found;
}

const WaitingItems::Waiting* WaitingItems::find(const Hash128& key) const {
  const auto found = numbers_.find(key);
  return found == numbers_.end() ? nullptr : &items_.at(found->second);
}

}  // namespace steppe
