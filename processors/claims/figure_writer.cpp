#include "processors/claims/figure_writer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "config/language_pack.h"

namespace steppe {
namespace {

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

Figure convert(const Passage& passage, const FoundFigure& found) {
  const Quantity& quantity = found.quantity;
  Figure figure;
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
  figure.evidence.push_back(
      evidence_of(passage, quantity.first, std::max(quantity.last, quantity.unit_last)));
  if (found.trigger_last > found.trigger_first) {
    figure.evidence.push_back(evidence_of(passage, found.trigger_first, found.trigger_last));
  }
  return figure;
}

bool same_claim(const Figure& a, const Figure& b) {
  return a.kind == b.kind && a.value == b.value && a.qualifier == b.qualifier &&
         a.vague_value == b.vague_value && a.currency == b.currency && a.subset_of == b.subset_of;
}

}  // namespace

void write_figures(std::span<const Passage> passages, std::vector<Figure>& figures) {
  for (const Passage& passage : passages) {
    std::vector<std::string> ids(passage.figures.size());
    for (std::size_t i = 0; i < passage.figures.size(); ++i) {
      const FoundFigure& found = passage.figures[i];
      Figure figure = convert(passage, found);
      if (found.part_of) figure.subset_of = ids[*found.part_of];
      const auto known = std::find_if(figures.begin(), figures.end(), [&](const Figure& other) {
        return same_claim(other, figure);
      });
      if (known != figures.end()) {
        known->evidence.insert(known->evidence.end(), figure.evidence.begin(),
                               figure.evidence.end());
        known->confidence = std::max(known->confidence, figure.confidence);
        ids[i] = known->id;
        continue;
      }
      figure.id = ids[i] = "f" + std::to_string(figures.size() + 1);
      figures.push_back(std::move(figure));
    }
  }
}

}  // namespace steppe
