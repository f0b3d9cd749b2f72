#include "processors/annotate/word_senses.h"

#include <algorithm>

#include "processors/annotate/word_cover.h"

namespace steppe {
namespace {

/// True when what they mean is the same wherever they stand.
bool are_settled(std::span<const Sense> senses) {
  return std::none_of(senses.begin(), senses.end(), [](const Sense& sense) {
    return sense.needs_capital || sense.role == LexemeRole::kIgnore;
  });
}

/// Drops those from `first` on that longer ones of the same list hide: a phrase from before that
/// hides the longer one hides them too.
void drop_hidden(std::vector<Sense>& senses, std::size_t first) {
  WordCover cover;
  std::uint32_t place_bytes = 0;  // of the last place
  const auto hidden = [&](const Sense& sense) {
    if (sense.role == LexemeRole::kPlace) {
      if (sense.bytes < place_bytes) return true;
      place_bytes = sense.bytes;
    }
    return !cover.add(sense, 0, sense.units);
  };
  std::size_t kept = first;
  for (std::size_t i = first; i < senses.size(); ++i) {
    if (!hidden(senses[i])) senses[kept++] = senses[i];
  }
  senses.resize(kept);
}

/// Zero, as not known, above the most that a sense holds.
std::uint8_t small(std::uint32_t units) {
  return static_cast<std::uint8_t>(units <= 0xFF ? units : 0);
}

}  // namespace

void WordSenses::read(const TermScanner& scanner, std::span<const WordMeaning> meanings,
                      const WordsAround& around) {
  std::vector<ListedTerm> terms;
  lists_.reserve(scanner.list_count());
  for (std::uint32_t number = 0; number < scanner.list_count(); ++number) {
    scanner.read_list(number, terms);
    List& list = lists_.emplace_back();
    list.first_sense = static_cast<std::uint32_t>(senses_.size());
    list.first_around = static_cast<std::uint32_t>(around_.size());
    bool known = !terms.empty();
    for (const ListedTerm& term : terms) {
      const std::uint8_t units = small(term.units);
      const auto bytes = static_cast<std::uint16_t>(term.bytes);
      known = known && units != 0;
      if (around.holds(term.id)) {
        around_.push_back({term.id - around.first, units, bytes});
      } else {
        senses_.push_back({meanings[term.id], units, bytes});
      }
    }
    list.settled = known && are_settled(std::span(senses_).subspan(list.first_sense));
    if (list.settled) drop_hidden(senses_, list.first_sense);
    list.sense_count = static_cast<std::uint16_t>(senses_.size() - list.first_sense);
    list.around_count = static_cast<std::uint16_t>(around_.size() - list.first_around);
    for (const Sense& sense : senses(list)) list.roles |= roles_of(sense.role);
    list.units = known ? small(terms.front().units) : std::uint8_t{0};
    list.han = scanner.is_han_list(number);
    longest_ = std::max<std::uint32_t>({longest_, list.sense_count, list.around_count});
  }
  senses_.shrink_to_fit();
  around_.shrink_to_fit();
}

}  // namespace steppe
