#include "processors/claims/place_roles.h"

#include <algorithm>
#include <string_view>

namespace steppe {
namespace {

using Words = std::vector<std::string>;

constexpr std::uint32_t kVenueReach = 10;     // half words between a venue and its place
constexpr std::uint32_t kDatelineStart = 4;   // tokens before the place of a dateline
constexpr std::uint32_t kBracketReach = 8;    // the same, of one in brackets
constexpr std::uint32_t kDatelineReach = 14;  // tokens between it and its end
constexpr std::uint32_t kSpeakerReach = 2;    // tokens between a speaker and its place
constexpr std::uint32_t kTellReach = 2;       // tokens between a place and what it tells
constexpr std::uint32_t kTroopsReach = 2;     // tokens between "Russian" and whom it is said of

/// The place and what a text knows of it.
struct Site {
  const AnnotatedText& text;
  const PlaceMention& place;
  const Sentence& sentence;

  const PlaceEntry& entry() const { return text.lexicon().all().places[place.place]; }
  const LanguagePack::PlaceWays& ways() const { return text.lexicon().pack().ways; }
  bool is_country() const { return entry().kind == "country"; }
};

/// One of `words` stands right before the place; in scripts without blanks, its last characters.
bool stands_before(const Site& site, const Words& words) {
  if (site.place.first == 0 || words.empty()) return false;
  const Token& before = site.text.tokens()[site.place.first - 1];
  if (before.kind == TokenKind::kLineEnd) return false;
  const std::string_view so_far = site.text.folded().substr(0, before.end);
  const char last = so_far.back();
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    if (word.back() != last || !so_far.ends_with(word)) return false;
    return before.kind == TokenKind::kHan || before.end - before.begin == word.size();
  });
}

/// The words that say what sort of place it is come behind it and take its endings.
std::uint32_t end_with_kind(const Site& site) {
  const Mark* kind = site.text.find(site.place.last, LexemeRole::kPlaceKind);
  return kind == nullptr ? site.place.last : kind->last;
}

/// The place, or the word behind it that says what sort of place it is, ends so, in a language
/// that puts the way behind its names.
bool has_ending(const Site& site, const Words& endings) {
  const std::uint32_t last = end_with_kind(site) - 1;
  const std::string_view word = site.text.folded_token(last);
  std::size_t own = 1;  // bytes of the name without an ending
  if (last < site.place.last) {
    const std::string_view name = site.entry().kk;
    own = name.size() - std::min(name.size(), name.rfind(' ') + 1);
  }
  return std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
    return word.size() >= own + ending.size() && word.ends_with(ending);
  });
}

bool is_punctuation(const AnnotatedText& text, std::uint32_t token) {
  return token < text.size() && text.tokens()[token].kind == TokenKind::kPunctuation;
}

/// "ALMATY, January 9 (Agency) - ...", "(Almaty) ..." at the start of a text; without blanks, a
/// word that ends datelines follows, and before it a date or all of it in brackets.
bool in_dateline(const Site& site) {
  const AnnotatedText& text = site.text;
  const PlaceMention& place = site.place;
  const bool bracketed = text.tokens()[0].punctuation == '(';
  if (place.first > (bracketed ? kBracketReach : kDatelineStart)) return false;
  if (place.first == 1 && is_punctuation(text, 0) && is_punctuation(text, place.last) &&
      bracketed) {
    return true;
  }
  const bool han = text.tokens()[place.first].kind == TokenKind::kHan;
  if (!han && (place.first > 0 || !is_punctuation(text, place.last))) return false;
  const Words& ends = site.ways().dateline_ends;
  bool dated = bracketed;
  for (std::uint32_t at = place.last; at < text.size() && at < place.last + kDatelineReach; ++at) {
    const Token& token = text.tokens()[at];
    if (token.punctuation == '-' && !text.is_glued(at)) return true;
    if (token.punctuation == '.' && at > place.last + 1) return false;
    if (token.punctuation == ')' && bracketed) return false;
    dated = dated || token.kind == TokenKind::kNumber;
    if (han && dated && std::find(ends.begin(), ends.end(), text.folded_token(at)) != ends.end()) {
      return true;
    }
    if (text.find(at, LexemeRole::kSpeech) != nullptr) return false;
  }
  return false;
}

/// Of all places of a sentence, the one a venue belongs to: "a briefing in Astana on Aktau".
bool has_venue(const Site& site, const std::vector<PlaceMention>& places) {
  const auto& tokens = site.text.tokens();
  const auto gap = [&](const Mark& venue, const PlaceMention& place) {
    if (venue.first < place.last && place.first < venue.last) return 0U;
    return venue.last <= place.first
               ? tokens[place.first].position - tokens[venue.last - 1].position
               : tokens[venue.first].position - tokens[place.last - 1].position;
  };
  // where the place stands before its venue: "Astanada otken brifingte"
  const bool before = !site.ways().in_endings.empty() ||
                      site.text.tokens()[site.place.first].kind == TokenKind::kHan;
  const auto may_stand = [&](const Mark& venue, const PlaceMention& place) {
    return !before || place.first < venue.last;
  };
  for (const std::uint32_t venue : site.text.marks_of(LexemeRole::kVenue, site.sentence)) {
    const Mark& mark = site.text.marks()[venue];
    const std::uint32_t here = gap(mark, site.place);
    if (here > kVenueReach || !may_stand(mark, site.place)) continue;
    const bool nearest = std::none_of(places.begin(), places.end(), [&](const PlaceMention& other) {
      return other.first >= site.sentence.first && other.last <= site.sentence.last &&
             may_stand(mark, other) && gap(mark, other) < here;
    });
    if (nearest) return true;
  }
  return false;
}

bool is_telling(const Mark* cue) {
  if (cue == nullptr) return false;
  const auto kind = static_cast<Speech>(cue->detail);
  return kind == Speech::kVerb || kind == Speech::kAsk || kind == Speech::kAccuse ||
         kind == Speech::kDeny || kind == Speech::kTold;
}

/// "Bishkek said", "soobshchili v Bishkeke": the capital speaks, or it is spoken there.
bool speaks_itself(const Site& site) {
  const std::uint32_t start = site.sentence.first;
  const PlaceMention& place = site.place;
  for (std::uint32_t at = place.last; at < site.sentence.last && at <= place.last + 1; ++at) {
    if (site.text.tokens()[at].kind == TokenKind::kPunctuation) break;
    if (is_telling(site.text.find(at, LexemeRole::kSpeech))) {
      // "in Almaty said": a speaker stands between, or before
      return place.first == start ||
             site.text.find_before(place.first, LexemeRole::kSpeaker) == nullptr;
    }
  }
  if (place.first <= start + 1) return false;
  const TokenKind before = site.text.tokens()[place.first - 1].kind;
  if (before != TokenKind::kWord) return false;
  const Mark* phrase = site.text.find_before(place.first, LexemeRole::kSpeech);
  const bool reports =
      phrase != nullptr && static_cast<Speech>(phrase->detail) == Speech::kAccording;
  return reports || is_telling(site.text.find_before(place.first - 1, LexemeRole::kSpeech));
}

/// The place stands right beside who speaks: "analysts in Astana warned", "Xinjiang officials".
bool is_of_speaker(const Site& site, std::span<const Report> reports) {
  return std::any_of(reports.begin(), reports.end(), [&](const Report& report) {
    if (report.speaker.media) return false;
    const PlaceMention& place = site.place;
    const Speaker& speaker = report.speaker;
    const bool within = place.first >= speaker.first && place.last <= speaker.last;
    const bool before = place.last <= speaker.first && speaker.first - place.last <= 1;
    const bool after = speaker.last <= place.first && place.first - speaker.last <= kSpeakerReach;
    return within || before || after;
  });
}

/// "the akim of Zhambyl region": who holds an office there, not what happens there.
bool is_of_office(const Site& site) {
  const auto is_office = [&](const Mark* mark) {
    return mark != nullptr && static_cast<Sector>(mark->detail) == Sector::kGov;
  };
  const std::uint32_t last = end_with_kind(site);
  return is_office(site.text.find(last, LexemeRole::kRoleWord)) ||
         is_office(site.text.find_before(site.place.first, LexemeRole::kRoleWord));
}

/// "Kazakhstan's", "Kazakhstan's president": a country as the owner of something.
bool owns(const Site& site) {
  const std::uint32_t next = site.place.last;
  const bool clitic =
      next < site.text.size() && site.text.tokens()[next].kind == TokenKind::kClitic;
  return site.is_country() &&
         (clitic || site.text.find_before(site.place.first, LexemeRole::kActor) != nullptr ||
          site.text.find_before(site.place.first, LexemeRole::kSpeaker) != nullptr);
}

/// "in Kazakhstan": something is there, rather than the country does or is something.
bool is_inside(const Site& site) {
  const auto& ways = site.ways();
  if (ways.in.empty() && ways.in_endings.empty()) return true;
  return stands_before(site, ways.in) || has_ending(site, ways.in_endings);
}

/// "Astana denounced": it does what is done by telling.
bool tells(const Site& site, const std::vector<EventMention>& events) {
  if (!site.ways().in.empty() && is_inside(site)) return false;
  const auto& entries = site.text.lexicon().all().events;
  return std::any_of(events.begin(), events.end(), [&](const EventMention& event) {
    const std::uint32_t at = event.word_first;
    return entries[event.event].nowhere && event.frame->form == EventForm::kVerb &&
           at >= site.place.last && at - site.place.last <= kTellReach;
  });
}

/// "Russian paratroopers".
bool sends(const Site& site) {
  for (std::uint32_t at = site.place.last;
       at < site.sentence.last && at <= site.place.last + kTroopsReach; ++at) {
    if (site.text.find(at, LexemeRole::kTroops) != nullptr) return true;
  }
  return false;
}

/// What a sentence tells.
struct Told {
  bool event = false;
  bool past = false;        // only what was long ago
  bool withdrawal = false;  // forces leave: it happens where they come from
  bool sending = false;     // forces come: from the country that stands beside
};

Told told_in(const Passage& passage, std::uint32_t index) {
  Told told;
  bool recent = false;
  for (const EventMention& event : passage.events) {
    if (event.sentence > index) break;
    if (event.sentence != index) continue;
    told.event = true;
    recent = recent || event.modality != EventModality::kHistorical;
    const std::string_view type = passage.text.lexicon().all().events[event.event].type;
    told.withdrawal = told.withdrawal || type.starts_with("withdrawal");
    told.sending = told.sending || type == "forces_sent";
  }
  told.past = told.event && !recent;
  if (told.event) return told;
  if (passage.figures.empty()) return told;
  for (const Mark& mark : passage.text.marks_in(passage.text.sentences()[index])) {
    told.event = told.event || is_trigger(mark.role);
  }
  return told;
}

/// Places other than countries, and not what `place` lies in.
bool is_another(const std::vector<PlaceEntry>& entries, std::uint32_t place, std::uint32_t other) {
  return other != place && entries[place].parent_place != other &&
         entries[other].parent_place != place;
}

class RoleRules {
 public:
  explicit RoleRules(std::span<Passage> passages) {
    for (const Passage& passage : passages) {
      entries_ = &passage.text.lexicon().all().places;
      for (const PlaceMention& mention : passage.places) {
        if (mention.adjective || (*entries_)[mention.place].kind == "country") continue;
        named_.push_back(mention.place);
      }
    }
    std::sort(named_.begin(), named_.end());
    named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
  }

  PlaceRole of(const Passage& passage, const Attributor& attributor,
               const PlaceMention& place) const {
    const std::size_t index = passage.text.sentence_of(place.first);
    const Site site{passage.text, place, passage.text.sentences()[index]};
    if (in_dateline(site)) return PlaceRole::kStatement;
    if (place.adjective) {
      const bool comes = sends(site) || has_ending(site, site.ways().from_endings);
      return comes ? PlaceRole::kOrigin : PlaceRole::kMention;
    }
    if (has_venue(site, passage.places)) return PlaceRole::kStatement;
    const Told told = told_in(passage, static_cast<std::uint32_t>(index));
    if (stands_before(site, site.ways().from) || has_ending(site, site.ways().from_endings)) {
      return told.withdrawal ? PlaceRole::kEvent : PlaceRole::kOrigin;
    }
    const bool way =
        stands_before(site, site.ways().to) || has_ending(site, site.ways().to_endings);
    if (stands_before(site, site.ways().beside)) return PlaceRole::kMention;
    if (way && site.entry().kind != "site") return PlaceRole::kMention;
    if (told.past) return PlaceRole::kMention;
    if (site.is_country() && !is_inside(site) && (told.sending || names_another(place.place))) {
      return told.sending ? PlaceRole::kOrigin : PlaceRole::kMention;
    }
    const bool alone = told.event && !names_another(place.place) && !names_part(place.place);
    if (!alone && !site.is_country() &&
        (speaks_itself(site) || tells(site, passage.events) ||
         is_of_speaker(site, attributor.reports(static_cast<std::uint32_t>(index))))) {
      return PlaceRole::kStatement;
    }
    if (!alone && (owns(site) || is_of_office(site))) return PlaceRole::kMention;
    if (place.speaks && names_another(place.place)) return PlaceRole::kMention;
    return told.event ? PlaceRole::kEvent : PlaceRole::kMention;
  }

 private:
  /// A place that lies in it.
  bool names_part(std::uint32_t place) const {
    return std::any_of(named_.begin(), named_.end(), [&](std::uint32_t other) {
      return (*entries_)[other].parent_place == place;
    });
  }

  bool names_another(std::uint32_t place) const {
    return std::any_of(named_.begin(), named_.end(),
                       [&](std::uint32_t other) { return is_another(*entries_, place, other); });
  }

  const std::vector<PlaceEntry>* entries_ = nullptr;
  std::vector<std::uint32_t> named_;  // places of all passages, each once; no countries
};

}  // namespace

void settle_place_roles(std::span<Passage> passages, std::span<const Attributor> attributors) {
  const RoleRules roles(passages);
  for (std::size_t i = 0; i < passages.size(); ++i) {
    for (PlaceMention& place : passages[i].places) {
      place.role = roles.of(passages[i], attributors[i], place);
    }
  }
}

}  // namespace steppe
