#include "tests/support/story_world.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/utf8.h"
#include "processors/identity/identity.h"

namespace steppe::test {
namespace {

constexpr std::uint32_t kVocabulary = 40'000;
constexpr std::uint32_t kOutlets = 400;
constexpr std::uint32_t kPlaces = 300;
constexpr std::uint32_t kActors = 500;
constexpr double kItemsPerEvent = 6.9;  // mean of what begin_events() makes
constexpr std::int64_t kHour = 3'600'000;
constexpr std::array<const char*, 3> kLanguages = {"en", "ru", "kk"};

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 30U;
  value *= 0xBF58476D1CE4E5B9;
  value ^= value >> 27U;
  value *= 0x94D049BB133111EB;
  return value ^ (value >> 31U);
}

// An invented word: consonant and vowel by turns, in Latin or Cyrillic letters.
std::string word(std::uint64_t number, bool cyrillic) {
  static constexpr std::array<char32_t, 12> kLatin = {'b', 'd', 'g', 'k', 'l', 'm',
                                                      'n', 'p', 'r', 's', 't', 'v'};
  static constexpr std::array<char32_t, 12> kCyrillic = {0x431, 0x434, 0x433, 0x43A, 0x43B, 0x43C,
                                                         0x43D, 0x43F, 0x440, 0x441, 0x442, 0x432};
  static constexpr std::array<char32_t, 4> kLatinVowels = {'a', 'e', 'i', 'o'};
  static constexpr std::array<char32_t, 4> kCyrillicVowels = {0x430, 0x435, 0x438, 0x43E};
  std::uint64_t bits = mixed(number);
  std::string out;
  const std::size_t syllables = 2 + bits % 3;
  for (std::size_t i = 0; i < syllables; ++i) {
    bits >>= 4U;
    append_utf8(out, (cyrillic ? kCyrillic : kLatin)[bits % 12]);
    bits >>= 5U;
    append_utf8(out, (cyrillic ? kCyrillicVowels : kLatinVowels)[bits % 4]);
    bits >>= 3U;
  }
  return out;
}

// Capitalised, with an ending of its own.
std::string name(std::uint64_t number, bool cyrillic) {
  std::string out = word(number ^ 0xABCDEF0123, cyrillic) + word(number ^ 0x5A5A5A, cyrillic);
  if (!cyrillic) {
    out[0] = static_cast<char>(out[0] - 32);
    return out;
  }
  std::string upper;
  append_utf8(upper, decode_utf8(out, 0).value - 0x20);
  return upper + out.substr(2);
}

// Words are as frequent as in a language: the n-th about 1/n.
std::uint64_t common_word(Dice& dice, std::size_t lang) {
  const double rank = std::exp(dice.share() * std::log(static_cast<double>(kVocabulary)));
  return static_cast<std::uint64_t>(rank) * 4 + lang;
}

struct Facts {
  std::uint32_t place, actor;
  std::array<std::uint64_t, 3> names;
  std::array<std::uint64_t, 16> topic;
  std::uint32_t figure;
  FigureKind kind;
};

Facts facts_of(std::uint32_t event, std::uint64_t seed) {
  Dice dice(mixed(seed + event));
  Facts facts{.place = dice.below(kPlaces),
              .actor = dice.below(kActors),
              .names = {},
              .topic = {},
              .figure = 11 + dice.below(3000),
              .kind = static_cast<FigureKind>(dice.below(4))};
  for (auto& name : facts.names) name = dice.below(20'000);
  for (auto& topic : facts.topic) topic = 200 + dice.below(kVocabulary - 200);
  return facts;
}

// The words of a report: its title, then its text.
struct Words {
  std::vector<std::string> title, text;
};

Words words_of(const Facts& facts, std::size_t lang, std::uint64_t seed, std::size_t count) {
  const bool cyrillic = lang != 0;
  Dice dice(seed);
  Words words;
  const auto topic = [&] { return word(facts.topic[dice.below(16)] * 4 + lang, cyrillic); };
  words.title = {name(facts.names[0], cyrillic),
                 topic(),
                 std::to_string(facts.figure),
                 topic(),
                 name(facts.names[1 + dice.below(2)], cyrillic),
                 topic(),
                 topic()};
  for (std::size_t i = 0; i < count; ++i) {
    const double part = dice.share();
    if (part < 0.12) {
      words.text.push_back(topic());
    } else if (part < 0.16) {
      words.text.push_back(name(facts.names[dice.below(3)], cyrillic));
    } else if (part < 0.17) {
      words.text.push_back(std::to_string(facts.figure));
    } else {
      words.text.push_back(word(common_word(dice, lang), cyrillic));
    }
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

bool is_number(const std::string& word) {
  return word[0] >= '0' && word[0] <= '9';
}

void edit(std::vector<std::string>& words, double share, std::size_t lang, Dice& dice) {
  for (std::string& each : words) {
    if (!is_number(each) && dice.share() < share) each = word(common_word(dice, lang), lang != 0);
  }
}

void find(const Facts& facts, Item& item) {
  Place place;
  place.key = item.found.texts.keep("place" + std::to_string(facts.place));
  place.precision = "city";
  place.role = "event";
  item.found.places.push_back(std::move(place));
  Actor actor;
  actor.key = item.found.texts.keep("actor" + std::to_string(facts.actor));
  item.found.actors.push_back(std::move(actor));
  Figure figure;
  figure.kind = facts.kind;
  figure.value = facts.figure;
  item.found.figures.push_back(std::move(figure));
}

}  // namespace

std::uint64_t Dice::roll() {
  state_ += 0x9E3779B97F4A7C15;
  return mixed(state_);
}

StoryWorld::StoryWorld(WorldOptions options) : options_(options), dice_(options.seed) {
  const double events = static_cast<double>(options_.items) / kItemsPerEvent;
  event_gap_ms_ = static_cast<std::int64_t>(
      static_cast<double>(std::chrono::milliseconds(options_.span).count()) / events);
  event_gap_ms_ = std::max<std::int64_t>(event_gap_ms_, 1);
}

// Four in ten events have one report only; the others up to twelve, and a report up to ten copies.
void StoryWorld::begin_events() {
  while (coming_.empty() || coming_.top().at_ms >= next_event_ms_) {
    const std::int64_t begin = next_event_ms_;
    next_event_ms_ += event_gap_ms_;
    const std::uint32_t event = ++events_;
    const std::uint32_t reports = dice_.share() < 0.4 ? 1 : 1 + dice_.below(dice_.below(12) + 1);
    for (std::uint32_t i = 0; i < reports; ++i) {
      const Report report{.number = ++reports_,
                          .event = event,
                          .seed = dice_.roll(),
                          .lang = static_cast<std::uint8_t>(dice_.below(3))};
      const std::int64_t at = begin + (i == 0 ? 0 : dice_.below(36 * kHour));
      const std::uint32_t copies = dice_.share() < 0.35 ? 0 : dice_.below(dice_.below(10) + 1);
      coming_.push({.at_ms = at, .report = report, .copy = 0});
      for (std::uint32_t copy = 1; copy <= copies; ++copy) {
        coming_.push(
            {.at_ms = at + kHour / 10 + dice_.below(12 * kHour), .report = report, .copy = copy});
      }
    }
  }
}

bool StoryWorld::next(WorldItem& out) {
  if (written_ >= options_.items) return false;
  begin_events();
  const Coming coming = coming_.top();
  coming_.pop();
  ++written_;
  write(coming, out);
  return true;
}

void StoryWorld::write(const Coming& coming, WorldItem& out) {
  const Report& report = coming.report;
  const Facts facts = facts_of(report.event, options_.seed);
  Words words = words_of(facts, report.lang, report.seed, options_.report_words);
  Dice dice(mixed(report.seed + coming.copy));
  if (coming.copy > 0) edit(words.text, options_.edited_words, report.lang, dice);
  out = {};
  out.event = report.event;
  out.report = report.number;
  out.copy = coming.copy > 0;
  out.at = Instant{} + std::chrono::hours(24 * 365 * 50) + Millis(coming.at_ms);
  const std::uint32_t outlet = dice.below(kOutlets);
  out.feed.id = FeedId("outlet" + std::to_string(outlet));
  out.feed.name = "Outlet " + std::to_string(outlet);
  Item& item = out.item;
  item.url = "https://outlet" + std::to_string(outlet) + ".example/" +
             std::to_string(report.number) + "/" + std::to_string(coming.copy);
  item.canonical_url = item.url;
  item.title = joined(words.title);
  item.body = joined(words.text);
  item.lang.code = kLanguages[report.lang];
  item.published = PublishedAt{.value = out.at, .zone = {}};
  item.content_hash = content_hash(item);
  find(facts, item);
}

}  // namespace steppe::test
