// Items as an attacker would write them.

#include <limits>

#include "processors/identity/identity.h"
#include "tests/contract/samples.h"

namespace steppe {
namespace {

class Scrambler {
 public:
  explicit Scrambler(std::mt19937& random) : random_(random) {}

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_()) % limit; }

  // Bytes of every kind: text, broken UTF-8, control characters, quotes.
  std::string bytes() {
    static const std::string kPieces[] = {"a",
                                          "\"",
                                          "\\",
                                          "\n",
                                          "\xFF",
                                          "\xC0\x80",
                                          "\xED\xA0\x80",
                                          "\u0436",
                                          "\u54C8",
                                          "\u2028",
                                          "\U0001F600",
                                          "</script>",
                                          std::string(1, '\0'),
                                          "\x1B"};
    std::string out;
    for (std::uint32_t i = below(40); i > 0; --i) out += kPieces[below(std::size(kPieces))];
    return out;
  }

  KeptText kept(Item& item) { return item.found.texts.keep(bytes()); }

  std::vector<std::string> list() {
    std::vector<std::string> out(below(4));
    for (std::string& one : out) one = bytes();
    return out;
  }

  double number() {
    static constexpr double kWild[] = {0,
                                       -1,
                                       1e308,
                                       0.1,
                                       164,
                                       std::numeric_limits<double>::quiet_NaN(),
                                       std::numeric_limits<double>::infinity()};
    return kWild[below(std::size(kWild))];
  }

  // Sometimes true, sometimes off by a few bytes, sometimes far out.
  Evidence evidence(const Item& item) {
    Evidence out;
    out.field = static_cast<TextField>(below(3));
    const std::string& text = text_of(item, out.field);
    const auto size = static_cast<std::uint32_t>(text.size());
    out.byte_start = below(size + 2);
    out.byte_end =
        below(8) == 0 ? static_cast<std::uint32_t>(random_()) : out.byte_start + below(size + 2);
    return out;
  }

 private:
  std::mt19937& random_;
};

template <typename Found>
void scramble_common(Scrambler& any, Item& item, Found& found) {
  found.id = any.kept(item);
  found.evidence = {any.evidence(item), any.evidence(item)};
  found.confidence = any.number();
  found.rule = any.kept(item);
}

void scramble_figure(Scrambler& any, Item& item) {
  Figure figure;
  scramble_common(any, item, figure);
  figure.kind = static_cast<FigureKind>(any.below(15));
  figure.value = any.number();
  figure.low = any.number();
  figure.vague_value = any.number();
  figure.unit = any.kept(item);
  figure.currency = any.kept(item);
  figure.victim_class = any.list();
  figure.subset_of = any.kept(item);
  figure.as_of = AsOf{any.bytes(), any.kept(item), any.kept(item), any.kept(item)};
  figure.claimant = any.kept(item);
  figure.claimant_actor_id = any.kept(item);
  figure.chain = {{any.kept(item), any.kept(item)}};
  figure.status = any.kept(item);
  item.found.figures.push_back(figure);
}

void scramble_outside(Scrambler& any, ItemSample& sample) {
  Item& item = sample.item;
  for (std::string* text :
       {&item.guid, &item.url, &item.canonical_url, &item.title, &item.summary, &item.body,
        &item.lang.declared, &sample.trace.final_url, &sample.rights.licence}) {
    *text = any.bytes();
  }
  sample.validators.etag = any.bytes();
  sample.validators.last_modified = any.bytes();
  item.categories = any.list();
  item.media = any.list();
  item.authors = {{any.bytes(), any.bytes(), any.bytes()}};
  sample.trace.redirects = any.list();
  sample.trace.warnings = any.list();
  if (item.published) item.published->zone = any.bytes();
  sample.feed.publish_text = static_cast<PublishText>(any.below(3));
}

template <typename List>
void point_into(Scrambler& any, const Item& item, List& list) {
  for (auto& one : list) one.evidence = {any.evidence(item), any.evidence(item)};
}

}  // namespace

ItemSample hostile_item(std::mt19937& random) {
  Scrambler any(random);
  ItemSample sample = full_item();
  scramble_outside(any, sample);
  Enrichment& found = sample.item.found;
  point_into(any, sample.item, found.figures);
  point_into(any, sample.item, found.quotes);
  point_into(any, sample.item, found.events);
  point_into(any, sample.item, found.places);
  point_into(any, sample.item, found.actors);
  for (Reason& reason : sample.item.match.reasons) reason.evidence = any.evidence(sample.item);
  sample.item.keys = identity_keys(sample.item, sample.feed, true);
  return sample;
}

ItemSample scrambled_item(std::mt19937& random) {
  Scrambler any(random);
  ItemSample sample = hostile_item(random);
  Item& item = sample.item;
  item.lang.code = any.bytes();
  item.lang.confidence = any.number();
  item.credit = any.bytes();
  item.wire_marker = any.bytes();
  item.match.stage = any.bytes();
  item.match.score = any.number();
  for (int i = 0; i < 5; ++i) scramble_figure(any, item);
  for (Quote& quote : item.found.quotes) {
    scramble_common(any, item, quote);
    quote.speaker = quote.cue = quote.kind = quote.stance = any.kept(item);
    quote.about = {any.kept(item), any.kept(item)};
  }
  for (Event& event : item.found.events) {
    scramble_common(any, item, event);
    event.type = event.modality = event.place_id = event.cameo = any.kept(item);
    event.start = any.bytes();
  }
  for (Place& place : item.found.places) {
    scramble_common(any, item, place);
    place.point = GeoPoint{any.number(), any.number()};
    place.name = place.role = place.precision = place.country = any.kept(item);
  }
  for (Actor& actor : item.found.actors) scramble_common(any, item, actor);
  sample.feed.id = FeedId(any.bytes());
  sample.feed.name = sample.feed.country = any.bytes();
  sample.id = ItemId(any.bytes());
  sample.story.story_id = StoryId(any.bytes());
  sample.story.similarity = any.number();
  return sample;
}

}  // namespace steppe
