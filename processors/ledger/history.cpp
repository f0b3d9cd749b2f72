#include "processors/ledger/history.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>

#include "core/hash.h"
#include "processors/ledger/claim_rules.h"

namespace steppe {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::uint8_t kKinds = 15;
constexpr std::uint8_t kQualifiers = 6;
constexpr std::uint8_t kStatuses = 5;

template <typename Enum>
std::optional<Enum> named(std::string_view name, std::uint8_t count) {
  for (std::uint8_t i = 0; i < count; ++i) {
    if (to_string(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  }
  return {};
}

/// Reads one line; the first fault is kept.
class LineReader {
 public:
  explicit LineReader(const object& line) : line_(line) {}

  KnownClaim read() {
    KnownClaim known;
    ClaimEvent& event = known.claim.event;
    event.kind = choice<FigureKind>("kind", kKinds, "");
    event.qualifier = choice<Qualifier>("qualifier", kQualifiers, "exact");
    event.status = choice<ClaimStatus>("status", kStatuses, "asserted");
    event.value = number("value");
    event.low = event.value;
    event.high = event.value;
    event.scope_place = text("scope_place", false);
    event.as_of_date = date("as_of", true);
    event.claimant = text("claimant", true);
    const std::string key = text("claimant_key", false);
    event.root_claimant = key.empty() ? event.claimant : key;
    event.caused_by_url = text("source_url", true);
    event.victim_class = victims();
    known.retracted_on = date("retracted_on", event.status == ClaimStatus::kRetracted);
    known.retracted_by = text("retracted_by", false);
    known.claim.dated = true;
    known.claim.sources = {event.root_claimant};
    event.caused_by_rule = "history." + std::string(to_string(event.status));
    event.story_id = StoryId(std::string(kHistoryStory));
    return known;
  }

  const std::string& fault() const { return fault_; }

 private:
  void blame(std::string_view name, std::string_view what) {
    if (fault_.empty()) fault_ = std::string(name) + ": " + std::string(what);
  }

  std::string text(std::string_view name, bool required) {
    std::string_view value;
    const bool there = line_[name].get(value) == simdjson::SUCCESS && !value.empty();
    if (!there && required) blame(name, "a text is missing");
    return std::string(value);
  }

  std::string date(std::string_view name, bool required) {
    std::string value = text(name, required);
    if (!value.empty() && days_between(value, value) != 0) blame(name, "is no date YYYY-MM-DD");
    return value;
  }

  std::optional<double> number(std::string_view name) {
    double value = 0;
    if (line_[name].get(value) == simdjson::SUCCESS) return value;
    blame(name, "a number is missing");
    return {};
  }

  std::vector<std::string> victims() {
    std::vector<std::string> classes;
    simdjson::dom::array list;
    if (line_["victim_class"].get(list) != simdjson::SUCCESS) return classes;
    for (const element each : list) {
      std::string_view name;
      if (each.get(name) == simdjson::SUCCESS) classes.emplace_back(name);
    }
    return classes;
  }

  template <typename Enum>
  Enum choice(std::string_view name, std::uint8_t count, std::string_view standard) {
    std::string_view value = standard;
    if (line_[name].get(value) != simdjson::SUCCESS) value = standard;
    const auto found = named<Enum>(value, count);
    if (!found) blame(name, "is not one of the known names");
    return found.value_or(Enum{});
  }

  const object& line_;
  std::string fault_;
};

}  // namespace

std::vector<KnownClaim> read_history(std::string_view text, const std::string& file,
                                     Problems& problems) {
  std::vector<KnownClaim> claims;
  simdjson::dom::parser parser;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    object members;
    if (parser.parse(simdjson::padded_string(line)).get(members) != simdjson::SUCCESS) {
      problems.add(file, number, 1, "the line is not a JSON object");
      continue;
    }
    LineReader reader(members);
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
