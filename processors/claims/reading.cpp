#include "processors/claims/reading.h"

#include <algorithm>

#include "processors/claims/place_roles.h"
#include "processors/when/date_binding.h"

namespace steppe {
namespace {

constexpr std::uint32_t kStatementReach = 12;  // half words between a cue and its date

/// True for an offset that is not zero.
bool has_length(const std::string& offset) {
  return offset.find_first_of("123456789") != std::string::npos;
}

void set_reference(const Item& item, const Feed& feed, Reading& reading) {
  reading.reference = {};
  reading.dated = false;
  reading.zone = is_known_zone(feed.timezone) ? feed.timezone : "UTC";
  if (!item.published) return;
  const std::string& written = item.published->zone;
  if (is_zone_offset(written)) {
    // what a server writes says less than the zone that is set for the feed, and "+00:00" nothing
    if (!is_known_zone(feed.timezone) && has_length(written)) reading.zone = written;
  } else if (is_known_zone(written)) {
    reading.zone = written;
  }
  reading.reference = local_day(item.published->value, reading.zone);
  reading.dated = true;
}

void note_statement_days(Reading& reading) {
  for (std::size_t p = 0; p < reading.passages.size(); ++p) {
    const Passage& passage = reading.passages[p];
    if (passage.dates.all.empty()) continue;
    for (const Report& report : reading.attributors[p].reports()) {
      if (!report.speaker.actor) continue;
      const auto sentence = static_cast<std::uint32_t>(passage.text.sentence_of(report.cue_first));
      const DateMention* date =
          statement_date(passage, sentence, report.cue_first, report.cue_last);
      if (date == nullptr || (reading.dated && date->end > reading.reference)) continue;
      reading.statement_days.try_emplace(*report.speaker.actor, date->end);
    }
  }
}

void settle_places(Reading& reading) {
  reading.resolver.clear();
  for (const Passage& passage : reading.passages) {
    reading.resolver.note(passage.text, passage.places);
  }
  for (Passage& passage : reading.passages) reading.resolver.settle(passage.text, passage.places);
}

/// The country most of the places belong to, else most of the actors; of two, the one that comes
/// first.
void find_focus_country(Reading& reading) {
  struct Votes {
    std::string_view country;
    std::uint32_t count = 0;
  };
  std::vector<Votes> votes;
  std::size_t best = 0;
  const auto vote = [&](std::string_view country) {
    if (country.empty()) return;
    std::size_t at = 0;
    while (at < votes.size() && votes[at].country != country) ++at;
    if (at == votes.size()) votes.push_back({country});
    if (++votes[at].count > votes[best].count) best = at;
  };
  if (reading.passages.empty()) return;
  const EnrichmentLexicon& all = reading.passages.front().text.lexicon().all();
  for (const Passage& passage : reading.passages) {
    for (const PlaceMention& place : passage.places) vote(all.places[place.place].country);
  }
  for (std::size_t i = 0; i < reading.passages.size() && votes.empty(); ++i) {
    for (const ActorMention& mention : reading.passages[i].actors) {
      if (!mention.actor) continue;
      const ActorEntry& actor = all.actors[*mention.actor];
      if (!actor.is("outlet")) vote(actor.country);
    }
  }
  if (votes.empty()) return;
  const auto at = std::find_if(all.places.begin(), all.places.end(), [&](const PlaceEntry& entry) {
    return entry.is("country") && entry.country == votes[best].country;
  });
  if (at != all.places.end()) reading.focus_country = at->key;
}

}  // namespace

void read_item(const Item& item, const Feed& feed, const Lexicon& lexicon, Reading& reading) {
  set_reference(item, feed, reading);
  reading.focus_country.clear();
  reading.statement_days.clear();
  reading.place_records.clear();
  reading.actor_records.clear();
  reading.group_records.clear();
  const auto reference = reading.dated ? std::optional(reading.reference) : std::nullopt;
  ActorFinder actors;
  std::size_t count = 0;
  const std::string& title = text_of(item, TextField::kTitle);
  bool title_waits = !title.empty();  // for the field it may run on into
  const auto read_title = [&] {
    if (!title_waits) return;
    title_waits = false;
    read_passage(title, TextField::kTitle, lexicon, reference, actors,
                 reading.passages_kept[count++]);
  };
  for (const TextField field : {TextField::kSummary, TextField::kBody}) {
    const std::string& words = text_of(item, field);
    if (words.empty()) continue;
    if (title_waits && runs_on(title, words)) {
      title_waits = false;
      read_joined(title, words, field, lexicon, reference, actors, reading.passages_kept[count++]);
      continue;
    }
    read_title();
    read_passage(words, field, lexicon, reference, actors, reading.passages_kept[count++]);
  }
  read_title();
  reading.passages = std::span(reading.passages_kept).first(count);
  reading.attributors = std::span(reading.attributors_kept).first(count);
  settle_places(reading);
  find_focus_country(reading);
  for (std::size_t i = 0; i < count; ++i) reading.attributors[i].read(reading.passages[i]);
  settle_place_roles(reading.passages, reading.attributors);
  note_statement_days(reading);
}

const DateMention* statement_date(const Passage& passage, std::uint32_t sentence,
                                  std::uint32_t cue_first, std::uint32_t cue_last) {
  const auto& tokens = passage.text.tokens();
  const DateMention* nearest = nullptr;
  std::uint32_t nearest_gap = kStatementReach + 1;
  for (const DateMention& date : dates_beside(passage.dates, sentence, cue_first)) {
    if (date.ahead || date.dateline) continue;
    if (date.as_of || !date.resolved || date.grain != DateGrain::kDay) continue;
    const bool before = date.last <= cue_first;
    const std::uint32_t from = before ? date.last : cue_last;
    const std::uint32_t to = before ? cue_first : date.first;
    if (to < from) continue;
    const std::uint32_t gap = tokens[to].position - tokens[from].position;
    if (gap >= nearest_gap) continue;
    nearest = &date;
    nearest_gap = gap;
  }
  return nearest;
}

}  // namespace steppe
