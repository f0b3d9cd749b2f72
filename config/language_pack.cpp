#include "config/language_pack.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "config/toml_file.h"
#include "core/item.h"
#include "core/utf8.h"

namespace steppe {
namespace {

template <typename Detail>
constexpr std::uint8_t detail_of(Detail detail) {
  return static_cast<std::uint8_t>(detail);
}

/// One key of a language file that holds a list of words.
struct WordList {
  std::string_view path;
  LexemeRole role;
  std::uint8_t detail = 0;
  double value = 0;
};

constexpr std::array kWordLists = {
    WordList{"ignore", LexemeRole::kIgnore},
    WordList{"bound.at_least", LexemeRole::kBound, detail_of(NumberBound::kAtLeast)},
    WordList{"bound.at_most", LexemeRole::kBound, detail_of(NumberBound::kAtMost)},
    WordList{"bound.approx", LexemeRole::kBound, detail_of(NumberBound::kApprox)},
    WordList{"bound.nearly", LexemeRole::kBound, detail_of(NumberBound::kNearly)},
    WordList{"bound.more_than", LexemeRole::kBound, detail_of(NumberBound::kMoreThan)},
    WordList{"bound_after.at_least", LexemeRole::kBoundAfter, detail_of(NumberBound::kAtLeast)},
    WordList{"bound_after.at_most", LexemeRole::kBoundAfter, detail_of(NumberBound::kAtMost)},
    WordList{"bound_after.approx", LexemeRole::kBoundAfter, detail_of(NumberBound::kApprox)},
    WordList{"bound_after.nearly", LexemeRole::kBoundAfter, detail_of(NumberBound::kNearly)},
    WordList{"bound_after.more_than", LexemeRole::kBoundAfter, detail_of(NumberBound::kMoreThan)},
    WordList{"range.join", LexemeRole::kRangeJoin},
    WordList{"range.open", LexemeRole::kRangeOpen},
    WordList{"suffix.case", LexemeRole::kSuffix, detail_of(NumberSuffix::kCase)},
    WordList{"suffix.ordinal", LexemeRole::kSuffix, detail_of(NumberSuffix::kOrdinal)},
    WordList{"suffix.spoils", LexemeRole::kSuffix, detail_of(NumberSuffix::kSpoils)},
    WordList{"suffix.part", LexemeRole::kSuffix, detail_of(NumberSuffix::kPart)},
    WordList{"suffix.approx", LexemeRole::kSuffix, detail_of(NumberSuffix::kApprox)},
    WordList{"prefix.words", LexemeRole::kPrefix},
    WordList{"number_and.words", LexemeRole::kNumberAnd},
    WordList{"before.spoils", LexemeRole::kBefore, detail_of(BeforeNumber::kSpoils)},
    WordList{"before.year", LexemeRole::kBefore, detail_of(BeforeNumber::kYear)},
    WordList{"unit.people", LexemeRole::kPerson, detail_of(VictimClass::kPeople)},
    WordList{"unit.security_personnel", LexemeRole::kPerson,
             detail_of(VictimClass::kSecurityPersonnel)},
    WordList{"unit.civilians", LexemeRole::kPerson, detail_of(VictimClass::kCivilians)},
    WordList{"unit.children", LexemeRole::kPerson, detail_of(VictimClass::kChildren)},
    WordList{"unit.foreign_nationals", LexemeRole::kPerson,
             detail_of(VictimClass::kForeignNationals)},
    WordList{"unit.women", LexemeRole::kPerson, detail_of(VictimClass::kWomen)},
    WordList{"unit.rioters", LexemeRole::kPerson, detail_of(VictimClass::kRioters)},
    WordList{"unit.protesters", LexemeRole::kPerson, detail_of(VictimClass::kProtesters)},
    WordList{"unit.medics", LexemeRole::kPerson, detail_of(VictimClass::kMedics)},
    WordList{"unit.journalists", LexemeRole::kPerson, detail_of(VictimClass::kJournalists)},
    WordList{"unit.troops", LexemeRole::kTroops},
    WordList{"unit.not_people", LexemeRole::kNotPeople},
    WordList{"unit.buildings", LexemeRole::kBuilding},
    WordList{"unit.vehicles", LexemeRole::kVehicle},
    WordList{"money.USD", LexemeRole::kCurrency, detail_of(Currency::kUsd)},
    WordList{"money.KZT", LexemeRole::kCurrency, detail_of(Currency::kKzt)},
    WordList{"money.EUR", LexemeRole::kCurrency, detail_of(Currency::kEur)},
    WordList{"money.RUB", LexemeRole::kCurrency, detail_of(Currency::kRub)},
    WordList{"money.CNY", LexemeRole::kCurrency, detail_of(Currency::kCny)},
    WordList{"context.part", LexemeRole::kPart},
    WordList{"context.former", LexemeRole::kFormer},
    WordList{"context.added", LexemeRole::kAdded},
    WordList{"context.same", LexemeRole::kSame},
    WordList{"context.whole", LexemeRole::kWhole, detail_of(NumberSide::kBefore)},
    WordList{"context.whole_after", LexemeRole::kWhole, detail_of(NumberSide::kAfter)},
    WordList{"context.except", LexemeRole::kExcept, detail_of(NumberSide::kBefore)},
    WordList{"context.except_after", LexemeRole::kExcept, detail_of(NumberSide::kAfter)},
    WordList{"unreal.denied", LexemeRole::kUnreal, detail_of(Unreal::kDenied)},
    WordList{"unreal.hypothetical", LexemeRole::kUnreal, detail_of(Unreal::kHypothetical)},
    WordList{"unreal.planned", LexemeRole::kUnreal, detail_of(Unreal::kPlanned)},
    WordList{"unreal.ongoing", LexemeRole::kUnreal, detail_of(Unreal::kOngoing)},
    WordList{"unreal.historical", LexemeRole::kUnreal, detail_of(Unreal::kHistorical)},
    WordList{"retraction.takes_back", LexemeRole::kRetraction, detail_of(Retraction::kTakesBack)},
    WordList{"retraction.withdraws", LexemeRole::kRetraction, detail_of(Retraction::kWithdraws)},
    WordList{"retraction.denies", LexemeRole::kRetraction, detail_of(Retraction::kDenies)},
    WordList{"retraction.wrong", LexemeRole::kRetraction, detail_of(Retraction::kWrong)},
    WordList{"retraction.warns_off", LexemeRole::kRetraction, detail_of(Retraction::kWarnsOff)},
    WordList{"retraction.corrects", LexemeRole::kRetraction, detail_of(Retraction::kCorrects)},
    WordList{"retraction.contrary", LexemeRole::kRetraction, detail_of(Retraction::kContrary)},
    WordList{"retraction.sets_right", LexemeRole::kRetraction, detail_of(Retraction::kSetsRight)},
    WordList{"retraction.fresh", LexemeRole::kRetraction, detail_of(Retraction::kFresh)},
    WordList{"retraction.not_this", LexemeRole::kRetraction, detail_of(Retraction::kNotThis)},
    WordList{"retraction.not_that", LexemeRole::kRetraction, detail_of(Retraction::kNotThat)},
    WordList{"retraction.report", LexemeRole::kRetraction, detail_of(Retraction::kReport)},
    WordList{"retraction.number", LexemeRole::kRetraction, detail_of(Retraction::kNumber)},
    WordList{"retraction.earlier", LexemeRole::kRetraction, detail_of(Retraction::kEarlier)},
    WordList{"retraction.about", LexemeRole::kRetraction, detail_of(Retraction::kAbout)},
    WordList{"retraction.told_before", LexemeRole::kRetraction, detail_of(Retraction::kToldBefore)},
    WordList{"retraction.another", LexemeRole::kRetraction, detail_of(Retraction::kAnother)},
    WordList{"retraction.it", LexemeRole::kRetraction, detail_of(Retraction::kIt)},
    WordList{"retraction.other", LexemeRole::kRetraction, detail_of(Retraction::kOther)},
    WordList{"retraction.apart", LexemeRole::kRetraction, detail_of(Retraction::kApart)},
    WordList{"retraction.holds", LexemeRole::kRetraction, detail_of(Retraction::kHolds)},
    WordList{"retraction.wants", LexemeRole::kRetraction, detail_of(Retraction::kWants)},
    WordList{"retraction.wants_after", LexemeRole::kRetraction, detail_of(Retraction::kWantsAfter)},
    WordList{"retraction.alive", LexemeRole::kRetraction, detail_of(Retraction::kAlive)},
    WordList{"retraction.stands", LexemeRole::kRetraction, detail_of(Retraction::kStands)},
    WordList{"retraction.outsider", LexemeRole::kRetraction, detail_of(Retraction::kOutsider)},
    WordList{"retraction.erred", LexemeRole::kRetraction, detail_of(Retraction::kErred)},
    WordList{"retraction.miscounts", LexemeRole::kRetraction, detail_of(Retraction::kMiscounts)},
    WordList{"retraction.lowers", LexemeRole::kRetraction, detail_of(Retraction::kLowers)},
    WordList{"retraction.says", LexemeRole::kRetraction, detail_of(Retraction::kSays)},
    WordList{"retraction.admits", LexemeRole::kRetraction, detail_of(Retraction::kAdmits)},
    WordList{"retraction.explains", LexemeRole::kRetraction, detail_of(Retraction::kExplains)},
    WordList{"speech.verb", LexemeRole::kSpeech, detail_of(Speech::kVerb)},
    WordList{"speech.according", LexemeRole::kSpeech, detail_of(Speech::kAccording)},
    WordList{"speech.citing", LexemeRole::kSpeech, detail_of(Speech::kCiting)},
    WordList{"speech.quoted", LexemeRole::kSpeech, detail_of(Speech::kQuoted)},
    WordList{"speech.told", LexemeRole::kSpeech, detail_of(Speech::kTold)},
    WordList{"speech.accuse", LexemeRole::kSpeech, detail_of(Speech::kAccuse)},
    WordList{"speech.deny", LexemeRole::kSpeech, detail_of(Speech::kDeny)},
    WordList{"speech.ask", LexemeRole::kSpeech, detail_of(Speech::kAsk)},
    WordList{"speech.back", LexemeRole::kSpeech, detail_of(Speech::kBack)},
    WordList{"speaker.person", LexemeRole::kSpeaker, detail_of(SpeakerKind::kPerson)},
    WordList{"speaker.office", LexemeRole::kSpeaker, detail_of(SpeakerKind::kOffice)},
    WordList{"speaker.group", LexemeRole::kSpeaker, detail_of(SpeakerKind::kGroup)},
    WordList{"speaker.media", LexemeRole::kSpeaker, detail_of(SpeakerKind::kMedia)},
    WordList{"speaker.own_cue", LexemeRole::kSpeaker, detail_of(SpeakerKind::kOwnCue)},
    WordList{"speaker.pronoun", LexemeRole::kSpeaker, detail_of(SpeakerKind::kPronoun)},
    WordList{"speaker.referring", LexemeRole::kSpeaker, detail_of(SpeakerKind::kReferring)},
    WordList{"speaker.referring_group", LexemeRole::kSpeaker,
             detail_of(SpeakerKind::kReferringGroup)},
    WordList{"speaker.audience", LexemeRole::kSpeaker, detail_of(SpeakerKind::kAudience)},
    WordList{"date.as_of", LexemeRole::kAsOf, detail_of(NumberSide::kBefore)},
    WordList{"date.as_of_after", LexemeRole::kAsOf, detail_of(NumberSide::kAfter)},
    WordList{"date.turn", LexemeRole::kDateTurn, detail_of(NumberSide::kBefore)},
    WordList{"date.turn_after", LexemeRole::kDateTurn, detail_of(NumberSide::kAfter)},
    WordList{"date.day_of_month", LexemeRole::kDayOfMonth},
    WordList{"speaker.pronoun_body", LexemeRole::kSpeaker, detail_of(SpeakerKind::kPronounBody)},
    WordList{"speaker.own_pronoun", LexemeRole::kSpeaker, detail_of(SpeakerKind::kOwnPronoun)},
    WordList{"speaker.self", LexemeRole::kSpeaker, detail_of(SpeakerKind::kSelf)},
    WordList{"date.of", LexemeRole::kDateOf},
    WordList{"date.since", LexemeRole::kSince},
    WordList{"date.this_week", LexemeRole::kSpan, detail_of(Span::kThisWeek)},
    WordList{"date.last_week", LexemeRole::kSpan, detail_of(Span::kLastWeek)},
    WordList{"date.next_week", LexemeRole::kSpan, detail_of(Span::kNextWeek)},
    WordList{"date.weekend", LexemeRole::kSpan, detail_of(Span::kWeekend)},
    WordList{"date.this_year", LexemeRole::kSpan, detail_of(Span::kThisYear)},
    WordList{"date.last_year", LexemeRole::kSpan, detail_of(Span::kLastYear)},
    WordList{"date.that_day", LexemeRole::kSpan, detail_of(Span::kThatDay)},
    WordList{"date.next_day", LexemeRole::kSpan, detail_of(Span::kNextDay)},
    WordList{"date.day_before", LexemeRole::kSpan, detail_of(Span::kDayBefore)},
    WordList{"date.that_month", LexemeRole::kSpan, detail_of(Span::kThatMonth)},
    WordList{"date.later", LexemeRole::kSpan, detail_of(Span::kLater)},
    WordList{"date.earlier", LexemeRole::kSpan, detail_of(Span::kEarlier)},
    WordList{"date.this_month", LexemeRole::kSpan, detail_of(Span::kThisMonth)},
    WordList{"date.last_month", LexemeRole::kSpan, detail_of(Span::kLastMonth)},
    WordList{"date.ago", LexemeRole::kSpan, detail_of(Span::kAgo)},
    WordList{"date.in", LexemeRole::kSpan, detail_of(Span::kIn)},
    WordList{"date.unit.year", LexemeRole::kDateUnit, detail_of(DateUnit::kYear)},
    WordList{"date.unit.month", LexemeRole::kDateUnit, detail_of(DateUnit::kMonth)},
    WordList{"date.unit.week", LexemeRole::kDateUnit, detail_of(DateUnit::kWeek)},
    WordList{"date.unit.day", LexemeRole::kDateUnit, detail_of(DateUnit::kDay)},
    WordList{"date.unit.day_of_month", LexemeRole::kDateUnit, detail_of(DateUnit::kDayOfMonth)},
    WordList{"date.unit.hour", LexemeRole::kDateUnit, detail_of(DateUnit::kHour)},
    WordList{"date.future", LexemeRole::kTense, 0, 1},
    WordList{"date.past", LexemeRole::kTense, 0, -1},
    WordList{"place.venue", LexemeRole::kVenue},
    WordList{"place.city", LexemeRole::kPlaceKind, detail_of(PlaceKind::kCity)},
    WordList{"place.region", LexemeRole::kPlaceKind, detail_of(PlaceKind::kRegion)},
    WordList{"place.district", LexemeRole::kPlaceKind, detail_of(PlaceKind::kDistrict)},
    WordList{"role.GOV", LexemeRole::kRoleWord, detail_of(Sector::kGov)},
    WordList{"role.COP", LexemeRole::kRoleWord, detail_of(Sector::kCop)},
    WordList{"role.MIL", LexemeRole::kRoleWord, detail_of(Sector::kMil)},
    WordList{"role.JUD", LexemeRole::kRoleWord, detail_of(Sector::kJud)},
    WordList{"role.SPY", LexemeRole::kRoleWord, detail_of(Sector::kSpy)},
    WordList{"role.MED", LexemeRole::kRoleWord, detail_of(Sector::kMed)},
    WordList{"role.OPP", LexemeRole::kRoleWord, detail_of(Sector::kOpp)},
    WordList{"role.CVL", LexemeRole::kRoleWord, detail_of(Sector::kCvl)},
    WordList{"role.NGO", LexemeRole::kRoleWord, detail_of(Sector::kNgo)},
    WordList{"role.BUS", LexemeRole::kRoleWord, detail_of(Sector::kBus)},
    WordList{"place.several", LexemeRole::kSeveralPlaces},
    WordList{"place.whole_region", LexemeRole::kWholePlace, detail_of(WholePlace::kRegion)},
    WordList{"place.whole_country", LexemeRole::kWholePlace, detail_of(WholePlace::kCountry)},
    WordList{"place.name_before", LexemeRole::kNameWord, detail_of(NameSide::kBefore)},
    WordList{"place.name_after", LexemeRole::kNameWord, detail_of(NameSide::kAfter)},
};

/// Tables whose keys are numbers: `[number] 5 = ["five"]`.
constexpr std::array kValueLists = {
    WordList{"number", LexemeRole::kNumber},
    WordList{"multiplier", LexemeRole::kMultiplier},
    WordList{"number_part", LexemeRole::kNumber, kNumberPart},
    WordList{"point", LexemeRole::kPoint},
    WordList{"vague", LexemeRole::kVague},
    WordList{"date.month", LexemeRole::kMonth},
    WordList{"date.weekday", LexemeRole::kWeekday},
    WordList{"date.day", LexemeRole::kDay},
};

constexpr std::array kTriggerForms = {
    WordList{"verb", LexemeRole::kTriggerVerb},   WordList{"before", LexemeRole::kTriggerBefore},
    WordList{"after", LexemeRole::kTriggerAfter}, WordList{"noun", LexemeRole::kTriggerNoun},
    WordList{"toll", LexemeRole::kTriggerToll},
};

std::optional<std::uint8_t> figure_kind(std::string_view name) {
  for (std::uint8_t kind = 0; kind <= detail_of(FigureKind::kDamageMoney); ++kind) {
    if (to_string(static_cast<FigureKind>(kind)) == name) return kind;
  }
  return {};
}

/// `path` below one of the tables with numeric keys; nothing when it is not.
std::optional<WordList> find_value_list(std::string_view path) {
  for (const WordList& list : kValueLists) {
    if (!path.starts_with(list.path) || path.size() <= list.path.size() + 1) continue;
    if (path[list.path.size()] != '.') continue;
    const std::string key(path.substr(list.path.size() + 1));
    char* end = nullptr;
    const double value = std::strtod(key.c_str(), &end);
    if (*end == '\0') return WordList{path, list.role, list.detail, value};
  }
  return {};
}

/// "trigger.<kind>.<form>".
std::optional<WordList> find_trigger_list(std::string_view path) {
  constexpr std::string_view kTrigger = "trigger.";
  const std::size_t dot = path.rfind('.');
  if (!path.starts_with(kTrigger) || dot <= kTrigger.size()) return {};
  const std::string_view name = path.substr(kTrigger.size(), dot - kTrigger.size());
  const auto kind = name == "other" ? std::optional(kOtherFigure) : figure_kind(name);
  if (!kind) return {};
  for (const WordList& form : kTriggerForms) {
    if (form.path == path.substr(dot + 1)) return WordList{path, form.role, *kind, 0};
  }
  return {};
}

/// The list that a dotted path names; nothing for a path the rules do not know.
std::optional<WordList> find_list(std::string_view path) {
  for (const WordList& list : kWordLists) {
    if (list.path == path) return list;
  }
  if (const auto list = find_value_list(path)) return list;
  return find_trigger_list(path);
}

constexpr std::string_view kActors = "actors.";

/// Walks one language file into a pack.
class Reader {
 public:
  Reader(LanguagePack& pack, Problems& problems) : pack_(pack), problems_(problems) {}

  void read_table(const TomlTable& table, const std::string& prefix) {
    for (const TomlEntry& entry : table) {
      const std::string path = prefix.empty() ? entry.key : prefix + "." + entry.key;
      if (const TomlTable* inner = entry.value.table()) {
        read_table(*inner, path);
      } else {
        read_entry(entry, path);
      }
    }
  }

 private:
  void read_entry(const TomlEntry& entry, const std::string& path) {
    if (path == "language") return;
    if (path == "decimal_separator") return read_separator(entry);
    if (path == "first_scale") return read_scale(entry);
    if (path == "reviewed") return read_flag(entry, pack_.reviewed);
    if (path == "verb_final") return read_flag(entry, pack_.verb_final);
    if (path == "number_endings") return read_words(entry, pack_.number_endings);
    if (path == "abbreviations") return read_words(entry, pack_.abbreviations);
    if (path == "also") return read_words(entry, pack_.also);
    if (path == "date.future_endings") return read_words(entry, pack_.future_endings);
    if (path == "place.in") return read_words(entry, pack_.ways.in);
    if (path == "place.in_endings") return read_words(entry, pack_.ways.in_endings);
    if (path == "place.from") return read_words(entry, pack_.ways.from);
    if (path == "place.of") return read_words(entry, pack_.ways.of);
    if (path == "place.to") return read_words(entry, pack_.ways.to);
    if (path == "place.from_endings") return read_words(entry, pack_.ways.from_endings);
    if (path == "place.people_endings") return read_words(entry, pack_.ways.people_endings);
    if (path == "place.to_endings") return read_words(entry, pack_.ways.to_endings);
    if (path == "place.beside") return read_words(entry, pack_.ways.beside);
    if (path == "place.part_before") return read_words(entry, pack_.ways.part_before);
    if (path == "place.part_after") return read_words(entry, pack_.ways.part_after);
    if (path == "person.surname_endings") {
      return read_words(entry, pack_.person_names.surname_endings);
    }
    if (path == "person.not_given") return read_words(entry, pack_.person_names.not_given);
    if (path == "person.foreign_letters") return read_letters(entry);
    if (path == "place.dateline_ends") return read_words(entry, pack_.ways.dateline_ends);
    if (path.starts_with(kActors)) return read_actor(entry, path.substr(kActors.size()));
    const std::optional<WordList> list = find_list(path);
    if (!list) return complain(entry, "unknown key \"" + path + "\" in a language file");
    std::vector<std::string> words;
    read_words(entry, words);
    for (std::string& word : words) {
      pack_.lexemes.push_back({std::move(word), list->role, list->detail, list->value});
    }
  }

  void read_words(const TomlEntry& entry, std::vector<std::string>& words) {
    const TomlArray* array = entry.value.array();
    if (array == nullptr) return complain(entry, "expected a list of words");
    if (const TomlNode* again = repeated_text(*array)) {
      problems_.add(again->place.file(), again->place.line, again->place.column,
                    "\"" + entry.key + "\" has \"" + *again->string() + "\" twice");
    }
    for (const TomlNode& node : *array) {
      const std::string* word = node.string();
      if (word == nullptr || word->empty()) {
        complain(entry, "expected a list of words, none empty");
      } else {
        words.push_back(*word);
      }
    }
  }

  void read_actor(const TomlEntry& entry, const std::string& key) {
    std::vector<std::string> words;
    read_words(entry, words);
    for (std::string& word : words) pack_.actor_words.push_back({key, std::move(word)});
  }

  void read_separator(const TomlEntry& entry) {
    const std::string* text = entry.value.string();
    if (text == nullptr || (*text != "." && *text != ",")) {
      return complain(entry, "expected \".\" or \",\"");
    }
    pack_.decimal_separator = text->front();
  }

  void read_letters(const TomlEntry& entry) {
    const std::string* text = entry.value.string();
    if (text == nullptr || text->empty()) return complain(entry, "expected text");
    std::vector<std::string> letters;
    for (std::size_t at = 0; at < text->size();) {
      const CodePoint letter = decode_utf8(*text, at);
      if (letter.length != 3) return complain(entry, "expected Chinese characters only");
      letters.push_back(text->substr(at, letter.length));
      at += letter.length;
    }
    std::sort(letters.begin(), letters.end());
    std::string& sorted = pack_.person_names.foreign_letters;
    sorted.clear();
    for (const std::string& letter : letters) sorted += letter;
  }

  void read_scale(const TomlEntry& entry) {
    const auto* value = std::get_if<std::int64_t>(&entry.value.value);
    if (value == nullptr || (*value != 1000 && *value != 10000)) {
      return complain(entry, "expected 1000 or 10000");
    }
    pack_.first_scale = static_cast<double>(*value);
  }

  void read_flag(const TomlEntry& entry, bool& flag) {
    const bool* value = std::get_if<bool>(&entry.value.value);
    if (value == nullptr) return complain(entry, "expected true or false");
    flag = *value;
  }

  void complain(const TomlEntry& entry, std::string message) {
    problems_.add(entry.key_place.file(), entry.key_place.line, entry.key_place.column,
                  std::move(message));
  }

  LanguagePack& pack_;
  Problems& problems_;
};

LanguagePack& pack_of(std::vector<LanguagePack>& packs, const std::string& code) {
  const auto found = std::find_if(packs.begin(), packs.end(),
                                  [&](const LanguagePack& pack) { return pack.code == code; });
  if (found != packs.end()) return *found;
  packs.emplace_back().code = code;
  return packs.back();
}

}  // namespace

std::string_view to_string(VictimClass victim_class) {
  switch (victim_class) {
    case VictimClass::kPeople: return "people";
    case VictimClass::kSecurityPersonnel: return "security_personnel";
    case VictimClass::kCivilians: return "civilians";
    case VictimClass::kChildren: return "children";
    case VictimClass::kForeignNationals: return "foreign_nationals";
    case VictimClass::kWomen: return "women";
    case VictimClass::kRioters: return "rioters";
    case VictimClass::kProtesters: return "protesters";
    case VictimClass::kMedics: return "medics";
    case VictimClass::kJournalists: return "journalists";
  }
  return "people";
}

std::string_view to_string(Currency currency) {
  switch (currency) {
    case Currency::kUsd: return "USD";
    case Currency::kKzt: return "KZT";
    case Currency::kEur: return "EUR";
    case Currency::kRub: return "RUB";
    case Currency::kCny: return "CNY";
  }
  return "USD";
}

std::string_view to_string(Sector sector) {
  switch (sector) {
    case Sector::kGov: return "GOV";
    case Sector::kCop: return "COP";
    case Sector::kMil: return "MIL";
    case Sector::kJud: return "JUD";
    case Sector::kSpy: return "SPY";
    case Sector::kMed: return "MED";
    case Sector::kOpp: return "OPP";
    case Sector::kCvl: return "CVL";
    case Sector::kNgo: return "NGO";
    case Sector::kBus: return "BUS";
  }
  return "GOV";
}

void load_language_file(const std::filesystem::path& path, std::vector<LanguagePack>& packs,
                        Problems& problems) {
  const std::optional<TomlNode> root = load_toml(path, problems);
  if (!root || root->table() == nullptr) return;
  const TomlEntry* language = root->find("language");
  const std::string* code = language == nullptr ? nullptr : language->value.string();
  if (code == nullptr || code->empty()) {
    problems.add(path.string(), 1, 1, "a language file begins with language = \"<code>\"");
    return;
  }
  Reader(pack_of(packs, *code), problems).read_table(*root->table(), "");
}

}  // namespace steppe
