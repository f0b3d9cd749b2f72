#include "processors/claims/figure_writer.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "config/language_pack.h"
#include "processors/claims/figure_context.h"
#include "processors/claims/figure_place.h"

namespace steppe {
namespace {

constexpr std::size_t kNoFigure = std::numeric_limits<std::size_t>::max();

std::vector<std::string> class_names(std::uint32_t classes) {
  std::vector<std::string> names;
  for (std::uint8_t i = 1; i <= static_cast<std::uint8_t>(VictimClass::kJournalists); ++i) {
    if ((classes & (std::uint32_t{1} << i)) == 0) continue;
    names.emplace_back(to_string(static_cast<VictimClass>(i)));
  }
  return names;
}

std::string_view unit_name(UnitKind unit) {
  switch (unit) {
    case UnitKind::kMoney: return "money";
    case UnitKind::kBuildings: return "buildings";
    case UnitKind::kVehicles: return "vehicles";
    default: return "people";
  }
}

std::uint32_t authority_of(const ActorEntry& actor) {
  if (actor.authority > 0) return static_cast<std::uint32_t>(actor.authority);
  if (actor.is("ministry") || actor.is("office") || actor.is("force")) return 4;
  if (actor.is("person") && actor.sector == "GOV") return 4;
  return actor.is("organisation") || actor.is("person") ? 2 : 1;
}

struct SpeakerWeight {
  std::string_view kind;
  std::uint32_t authority = 0;
};

/// What a speaker without an entry in the profile is, and how much its word weighs.
SpeakerWeight weight_of(const Speaker& speaker) {
  if (!speaker.kind) return {speaker.media ? "media" : "named", speaker.media ? 1U : 2U};
  switch (*speaker.kind) {
    case SpeakerKind::kPerson: return {"person", 1};
    case SpeakerKind::kOffice:
    case SpeakerKind::kReferring:
    case SpeakerKind::kOwnCue: return {"office", 3};
    case SpeakerKind::kGroup:
    case SpeakerKind::kReferringGroup: return {"group", 2};
    case SpeakerKind::kMedia: return {"media", 1};
    case SpeakerKind::kPronoun:
    case SpeakerKind::kPronounBody:
    case SpeakerKind::kOwnPronoun:
    case SpeakerKind::kSelf:
    case SpeakerKind::kAudience: return {"named", 2};
  }
  return {"named", 2};
}

void fill_figure(const Passage& passage, const FoundFigure& found, Figure& figure) {
  const Quantity& quantity = found.quantity;
  figure.kind = found.kind;
  figure.value = quantity.value;
  figure.low = quantity.low;
  figure.high = quantity.high;
  figure.qualifier = quantity.qualifier;
  figure.vague_value = quantity.vague_value;
  figure.unit = unit_name(quantity.unit);
  if (quantity.unit == UnitKind::kMoney) {
    figure.currency = to_string(static_cast<Currency>(quantity.currency));
  }
  figure.victim_class = class_names(quantity.victim_classes);
  figure.rule = found.rule;
  figure.confidence = found.confidence;
  figure.evidence.push_back(evidence_of(passage, quantity.first, end_of(quantity)));
  if (found.trigger_last > found.trigger_first) {
    figure.evidence.push_back(evidence_of(passage, found.trigger_first, found.trigger_last));
  }
}

bool same_claim(const Figure& a, const Figure& b) {
  return a.kind == b.kind && a.value == b.value && a.vague_value == b.vague_value &&
         a.currency == b.currency && a.subset_of.empty() == b.subset_of.empty() &&
         (a.qualifier == b.qualifier || a.victim_class == b.victim_class);
}

/// A headline leaves out the "at least" that the text has.
void take_bound(const Figure& of_text, Figure& of_title) {
  const bool bare = of_title.qualifier == Qualifier::kExact &&
                    of_title.evidence.front().field == TextField::kTitle;
  if (!bare || of_text.evidence.front().field == TextField::kTitle) return;
  of_title.qualifier = of_text.qualifier;
  of_title.low = of_text.low;
  of_title.high = of_text.high;
}

/// Writes the figures of one item. One thread at a time.
class FigureWriter {
 public:
  FigureWriter(const Reading& reading, const Item& item, const Feed& feed,
               const OutletNames& outlets, Enrichment& found)
      : reading_(reading),
        item_(item),
        feed_(feed),
        outlets_(outlets),
        found_(found),
        places_(reading) {}

  void write() {
    std::size_t count = 0;
    for (const Passage& passage : reading_.passages) count += passage.figures.size();
    if (count == 0) return;
    found_.figures.reserve(count);
    zone_ = found_.texts.keep(reading_.zone);
    credit_ = found_.texts.keep(item_.credit);
    outlet_ = found_.texts.keep(feed_.name);
    claimant_ = credit_.empty() ? outlet_ : credit_;
    claimant_key_ = outlets_.key_of(claimant_);
    for (std::size_t i = 0; i < reading_.passages.size(); ++i) write_passage(i);
    for (std::size_t i = 0; i < found_.figures.size(); ++i) {
      default_claimant(found_.figures[i]);
      if (found_.figures[i].retracts) tell_retraction(i);
    }
  }

 private:
  void write_passage(std::size_t index) {
    const Passage& passage = reading_.passages[index];
    const Attributor& attributor = reading_.attributors[index];
    numbers_.assign(passage.figures.size(), kNoFigure);
    for (std::size_t i = 0; i < passage.figures.size(); ++i) {
      const FoundFigure& found = passage.figures[i];
      const std::size_t part_of = found.part_of ? numbers_[*found.part_of] : kNoFigure;
      Figure& figure = found_.figures.emplace_back(KeptText());
      fill_figure(passage, found, figure);
      if (part_of != kNoFigure) figure.subset_of = found_.figures[part_of].id;
      const FigurePlaces::Answer place = places_.place_of(index, i);
      figure.scope_place = place.key;
      const auto attribution = attributor.attribute(found);
      figure.as_of = as_of(reading_, index, found, attribution);
      if (figure.as_of) figure.as_of->zone = zone_;
      const bool undated = figure.as_of && figure.as_of->basis == "published";
      // a part holds for the day of its total
      if (undated && part_of != kNoFigure) figure.as_of = found_.figures[part_of].as_of;
      if (attribution) set_claimant(attributor, *attribution, figure);
      const TakenBack& taken = passage.taken_back[i];
      figure.retracts = static_cast<bool>(taken);
      numbers_[i] = merge_last();
      if (taken) verdicts_.push_back({numbers_[i], &passage, taken});
      if (place.named) placed_[numbers_[i]] = true;
    }
  }

  /// A text that takes a number back and names no place leaves it to the ledger which it means.
  /// The words that say so are the last evidence.
  void tell_retraction(std::size_t number) {
    Figure& figure = found_.figures[number];
    if (!placed_[number]) figure.scope_place.clear();
    const auto verdict = std::find_if(verdicts_.begin(), verdicts_.end(),
                                      [&](const Verdict& each) { return each.number == number; });
    const TakenBack& taken = verdict->taken;
    figure.rule = taken.rule;
    figure.evidence.push_back(evidence_of(*verdict->passage, taken.first, taken.last));
  }

  /// Keeps the last figure, or merges it into one that says the same, and returns the number.
  std::size_t merge_last() {
    Figure& figure = found_.figures.back();
    const auto last = found_.figures.end() - 1;
    const auto known = std::find_if(found_.figures.begin(), last,
                                    [&](const Figure& other) { return same_claim(other, figure); });
    if (known == last) {
      figure.id = record_id('f', found_.figures.size(), found_.texts);
      placed_.push_back(false);
      return found_.figures.size() - 1;
    }
    merge(figure, *known);
    found_.figures.pop_back();
    return static_cast<std::size_t>(known - found_.figures.begin());
  }

  void merge(Figure& figure, Figure& known) const {
    take_bound(figure, known);
    for (const Evidence& each : figure.evidence) known.evidence.push_back(each);
    known.confidence = std::max(known.confidence, figure.confidence);
    known.retracts = known.retracts || figure.retracts;
    // the title's "ministry" is the ministry the text names
    const bool says_more = known.claimant_key.empty() && !figure.claimant_key.empty();
    if (known.claimant.empty() || says_more) take_claimant(figure, known);
    if (figure.as_of && (!known.as_of || known.as_of->basis == "published")) {
      known.as_of = std::move(figure.as_of);
    }
    if (known.scope_place.empty() || known.scope_place == reading_.focus_country) {
      if (!figure.scope_place.empty()) known.scope_place = std::move(figure.scope_place);
    }
    if (known.victim_class.empty()) known.victim_class = std::move(figure.victim_class);
  }

  static void take_claimant(Figure& from, Figure& to) {
    to.claimant = from.claimant;
    to.claimant_actor_id = from.claimant_actor_id;
    to.claimant_key = from.claimant_key;
    to.claimant_kind = from.claimant_kind;
    to.claimant_authority = from.claimant_authority;
    to.chain = std::move(from.chain);
  }

  void set_claimant(const Attributor& attributor, const Attribution& attribution,
                    Figure& figure) const {
    const Speaker* lead = attribution.speaker  ? &*attribution.speaker
                          : attribution.cited  ? &*attribution.cited
                          : attribution.outlet ? &*attribution.outlet
                                               : nullptr;
    if (lead == nullptr) return;
    if (lead->actor) {
      const ActorEntry& actor = lexicon_actor(*lead->actor);
      figure.claimant = actor.name;
      figure.claimant_key = actor.key;
      figure.claimant_kind = "actor";
      figure.claimant_authority = authority_of(actor);
      figure.claimant_actor_id = actor_id(*lead->actor);
    } else {
      figure.claimant = found_.texts.keep(attributor.name_of(*lead));
      const SpeakerWeight weight = weight_of(*lead);
      figure.claimant_kind = weight.kind;
      figure.claimant_authority = weight.authority;
    }
    const auto link = [&](const std::optional<Speaker>& speaker, std::string_view role) {
      if (speaker) figure.chain.push_back({role, found_.texts.keep(attributor.name_of(*speaker))});
    };
    link(attribution.speaker, "speaker");
    link(attribution.outlet, "outlet");
    link(attribution.cited, "cited_outlet");
    if (attribution.inherited) figure.confidence *= 0.9;
  }

  void default_claimant(Figure& figure) const {
    if (figure.claimant.empty()) {
      figure.claimant_is_outlet = true;
      figure.claimant_kind = "outlet";
      figure.claimant = claimant_;
      figure.claimant_key = claimant_key_;
    }
    if (!credit_.empty()) figure.chain.push_back({"cited_outlet", credit_});
    if (!outlet_.empty()) figure.chain.push_back({"outlet", outlet_});
  }

  const ActorEntry& lexicon_actor(std::uint32_t index) const {
    return reading_.passages.front().text.lexicon().all().actors[index];
  }

  KeptText actor_id(std::uint32_t actor) const {
    const std::uint32_t number = reading_.actor_records.of(actor);
    return number == RecordNumbers::kNone ? KeptText() : found_.actors[number].id;
  }

  const Reading& reading_;
  const Item& item_;
  const Feed& feed_;
  const OutletNames& outlets_;
  Enrichment& found_;
  FigurePlaces places_;
  KeptText zone_;
  KeptText credit_;
  KeptText outlet_;                   // its name
  KeptText claimant_;                 // of figures nobody else claims
  KeptText claimant_key_;             // of the profile
  std::vector<std::size_t> numbers_;  // of the figures of the passage among those of the record
  std::vector<bool> placed_;          // by figure of the record: its place is named
  struct Verdict {
    std::size_t number = 0;  // of the figure
    const Passage* passage = nullptr;
    TakenBack taken;
  };
  std::vector<Verdict> verdicts_;
};

}  // namespace

void write_figures(const Reading& reading, const Item& item, const Feed& feed,
                   const OutletNames& outlets, Enrichment& found) {
  FigureWriter(reading, item, feed, outlets, found).write();
}

}  // namespace steppe
