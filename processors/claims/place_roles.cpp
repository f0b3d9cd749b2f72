#include "processors/claims/place_roles.h"

#include <algorithm>
#include <string_view>

#include "core/boundary.h"
#include "processors/claims/place_site.h"

namespace steppe {
namespace {

using Words = std::vector<std::string>;

constexpr std::uint32_t kVenueReach = 10;     // half words between a venue and its place
constexpr std::uint32_t kLongestVenue = 32;   // half words of a venue
constexpr std::uint32_t kDatelineStart = 4;   // tokens before the place of a dateline
constexpr std::uint32_t kBracketReach = 8;    // the same, of one in brackets
constexpr std::uint32_t kDatelineReach = 14;  // tokens between it and its end
constexpr std::uint32_t kSpeakerReach = 2;    // tokens between a speaker and its place
constexpr std::size_t kMostReports = 64;      // looked at of a sentence
constexpr std::uint32_t kTellReach = 2;       // tokens between a place and what it tells
constexpr std::uint32_t kVerbReach = 20;      // half words between a capital and what it tells
constexpr std::uint32_t kLastVerbReach = 60;  // the same, where the verb stands last
constexpr std::uint32_t kTroopsReach = 2;     // tokens between "Russian" and whom it is said of

bool is_punctuation(const AnnotatedText& text, std::uint32_t token) {
  return token < text.size() && text.tokens()[token].kind == TokenKind::kPunctuation;
}

/// One of `ends` stands at `token`, a colon behind it: "news from Zharkent: ..." without blanks.
bool is_headed(const AnnotatedText& text, std::uint32_t token, const Words& ends) {
  if (token >= text.size()) return false;
  const std::string_view rest = text.folded().substr(text.tokens()[token].begin);
  return std::any_of(ends.begin(), ends.end(), [&](const std::string& end) {
    return rest.starts_with(end) && rest.substr(end.size()).starts_with(':');
  });
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
  if (han && place.first == 0 && is_headed(text, place.last, ends)) return true;
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
class VenueReader {
 public:
  /// `places` are all of the text.
  VenueReader(const Site& site, const std::vector<PlaceMention>& places)
      : site_(site), places_(places), tokens_(site.text.tokens()) {}

  bool has_venue() const {
    if (site_.text.marks_of(LexemeRole::kVenue).empty()) return false;
    const auto& marks = site_.text.marks();
    const std::span<const std::uint32_t> venues =
        site_.text.marks_of(LexemeRole::kVenue, site_.sentence);
    const std::uint32_t from = position(site_.place.first);
    const std::uint32_t to = position(site_.place.last - 1) + kVenueReach;
    const auto far_before = [&](std::uint32_t venue) {
      return position(marks[venue].first) + kVenueReach + kLongestVenue < from;
    };
    for (auto venue = std::partition_point(venues.begin(), venues.end(), far_before);
         venue != venues.end() && position(marks[*venue].first) <= to; ++venue) {
      const Mark& mark = marks[*venue];
      const std::uint32_t here = gap(mark, site_.place);
      if (here <= kVenueReach && may_stand(mark, site_.place) && !has_nearer(mark, here)) {
        return true;
      }
    }
    return false;
  }

 private:
  std::uint32_t position(std::uint32_t token) const { return tokens_[token].position; }

  std::uint32_t gap(const Mark& venue, const PlaceMention& place) const {
    if (venue.first < place.last && place.first < venue.last) return 0;
    return venue.last <= place.first ? position(place.first) - position(venue.last - 1)
                                     : position(venue.first) - position(place.last - 1);
  }

  /// Where the place stands before its venue: "Astanada otken brifingte".
  bool may_stand(const Mark& venue, const PlaceMention& place) const {
    const bool before =
        !site_.ways().in_endings.empty() || tokens_[site_.place.first].kind == TokenKind::kHan;
    return !before || place.first < venue.last;
  }

  /// Another place of the sentence is nearer to the venue: the next on either side, for places are
  /// in order and do not overlap.
  bool has_nearer(const Mark& venue, std::uint32_t here) const {
    const auto nearer = [&](const PlaceMention& other) {
      return other.last <= site_.sentence.last && may_stand(venue, other) &&
             gap(venue, other) < here;
    };
    const auto next = find_boundary(places_.begin(), places_.end(), [&](const PlaceMention& other) {
      return other.first < venue.last;
    });
    if (next != places_.end() && nearer(*next)) return true;
    for (auto before = next; before != places_.begin();) {
      --before;
      if (before->first < site_.sentence.first) return false;
      if (before->last <= site_.sentence.last) return nearer(*before);
    }
    return false;
  }

  const Site& site_;
  const std::vector<PlaceMention>& places_;
  std::span<const Token> tokens_;
};

/// A word that joins, such as "and", and nothing else stands from `first` to `last`.
bool joins(const AnnotatedText& text, std::uint32_t first, std::uint32_t last) {
  const FrameWords& frames = text.lexicon().frames();
  const auto words = text.words_between(first, first + 1);
  return std::any_of(words.begin(), words.end(), [&](const AroundWord& word) {
    return word.last == last && frames.meaning(word.id).role == FrameRole::kJoins;
  });
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

/// "the akim of Zhambyl region", "Zhambyl region's akim": who holds an office there, not what
/// happens there.
bool is_of_office(const Site& site) {
  const auto is_office = [&](const Mark* mark) {
    return mark != nullptr && static_cast<Sector>(mark->detail) == Sector::kGov;
  };
  const AnnotatedText& text = site.text;
  std::uint32_t behind = end_with_kind(site);
  if (behind < text.size() && text.tokens()[behind].kind == TokenKind::kClitic) ++behind;
  const std::uint32_t before = site.place.first - (stands_before(site, site.ways().of) ? 1 : 0);
  return is_office(text.find(behind, LexemeRole::kRoleWord)) ||
         is_office(text.find_before(before, LexemeRole::kRoleWord));
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

/// A comma or a word that joins stands before the place.
bool is_set_off(const Site& site) {
  const std::uint32_t before = site.place.first - 1;
  return site.text.tokens()[before].kind == TokenKind::kPunctuation ||
         joins(site.text, before, site.place.first);
}

/// "Bishkek, for its part, accused": the name alone is who tells, nobody else before the verb.
bool stands_for_government(const Site& site) {
  constexpr Roles kOthers =
      roles_of(LexemeRole::kActor, LexemeRole::kSpeaker, LexemeRole::kRoleWord);
  const AnnotatedText& text = site.text;
  const std::uint32_t last = site.place.last;
  if (last >= site.sentence.last || text.tokens()[last].kind == TokenKind::kClitic) return false;
  if (text.find(last, LexemeRole::kPlaceKind) != nullptr) return false;
  if (site.place.first > site.sentence.first && !is_set_off(site)) return false;
  if (has_ending(site, site.ways().in_endings)) return false;
  const bool verb_last = !site.ways().in_endings.empty();
  const std::uint32_t reach = verb_last ? kLastVerbReach : kVerbReach;
  const auto& tokens = text.tokens();
  for (std::uint32_t at = last; at < site.sentence.last; ++at) {
    if (tokens[at].position - tokens[last].position > reach) return false;
    if (is_telling(text.find(at, LexemeRole::kSpeech))) return true;
    const bool other = (text.roles_at(at) & kOthers) != 0;
    if (other && (!verb_last || at == last)) return false;
  }
  return false;
}

/// "Astana denounced": it does what is done by telling.
bool tells(const Site& site, const std::vector<EventMention>& events) {
  if (!site.ways().in.empty() && is_inside(site)) return false;
  const std::uint32_t from = site.place.last;
  auto event = find_boundary(events.begin(), events.end(),
                             [&](const EventMention& before) { return before.word_first < from; });
  for (; event != events.end() && event->word_first - from <= kTellReach; ++event) {
    if (event->traits.nowhere && event->frame->form == EventForm::kVerb) return true;
  }
  return false;
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
  bool withdrawal = false;  // forces leave: it happens where they come from
  bool sending = false;     // forces come: from the country that stands beside
};

Told told_in(const Passage& passage, std::uint32_t index) {
  Told told;
  auto event = find_boundary(passage.events.begin(), passage.events.end(),
                             [&](const EventMention& before) { return before.sentence < index; });
  for (; event != passage.events.end() && event->sentence == index; ++event) {
    told.event = true;
    const std::string_view type = passage.text.lexicon().all().events[event->event].type;
    told.withdrawal = told.withdrawal || type.starts_with("withdrawal");
    told.sending = told.sending || type == "forces_sent";
  }
  if (told.event) return told;
  if (passage.figures.empty()) return told;
  for (const Mark& mark : passage.text.marks_in(passage.text.sentences()[index])) {
    told.event = told.event || is_trigger(mark.role);
  }
  return told;
}

/// Neither of the places lies in the other.
bool is_another(const std::vector<PlaceEntry>& entries, std::uint32_t place, std::uint32_t other) {
  return other != place && entries[place].parent_place != other &&
         entries[other].parent_place != place;
}

/// The places that an item names.
class NamedPlaces {
 public:
  explicit NamedPlaces(std::span<const Passage> passages) {
    for (const Passage& passage : passages) {
      entries_ = &passage.text.lexicon().all().places;
      for (const PlaceMention& mention : passage.places) {
        if (mention.adjective || (*entries_)[mention.place].is("country")) continue;
        named_.push_back(mention.place);
      }
    }
    std::sort(named_.begin(), named_.end());
    named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
  }

  /// One that lies in it.
  bool has_part(std::uint32_t place) const {
    return std::any_of(named_.begin(), named_.end(), [&](std::uint32_t other) {
      return (*entries_)[other].parent_place == place;
    });
  }

  bool has_another(std::uint32_t place) const {
    return std::any_of(named_.begin(), named_.end(),
                       [&](std::uint32_t other) { return is_another(*entries_, place, other); });
  }

 private:
  const std::vector<PlaceEntry>* entries_ = nullptr;
  std::vector<std::uint32_t> named_;  // of all passages, each once; no countries
};

/// Reads the places of one passage, in order.
class RoleReader {
 public:
  RoleReader(const NamedPlaces& named, const Passage& passage, const Attributor& attributor)
      : named_(named), passage_(passage), attributor_(attributor) {}

  PlaceRole role_of(const PlaceMention& place) {
    const auto index = static_cast<std::uint32_t>(passage_.text.sentence_of(place.first));
    const Site site(passage_.text, place, passage_.text.sentences()[index]);
    if (in_dateline(site)) return PlaceRole::kStatement;
    if (place.adjective) {
      return sends(site) || ends_whence(site) ? PlaceRole::kOrigin : PlaceRole::kMention;
    }
    if (VenueReader(site, passage_.places).has_venue()) return PlaceRole::kStatement;
    if (!read_ || index != sentence_) read_sentence(index);
    if (is_whence(site)) {
      return told_.withdrawal ? PlaceRole::kEvent : PlaceRole::kOrigin;
    }
    if (!told_.event && stands_before(site, site.ways().beside)) return PlaceRole::kMention;
    const bool way =
        stands_before(site, site.ways().to) || has_ending(site, site.ways().to_endings);
    if (way && !site.entry().is("site")) return PlaceRole::kMention;
    return site.is_country() ? role_of_country(site) : role_of_town(site);
  }

 private:
  void read_sentence(std::uint32_t index) {
    read_ = true;
    sentence_ = index;
    told_ = told_in(passage_, index);
  }

  PlaceRole told() const { return told_.event ? PlaceRole::kEvent : PlaceRole::kMention; }

  bool is_alone(std::uint32_t place) const {
    return told_.event && !named_.has_another(place) && !named_.has_part(place);
  }

  PlaceRole role_of_country(const Site& site) const {
    const std::uint32_t place = site.place.place;
    if (!is_inside(site) && (told_.sending || named_.has_another(place))) {
      return told_.sending ? PlaceRole::kOrigin : PlaceRole::kMention;
    }
    if (!is_alone(place) && (owns(site) || is_of_office(site))) return PlaceRole::kMention;
    if (site.place.speaks && named_.has_another(place)) return PlaceRole::kMention;
    return told();
  }

  /// Those of the sentence that are looked at.
  std::span<const Report> reports() const {
    const std::span<const Report> all = attributor_.reports(sentence_);
    return all.first(std::min(all.size(), kMostReports));
  }

  /// Somebody, not an outlet, tells the sentence: "in Bishkek, the minister thanked them".
  bool is_told() const {
    const std::span<const Report> told = reports();
    return std::any_of(told.begin(), told.end(),
                       [](const Report& report) { return !report.speaker.media; });
  }

  PlaceRole role_of_town(const Site& site) const {
    if (is_alone(site.place.place)) return told();
    if (speaks_itself(site) || stands_for_government(site) || tells(site, passage_.events) ||
        is_of_speaker(site, reports())) {
      return PlaceRole::kStatement;
    }
    const bool speaks = site.place.speaks && named_.has_another(site.place.place);
    if (speaks || is_of_office(site)) return PlaceRole::kMention;
    return !told_.event && is_told() && is_inside(site) ? PlaceRole::kStatement : told();
  }

  const NamedPlaces& named_;
  const Passage& passage_;
  const Attributor& attributor_;
  bool read_ = false;
  std::uint32_t sentence_ = 0;  // the last that was read
  Told told_;                   // there
};

/// "in Almaty, Taraz and Semey": what is joined has one role, told at its first place or, where
/// endings tell it, at its last. What commas alone part is a row that ends where nothing joins it.
void join_roles(const AnnotatedText& text, std::span<PlaceMention> places) {
  const bool at_last = !text.lexicon().pack().ways.in_endings.empty();
  for (std::size_t first = 0, end = 0; first < places.size(); first = end) {
    std::size_t last = first + 1;  // behind the last that is joined
    for (end = last; end < places.size(); ++end) {
      const PlaceMention& before = places[end - 1];
      const PlaceMention& place = places[end];
      if (place.first != before.last + 1 || place.adjective != before.adjective) break;
      if (joins(text, before.last, place.first)) {
        last = end + 1;
      } else if (text.tokens()[before.last].punctuation != ',') {
        break;
      }
    }
    const PlaceRole role = places[at_last ? last - 1 : first].role;
    for (PlaceMention& place : places.subspan(first, last - first)) place.role = role;
  }
}

}  // namespace

void settle_place_roles(std::span<Passage> passages, std::span<const Attributor> attributors) {
  const NamedPlaces named(passages);
  for (std::size_t i = 0; i < passages.size(); ++i) {
    RoleReader reader(named, passages[i], attributors[i]);
    for (PlaceMention& place : passages[i].places) place.role = reader.role_of(place);
    join_roles(passages[i].text, passages[i].places);
  }
}

}  // namespace steppe
