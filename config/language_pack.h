#pragma once
// The words of one language that extraction reads: numbers, bounds, units, triggers, cues, dates.
// They are data (config/profiles/<name>/<topic>-<language>.toml), so that a native speaker can mend
// them; this header only says which roles a word can play.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.h"

namespace steppe {

/// What a word or phrase means to the extraction rules; `detail` and `value` depend on the role.
enum class LexemeRole : std::uint8_t {
  kIgnore,         // a phrase that hides the shorter words inside it
  kNumber,         // value: what it adds; below 1: a part of the last multiplier, "and a half";
                   // detail: kNumberPart or 0
  kMultiplier,     // value: what it multiplies by
  kNumberAnd,      // "and" between the words of one number: "treinta y ocho"
  kPoint,          // value: what the number after it is worth, "point" 0.1
  kVague,          // value: the ACLED reading of "dozens", "hundreds"
  kBound,          // detail: NumberBound; stands before a number
  kBoundAfter,     // detail: NumberBound; stands after a number
  kRangeJoin,      // "to" between two numbers
  kRangeOpen,      // "between", "from"
  kSuffix,         // detail: NumberSuffix; what may be glued to digits
  kPrefix,         // letters that may be glued before digits: the Arabic "and"
  kBefore,         // detail: BeforeNumber; spoils a number that follows
  kPerson,         // detail: VictimClass; counted people
  kTroops,         // counted soldiers
  kNotPeople,      // counted things that are no figure: days, percent, cases
  kBuilding,       // counted buildings
  kVehicle,        // counted vehicles
  kCurrency,       // detail: Currency
  kTriggerVerb,    // detail: FigureKind; the number stands on either side
  kTriggerBefore,  // detail: FigureKind; the trigger stands before its number
  kTriggerAfter,   // detail: FigureKind; the trigger stands after its number
  kTriggerNoun,    // detail: FigureKind; directly counted: "164 deaths"
  kTriggerToll,    // detail: FigureKind; "the death toll rose to"
  kPart,           // "including", "of whom": the number is part of an earlier one
  kFormer,         // "earlier", "up from": the number is an old toll
  kAdded,          // "another": the number is not the total
  kSame,           // "the figure", "their number": what was counted last, or is counted beside it
  kWhole,          // detail: NumberSide; "of the": another number is a part of this one
  kExcept,         // detail: NumberSide; "all but": who is not counted
  kUnreal,         // detail: Unreal; "might", "planned", "denied"
  kRetraction,     // detail: Retraction
  kAsOf,           // detail: NumberSide; "as of", and which side of its date it stands on
  kDateOf,         // "of" within a date: "5 de enero"
  kSince,          // "since": the date beside it begins something
  kSpeech,         // detail: Speech; a reporting verb or phrase
  kSpeaker,        // detail: SpeakerKind; "officials", "the ministry"
  kMonth,          // value: 1-12
  kWeekday,        // value: ISO 1-7
  kDay,            // value: days from the reference, "yesterday" -1
  kSpan,           // detail: Span; "last week", "the next day"
  kDateTurn,       // detail: NumberSide of what it parts from the rest of its sentence, which is
                   // of another time: "accused of", before what somebody did
  kDayOfMonth,     // "on the", before a day that names no month
  kDateUnit,       // detail: DateUnit; "year", "day" beside a number
  kTense,          // value: +1 future, -1 past
  kVenue,          // "news conference": the place beside it is where it was said
  kPlaceKind,      // detail: PlaceKind; "region", "city" beside a name
  kSeveralPlaces,  // "several cities": places that no name tells
  kWholePlace,     // detail: WholePlace; "nationwide", "in the region"
  kNameWord,       // detail: NameSide; "Times", "FC": the place beside it is part of a name
  kRoleWord,       // detail: Sector; "police spokesman": a name beside it is a person's
  kEvent,          // value: a trigger of the event frames of the language
  kEventHalf,      // the same, and all its frames need a second part
  kPlace,          // value: index of the place
  kActor,          // value: index of the actor
};

enum class NumberBound : std::uint8_t { kAtLeast, kAtMost, kApprox, kNearly, kMoreThan };
enum class NumberSuffix : std::uint8_t { kCase, kOrdinal, kSpoils, kPart, kApprox };
/// Of what a number is said to hold for the whole.
enum class WholePlace : std::uint8_t { kRegion, kCountry };
/// Which side of its number a word stands on.
enum class NumberSide : std::uint8_t { kBefore, kAfter };
enum class BeforeNumber : std::uint8_t { kSpoils, kYear };
enum class VictimClass : std::uint8_t {
  kPeople,
  kSecurityPersonnel,
  kCivilians,
  kChildren,
  kForeignNationals,
  kWomen,
  kRioters,
  kProtesters,
  kMedics,
  kJournalists
};
enum class Currency : std::uint8_t { kUsd, kKzt, kEur, kRub, kCny };
enum class Unreal : std::uint8_t { kDenied, kHypothetical, kPlanned, kOngoing, kHistorical };
/// What a word does where a text takes a figure back.
enum class Retraction : std::uint8_t {
  kTakesBack,   // "retracted", said of statements only
  kWithdraws,   // "withdrew", "deleted": of troops and of posts; what is withdrawn decides
  kDenies,      // "denied": of deeds and of reports
  kWrong,       // "false", "by mistake"
  kWarnsOff,    // "please do not use"
  kCorrects,    // "correction", "corrected"
  kSetsRight,   // "the correct number is", before the number that stands
  kContrary,    // "contrary to": a number that is denied behind it was told before
  kFresh,       // "confirmed", "in fact": the number behind it is new
  kNotThis,     // "instead of", before the number that does not stand
  kNotThat,     // the same, behind it
  kReport,      // "the report", "the post": what can be taken back
  kNumber,      // "the figure", "the toll"
  kEarlier,     // "this", "its earlier": something told before
  kAbout,       // "of", "that": what the report before it says follows
  kToldBefore,  // the same in languages where it stands before the report
  kAnother,     // "rival": before a report that is none told before
  kIt,          // "it", "this": the report without a noun
  kOther,       // "surname", "troops": what is wrong or withdrawn is no figure
  kApart,       // "where", "while": what follows is told of something else
  kHolds,       // "if": nothing is taken back in this sentence
  kWants,       // "demanded", "refused to": the act behind it is not done
  kWantsAfter,  // the same, behind the act
  kAlive,       // "alive": who was called dead is not
  kStands,      // "remains in force": so does the figure beside it
  kOutsider,    // "the opposition": may doubt a figure, cannot take it back
  kErred,       // "misspoke", "was mistaken": takes back without a noun what was said before
  kMiscounts,   // "counted twice", "wrongly listed": the numbers beside it are of the mistake
  kLowers,      // "lowered", "revised down": beside words for an error, the higher number falls
  kSays,        // "claiming": a video that claims something is a report
  kAdmits,      // "admitted": whoever told it takes it back
  kExplains     // "the wrong sheet", "referred to": how an error may have come about; only where
                // another number of the kind follows
};
/// kBack: "of this": the sentence tells who said what stands before it.
enum class Speech : std::uint8_t {
  kVerb,
  kAccording,
  kCiting,
  kQuoted,
  kTold,
  kAccuse,
  kDeny,
  kAsk,
  kBack
};
/// kOwnCue: speaker and cue in one, "by official count"; kReferring: "the ministry", the office
/// named last; kReferringGroup: "the union", "the organisation", the body named last that is no
/// office; kAudience: "reporters", who is told; kPronounBody: "it", the body named last;
/// kOwnPronoun: a pronoun and cue in one, "in his words"; kSelf: "our correspondent", the outlet
/// itself.
enum class SpeakerKind : std::uint8_t {
  kPerson,
  kOffice,
  kGroup,
  kMedia,
  kOwnCue,
  kPronoun,
  kReferring,
  kReferringGroup,
  kAudience,
  kPronounBody,
  kOwnPronoun,
  kSelf
};
/// From kThatDay on told from a day that the text named before: "two days later".
enum class Span : std::uint8_t {
  kThisWeek,
  kLastWeek,
  kNextWeek,
  kWeekend,  // the last one
  kThisMonth,
  kLastMonth,
  kThisYear,
  kLastYear,
  kAgo,
  kIn,
  kThatDay,
  kNextDay,
  kDayBefore,
  kThatMonth,
  kLater,
  kEarlier
};
/// kDayOfMonth: after the number of a day, never after a count of days.
enum class DateUnit : std::uint8_t { kYear, kDay, kWeek, kMonth, kHour, kDayOfMonth };
enum class PlaceKind : std::uint8_t { kCity, kRegion, kDistrict };
/// Which side of the place it stands on.
enum class Sector : std::uint8_t { kGov, kCop, kMil, kJud, kSpy, kMed, kOpp, kCvl, kNgo, kBus };
enum class NameSide : std::uint8_t { kBefore, kAfter };

/// Instead of a FigureKind: people are counted, but for something no figure is about ("fined").
inline constexpr std::uint8_t kOtherFigure = 255;

/// Detail of a kNumber that counts a part: "two of them" in one word.
inline constexpr std::uint8_t kNumberPart = 1;

/// The name in records and settings files.
std::string_view to_string(VictimClass victim_class);
std::string_view to_string(Currency currency);
std::string_view to_string(Sector sector);

/// One word or phrase. Words are separated by spaces; `*` ends a stem that takes any suffix; a
/// leading
/// `^` asks for a capital letter in the text.
struct Lexeme {
  std::string pattern;
  LexemeRole role = LexemeRole::kIgnore;
  std::uint8_t detail = 0;
  double value = 0;
};

struct LanguagePack {
  std::string code;              // BCP-47 primary subtag
  char decimal_separator = '.';  // the other one groups thousands
  double first_scale = 1000;     // smallest multiplier that closes a group: 10000 for Chinese
  bool reviewed = false;         // by a native speaker
  bool verb_final = false;       // the verb ends its clause, and what governs a word follows it
  std::vector<Lexeme> lexemes;
  std::vector<std::string> number_endings;  // case endings a number word may take
  std::vector<std::string> abbreviations;   // a dot after these does not end a sentence
  std::vector<std::string> also;            // codes of languages close enough to read with it
  std::vector<std::string> future_endings;  // of verbs that tell what is to come; small letters
  struct ActorWord {
    std::string key;   // of the actor in actors.toml
    std::string word;  // a name of it in this language
  };
  std::vector<ActorWord> actor_words;
  /// What stands right before a place, or ends its word, and tells which way: "from", "-dan".
  struct PlaceWays {
    std::vector<std::string> in, from, to, in_endings, from_endings, to_endings;
    std::vector<std::string> of;              // between an office and its place
    std::vector<std::string> people_endings;  // who is from there: "-lyk", of the name alone
    std::vector<std::string> beside;          // "near", "Lake": something else has the name
    std::vector<std::string> part_before;     // "western": beside a country's name, some of it only
    std::vector<std::string> part_after;      // the same, behind the name
    std::vector<std::string> dateline_ends;   // closes a dateline without a dash
  };
  PlaceWays ways;  // small letters
  /// How names of people look that no list holds.
  struct PersonNames {
    std::vector<std::string> surname_endings;  // with case endings; small letters
    std::vector<std::string> not_given;        // begins a sentence, and is no first name
    std::string foreign_letters;               // characters that foreign names are written with
  };
  PersonNames person_names;
};

/// Adds what one file holds to the pack of its language, creating it. Faults go to `problems`.
void load_language_file(const std::filesystem::path& path, std::vector<LanguagePack>& packs,
                        Problems& problems);

}  // namespace steppe
