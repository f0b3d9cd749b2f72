#pragma once
// A story told one figure at a time to a claim ledger.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"
#include "processors/ledger/claim_ledger.h"

namespace steppe::test {

inline const StoryId kStory("s1");

/// Feeds items of one figure each into a ledger, one a minute.
class Scene {
 public:
  struct Said {
    const char* outlet;
    const char* claimant = "";  // the outlet itself
    double value;
    const char* day;
    Qualifier qualifier = Qualifier::kExact;
    bool retracts = false;
    FigureKind kind = FigureKind::kKilled;
    const char* wire_marker = "";
    const char* story = "s1";
    const char* place = "";
    const char* currency = "";
    const char* victims = "";
  };

  std::vector<ClaimEvent> say(const Said& said) {
    return say_as(ItemId("i" + std::to_string(++items_)), 1, said);
  }

  std::vector<ClaimEvent> say_as(const ItemId& id, std::uint32_t revision, const Said& said) {
    Feed feed;
    feed.name = said.outlet;
    Figure figure;
    figure.kind = said.kind;
    figure.value = said.value;
    figure.qualifier = said.qualifier;
    figure.claimant = *said.claimant != '\0' ? said.claimant : said.outlet;
    figure.claimant_key = said.claimant;
    figure.claimant_is_outlet = *said.claimant == '\0';
    figure.as_of = AsOf{.date = said.day, .basis = figure.claimant_is_outlet ? "published" : ""};
    figure.retracts = said.retracts;
    figure.scope_place = said.place;
    figure.currency = said.currency;
    if (*said.victims != '\0') figure.victim_class = {said.victims};
    figure.claimant_kind = figure.claimant_is_outlet ? "outlet" : "actor";
    figure.claimant_authority = figure.claimant_is_outlet ? 0 : 5;
    figure.rule = "test";
    Item item;
    item.wire_marker = said.wire_marker;
    if (const auto day = parse_rfc3339(std::string(said.day) + "T12:00:00Z")) {
      item.published = PublishedAt{*day, "", "feed"};
    }
    item.found.figures = {figure};
    at_ += Millis{60'000};
    const StoryInput input{.item_id = id,
                           .revision = revision,
                           .item = &item,
                           .feed = &feed,
                           .known_story = {},
                           .at = at_};
    const StoryLink link{.story_id = StoryId(said.story), .of_item = of_item_};
    const auto events = ledger_.apply(input, item, link, rows_);
    texts_ = item.found.texts;
    figure_ = item.found.figures[0];
    status_ = figure_.status;
    return events;
  }

  /// What the next items are about, as the story index found it.
  void of_item(const ItemId& id) { of_item_ = id; }

  const Figure& figure() const { return figure_; }
  const std::string& status() const { return status_; }
  /// The stories turn out to be one; `into` keeps its name.
  std::vector<ClaimEvent> merge(const char* from, const char* into) {
    at_ += Millis{60'000};
    const Item item;
    const Feed feed;
    const StoryInput input{.item_id = ItemId("joins"),
                           .revision = 1,
                           .item = &item,
                           .feed = &feed,
                           .known_story = {},
                           .at = at_};
    const StoryLink link{.story_id = StoryId(into), .of_item = {}};
    return ledger_.merge(StoryId(from), input, link, rows_);
  }

  /// Forgets everything but the rows, as a restart does.
  void restart() {
    std::map<std::string, StateRow> last;
    for (const StateRow& row : rows_) last.insert_or_assign(row.key, row);
    ledger_ = ClaimLedger();
    ledger_.know(history_, places_);
    for (const auto& [key, row] : last) ledger_.restore(row);
  }

  void know(const std::vector<KnownClaim>& history, const PlaceTree& places) {
    history_ = history;
    places_ = places;
    ledger_.know(history_, places_);
  }

  FigureView view() const { return ledger_.view(kStory).front(); }
  std::vector<FigureView> views(const char* story = "s1") const {
    return ledger_.view(StoryId(story));
  }
  ClaimLedger& ledger() { return ledger_; }
  const std::vector<StateRow>& rows() const { return rows_; }

 private:
  std::vector<KnownClaim> history_;
  PlaceTree places_;
  ClaimLedger ledger_;
  std::vector<StateRow> rows_;
  Instant at_{};
  ItemId of_item_;
  int items_ = 0;
  std::string status_;
  KeptTexts texts_;
  Figure figure_;  // of the last item, whose texts these are
};

using Changes = std::vector<std::pair<double, ClaimStatus>>;

inline Changes changes(const std::vector<ClaimEvent>& events) {
  Changes out;
  for (const ClaimEvent& event : events) out.emplace_back(*event.value, event.status);
  return out;
}

}  // namespace steppe::test
