#include "processors/ledger/history.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "config/language_pack.h"
#include "config/option_values.h"
#include "core/hash.h"
#include "processors/ledger/claim_rules.h"

namespace steppe {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::uint8_t kKinds = 15;
constexpr std::uint8_t kQualifiers = 5;  // a vague amount has no value
constexpr std::uint8_t kVictimClasses = 10;
constexpr std::array kStatuses = {ClaimStatus::kAsserted, ClaimStatus::kSuperseded,
                                  ClaimStatus::kRetracted};
constexpr std::array<std::string_view, 13> kMembers = {
    "kind",     "value",        "qualifier", "currency",     "victim_class", "scope_place", "as_of",
    "claimant", "claimant_key", "status",    "retracted_on", "retracted_by", "source_url"};

template <typename Enum>
std::vector<Enum> first(std::uint8_t count) {
  std::vector<Enum> all;
  for (std::uint8_t i = 0; i < count; ++i) all.push_back(static_cast<Enum>(i));
  return all;
}

/// Reads one line; the first fault is kept.
class LineReader {
 public:
  LineReader(const object& line, const HistoryNames& names) : line_(line), names_(names) {}

  KnownClaim read() {
    for (const auto& [name, value] : line_) {
      known(name, {kMembers.begin(), kMembers.end()}, "unknown member");
    }
    KnownClaim read;
    ClaimEvent& event = read.claim.event;
    event.kind = choice<FigureKind>("kind", first<FigureKind>(kKinds), "");
    event.qualifier = choice<Qualifier>("qualifier", first<Qualifier>(kQualifiers), "exact");
    event.status = choice<ClaimStatus>("status", kStatuses, "asserted");
    event.value = number("value");
    event.low = event.value;
    event.high = event.value;
    event.currency = text("currency", false);
    event.scope_place = key("scope_place", names_.places);
    event.as_of_date = date("as_of", true);
    event.claimant = text("claimant", true);
    const std::string claimant = key("claimant_key", names_.actors);
    event.root_claimant = claimant.empty() ? event.claimant : claimant;
    event.caused_by_url = text("source_url", true);
    event.victim_class = victims();
    read.retracted_on = date("retracted_on", event.status == ClaimStatus::kRetracted);
    read.retracted_by = key("retracted_by", names_.actors);
    read.claim.dated = true;
    read.claim.sources = {event.root_claimant};
    event.caused_by_rule = "history." + std::string(to_string(event.status));
    event.story_id = StoryId(std::string(kHistoryStory));
    return read;
  }

  const std::string& fault() const { return fault_; }

 private:
  void blame(std::string_view name, std::string_view what) {
    if (fault_.empty()) fault_ = std::string(name) + ": " + std::string(what);
  }

  /// False, and blamed, when `word` is none of `names`.
  bool known(std::string_view word, const std::vector<std::string>& names, std::string_view fault) {
    if (std::find(names.begin(), names.end(), word) != names.end()) return true;
    const auto meant = closest(word, names);
    blame(word, std::string(fault) + (meant ? "; did you mean `" + *meant + "`?" : ""));
    return false;
  }

  std::string text(std::string_view name, bool required) {
    element found;
    const bool there = line_[name].get(found) == simdjson::SUCCESS;
    std::string_view value;
    if (there && found.get(value) != simdjson::SUCCESS) blame(name, "must be a text");
    if (value.empty() && required) blame(name, "a text is missing");
    return std::string(value);
  }

  /// The key of one of `entries`, or nothing.
  template <typename Entry>
  std::string key(std::string_view name, std::span<const Entry> entries) {
    std::string value = text(name, false);
    std::vector<std::string> keys;
    for (const Entry& entry : entries) keys.push_back(entry.key);
    if (!value.empty() && !keys.empty())
      known(value, keys, "no " + std::string(name) + " of the profile");
    return value;
  }

  std::string date(std::string_view name, bool required) {
    std::string value = text(name, required);
    if (!value.empty() && days_between(value, value) != 0) blame(name, "is no date YYYY-MM-DD");
    return value;
  }

  std::optional<double> number(std::string_view name) {
    double value = 0;
    if (line_[name].get(value) != simdjson::SUCCESS) {
      blame(name, "a number is missing");
      return {};
    }
    if (value < 0) blame(name, "must not be below 0");
    return value;
  }

  /// In the order figures have them.
  std::vector<std::string> victims() {
    std::vector<std::string> all;
    for (const VictimClass each : first<VictimClass>(kVictimClasses))
      all.emplace_back(to_string(each));
    std::set<std::string> named;
    element found;
    const bool there = line_["victim_class"].get(found) == simdjson::SUCCESS;
    if (there && !found.is_array()) blame("victim_class", "must be a list of texts");
    simdjson::dom::array list;
    if (!there || found.get(list) != simdjson::SUCCESS) return {};
    for (const element each : list) {
      std::string_view name;
      if (each.get(name) != simdjson::SUCCESS) blame("victim_class", "must be a list of texts");
      if (known(name, all, "no class of victims")) named.emplace(name);
    }
    std::erase_if(all, [&](const std::string& name) { return !named.contains(name); });
    return all;
  }

  template <typename Enum>
  Enum choice(std::string_view name, std::span<const Enum> choices, std::string_view standard) {
    std::string value = text(name, false);
    if (value.empty()) value = standard;
    std::vector<std::string> all;
    for (const Enum each : choices) {
      if (to_string(each) == value) return each;
      all.emplace_back(to_string(each));
    }
    if (value.empty()) blame(name, "a text is missing");
    known(value, all, "no " + std::string(name));
    return Enum{};
  }

  const object& line_;
  const HistoryNames& names_;
  std::string fault_;
};

}  // namespace

std::vector<KnownClaim> read_history(std::string_view text, const std::string& file,
                                     const HistoryNames& names, Problems& problems) {
  std::vector<KnownClaim> claims;
  simdjson::dom::parser parser;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos || line[begin] == '#') continue;
    object members;
    if (parser.parse(simdjson::padded_string(line)).get(members) != simdjson::SUCCESS) {
      problems.add(file, number, 1, "the line is not a JSON object");
      continue;
    }
    LineReader reader(members, names);
    KnownClaim known = reader.read();
    if (!reader.fault().empty()) {
      problems.add(file, number, 1, reader.fault());
      continue;
    }
    known.claim.event.claim_id = ClaimId("h" + to_hex(hash128(line)).substr(0, 24));
    claims.push_back(std::move(known));
  }
  return claims;
}

}  // namespace steppe
