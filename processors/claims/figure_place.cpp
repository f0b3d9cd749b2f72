#include "processors/claims/figure_place.h"

#include <algorithm>
#include <tuple>

#include "processors/claims/figure_gap.h"

namespace steppe {
namespace {

constexpr std::uint32_t kLead = 4;         // paragraphs that tell what an article is about
constexpr std::uint32_t kReach = 80;       // tokens between a place and its number
constexpr std::size_t kFiguresBeside = 8;  // before and after, that may be nearer to a place

/// "western Kazakhstan": some of the country, it does not say what.
bool is_part(const AnnotatedText& text, const PlaceMention& country) {
  const auto& ways = text.lexicon().pack().ways;
  const auto holds = [](const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (country.first > 0 && holds(ways.part_before, text.folded_token(country.first - 1))) {
    return true;
  }
  if (country.last >= text.size() || ways.part_after.empty()) return false;
  const bool han = text.tokens()[country.last].kind == TokenKind::kHan;
  const std::uint32_t last = std::min(country.last + (han ? 2U : 1U), text.size());
  return holds(ways.part_after, text.folded_slice(country.last, last));
}

}  // namespace

FigurePlaces::FigurePlaces(const Reading& reading) : reading_(reading) {
  const bool needed = std::any_of(reading.passages.begin(), reading.passages.end(),
                                  [](const Passage& passage) { return !passage.figures.empty(); });
  if (!needed) return;
  for (std::size_t i = 0; i < reading.passages.size(); ++i) {
    read_spots(i);
    mark_parts(i);
  }
  find_focus();
}

void FigurePlaces::read_spots(std::size_t index) {
  const Passage& passage = reading_.passages[index];
  const AnnotatedText& text = passage.text;
  std::vector<Spot>& out = spots_[index].all;
  const std::span<const std::uint32_t> whole = text.marks_of(LexemeRole::kWholePlace);
  out.reserve(passage.places.size() + whole.size());
  const auto add = [&](std::uint32_t first, std::uint32_t last, std::uint32_t place, bool wide) {
    const auto sentence = static_cast<std::uint32_t>(text.sentence_of(first));
    out.push_back({first, last, sentence, place, wide, false});
  };
  for (const PlaceMention& mention : passage.places) {
    const bool elsewhere = mention.adjective || mention.speaks ||
                           mention.role == PlaceRole::kStatement ||
                           mention.role == PlaceRole::kOrigin;
    const PlaceEntry& entry = entries()[mention.place];
    if (elsewhere || (entry.is("country") && is_part(text, mention))) continue;
    const bool inside = entry.is("site") && entry.parent_place != kNoPlace;
    add(mention.first, mention.last, inside ? entry.parent_place : mention.place,
        entry.is("country"));
  }
  for (const std::uint32_t each : whole) {
    const Mark& mark = text.marks()[each];
    const bool country = static_cast<WholePlace>(mark.detail) == WholePlace::kCountry;
    add(mark.first, mark.last, country ? kWhole : kRegion, country);
  }
  if (!whole.empty()) {  // else they are in order
    std::stable_sort(out.begin(), out.end(),
                     [](const Spot& a, const Spot& b) { return a.first < b.first; });
  }
  text.index(spots_[index]);
}

void FigurePlaces::mark_parts(std::size_t passage) {
  const std::vector<FoundFigure>& figures = reading_.passages[passage].figures;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (!figures[i].part_of) continue;
    const Spot* spot = own(passage, i);
    if (spot == nullptr || spot == own(passage, *figures[i].part_of)) continue;
    std::vector<Spot>& spots = spots_[passage].all;
    spots[static_cast<std::size_t>(spot - spots.data())].of_part = true;
  }
}

/// The place told most often in a paragraph of a passage, of two the first; no country.
std::optional<std::uint32_t> FigurePlaces::told_in(std::size_t passage,
                                                   std::uint32_t paragraph) const {
  const AnnotatedText& text = reading_.passages[passage].text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> votes;  // place, how often
  std::uint32_t at = 0;                                        // paragraph
  std::uint32_t sentence = 0;
  for (const Spot& spot : spots_[passage].all) {
    while (sentence < spot.sentence) at += text.opens_paragraph(++sentence) ? 1U : 0U;
    if (at > paragraph) break;
    const bool tells = !spot.wide && !spot.of_part && spot.place != kRegion;
    if (at < paragraph || !tells) continue;
    const auto known = std::find_if(votes.begin(), votes.end(),
                                    [&](const auto& vote) { return vote.first == spot.place; });
    if (known == votes.end()) {
      votes.emplace_back(spot.place, 1);
    } else {
      ++known->second;
    }
  }
  if (votes.empty()) return {};
  return std::max_element(votes.begin(), votes.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

/// In the first paragraph: as a noun, whatever it is there for, and all of it.
bool FigurePlaces::names_country(std::size_t passage) const {
  const Passage& read = reading_.passages[passage];
  std::uint32_t end = 1;
  while (end < read.text.sentences().size() && !read.text.opens_paragraph(end)) ++end;
  for (const PlaceMention& mention : read.places) {
    if (read.text.sentence_of(mention.first) >= end) break;
    if (mention.adjective || !entries()[mention.place].is("country")) continue;
    if (!is_part(read.text, mention)) return true;
  }
  return false;
}

/// What the title is about, else the first paragraph, else - unless these name a country - the
/// first of the next ones that names a place.
void FigurePlaces::find_focus() {
  std::optional<std::uint32_t> found;
  for (std::size_t i = 0; i < reading_.passages.size() && !found; ++i) found = told_in(i, 0);
  for (std::size_t i = 0; i < reading_.passages.size() && !found; ++i) {
    if (names_country(i)) return;
  }
  for (std::size_t i = 0; i < reading_.passages.size() && !found; ++i) {
    for (std::uint32_t told = 1; told < kLead && !found; ++told) found = told_in(i, told);
  }
  focus_ = found.value_or(kWhole);
}

/// Another figure of the sentence is nearer to `spot`, which is `distance` away from `figure`.
bool FigurePlaces::is_taken(const Passage& passage, std::size_t figure, const Spot& spot,
                            std::uint32_t distance) const {
  const std::size_t first = figure - std::min(figure, kFiguresBeside);
  const std::size_t last = std::min(figure + kFiguresBeside + 1, passage.figures.size());
  for (std::size_t i = first; i < last; ++i) {
    const FoundFigure& other = passage.figures[i];
    if (i == figure || other.sentence != spot.sentence) continue;
    if (gap_to_figure(passage.text, spot.first, spot.last, other) < distance) return true;
  }
  return false;
}

/// What no other figure is nearer to comes first, but never what a part of the figure is nearer to.
const FigurePlaces::Spot* FigurePlaces::own(std::size_t index, std::size_t figure) const {
  const Passage& passage = reading_.passages[index];
  const FoundFigure& found = passage.figures[figure];
  const bool is_total =
      figure + 1 < passage.figures.size() && passage.figures[figure + 1].part_of == figure;
  const Spot* best = nullptr;
  std::tuple<bool, bool, std::uint32_t> best_rank;
  for (const Spot& spot : spots_[index].in(found.sentence)) {
    const bool far =
        spot.last + kReach < found.quantity.first || found.quantity.last + kReach < spot.first;
    if (far) continue;
    const std::uint32_t distance = gap_to_figure(passage.text, spot.first, spot.last, found);
    if (distance >= kStopCost) continue;
    const bool taken = is_taken(passage, figure, spot, distance);
    if (taken && is_total) continue;
    const std::tuple rank(taken, spot.wide, distance);
    if (best != nullptr && rank >= best_rank) continue;
    best = &spot;
    best_rank = rank;
  }
  return best;
}

/// Of the nearest sentence before in the paragraph that has one: the first place, else a country.
const FigurePlaces::Spot* FigurePlaces::told_before(std::size_t passage,
                                                    std::uint32_t sentence) const {
  const AnnotatedText& text = reading_.passages[passage].text;
  while (sentence > 0 && !text.opens_paragraph(sentence)) {
    const Spot* country = nullptr;
    for (const Spot& spot : spots_[passage].in(--sentence)) {
      if (spot.of_part || spot.place == kRegion) continue;
      if (!spot.wide) return &spot;
      if (country == nullptr) country = &spot;
    }
    if (country != nullptr) return country;
  }
  return nullptr;
}

/// Where a figure counts whose sentence does not tell.
std::uint32_t FigurePlaces::place_around(std::size_t passage, std::uint32_t sentence) const {
  const Spot* told = told_before(passage, sentence);
  return told != nullptr ? told->place : focus_;
}

/// The region a place lies in, itself when it is none's.
std::uint32_t FigurePlaces::region_of(std::uint32_t place) const {
  if (place == kWhole) return kWhole;
  const std::uint32_t parent = entries()[place].parent_place;
  return entries()[place].is("region") || parent == kNoPlace ? place : parent;
}

const std::vector<PlaceEntry>& FigurePlaces::entries() const {
  return reading_.passages.front().text.lexicon().all().places;
}

std::string FigurePlaces::key_of(std::uint32_t place) const {
  return place == kWhole ? reading_.focus_country : entries()[place].key;
}

FigurePlaces::Answer FigurePlaces::place_of(std::size_t passage, std::size_t figure) const {
  const std::vector<FoundFigure>& figures = reading_.passages[passage].figures;
  const Spot* spot = own(passage, figure);
  while (spot == nullptr && figures[figure].part_of.value_or(figure) < figure) {
    figure = *figures[figure].part_of;
    spot = own(passage, figure);
  }
  const std::uint32_t sentence = figures[figure].sentence;
  if (spot == nullptr) return {key_of(place_around(passage, sentence)), false};
  if (spot->place != kRegion) return {key_of(spot->place), true};
  return {key_of(region_of(place_around(passage, sentence))), true};
}

}  // namespace steppe
