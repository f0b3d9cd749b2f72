#pragma once
// Who says it: the speaker of a sentence, the outlet that was told, the outlet that is cited.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/boundary.h"
#include "processors/claims/passage.h"

namespace steppe {

/// Somebody who can speak: half-open range of tokens.
struct Speaker {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::optional<std::uint32_t> actor;  // of the profile
  bool media = false;
  bool own_cue = false;             // "by official count" needs no verb
  bool pronoun = false;             // "he": whoever spoke last
  bool referring = false;           // "the ministry": the office named last
  bool told = false;                // "told state television": who is told does not tell
  bool short_form = false;          // of an actor: "the ministry"
  std::optional<SpeakerKind> kind;  // of a word that names nobody: "officials"
};

/// A reporting verb or phrase with its speaker.
struct Report {
  std::uint32_t cue_first = 0;
  std::uint32_t cue_last = 0;
  Speech kind = Speech::kVerb;
  Speaker speaker;
  bool quoted = false;  // within quotation marks
};

/// "said", "told": a verb of its own, not "according to" or "citing".
inline bool is_verb(Speech kind) {
  return kind != Speech::kAccording && kind != Speech::kCiting && kind != Speech::kQuoted &&
         kind != Speech::kBack;
}

/// The chain behind one figure, first speaker first.
struct Attribution {
  std::optional<Speaker> speaker;  // nobody: only outlets are named
  std::optional<Speaker> outlet;   // told, or reporting
  std::optional<Speaker> cited;    // the outlet that is cited
  std::uint32_t sentence = 0;      // where the words stand
  std::uint32_t cue_first = 0;
  std::uint32_t cue_last = 0;
  bool inherited = false;  // from the sentence before
};

/// Reads the reports of every sentence of a passage once. One thread at a time; read() again to
/// reuse its memory.
class Attributor {
 public:
  /// Reads `passage`, which must outlive the use of this.
  void read(const Passage& passage);

  /// Who claims this figure: who reports it in its sentence, else who the next sentence says told
  /// of this, else who speaks in the one before, else the office that acts ("police detained 20");
  /// nothing when none is named.
  std::optional<Attribution> attribute(const FoundFigure& figure) const;

  /// The reports of a sentence, in order.
  std::span<const Report> reports(std::uint32_t sentence) const {
    return in_range<Report>(reports_, first_report_, sentence);
  }

  /// Of all sentences, in order.
  std::span<const Report> reports() const { return reports_; }

  /// The quotation marks in a range of tokens, in order.
  std::span<const std::uint32_t> quotes(std::uint32_t first, std::uint32_t last) const {
    return within(quotes_, first, last);
  }

  /// The words of a speaker as written.
  std::string_view name_of(const Speaker& speaker) const;

 private:
  const AnnotatedText& text() const { return passage_->text; }
  template <typename T>
  static std::span<const T> in_range(const std::vector<T>& all,
                                     const std::vector<std::uint32_t>& first,
                                     std::uint32_t sentence) {
    return std::span<const T>(all).subspan(first[sentence], first[sentence + 1] - first[sentence]);
  }
  /// Those of a range of tokens.
  static std::span<const std::uint32_t> within(const std::vector<std::uint32_t>& ordered,
                                               std::uint32_t first, std::uint32_t last) {
    return part_between(ordered, first, last, std::identity{});
  }
  std::span<const Speaker> speakers(std::uint32_t sentence) const {
    return in_range<Speaker>(speakers_, first_speaker_, sentence);
  }

  std::span<const std::uint32_t> take_marks(LexemeRole role, std::size_t& next) const;
  void note_punctuation();
  void note_counts();
  void find_speakers(const Sentence& sentence);
  void add_speaker_word(const Mark& mark);
  void join_neighbours();
  void mark_audience(const Sentence& sentence);
  void read_sentence(std::uint32_t index);
  Speaker resolve(const Speaker& speaker) const;
  const ActorMention* person_before(std::uint32_t token) const;
  Speaker resolve_pronoun(const Speaker& speaker) const;
  bool is_person(const Speaker& speaker) const;
  const Speaker* last_named_body(std::uint32_t token) const;
  const Speaker* named_alike(const Speaker& speaker) const;
  void note_office(const Speaker& speaker);
  void note_body(const Speaker& speaker);
  void name_in_full(Speaker& speaker, const Mark& cue) const;
  void name_behind(Speaker& speaker, std::uint32_t limit) const;
  void name_before(Speaker& speaker) const;
  void name_in_han(Speaker& speaker, const Mark& cue) const;
  std::optional<Attribution> from_next(std::uint32_t sentence) const;
  void note_quoted(const Mark& cue);
  Report& add_report(std::uint32_t first, std::uint32_t last, Speech kind, const Speaker& speaker);
  std::optional<Speaker> speaker_for(const Mark& cue) const;
  std::optional<Speaker> speaker_by_name(const Mark& cue) const;
  std::optional<Speaker> name_that_ends(std::uint32_t end) const;
  std::optional<Speaker> name_that_begins(const Mark& cue) const;
  std::optional<Speaker> name_told_of(const Mark& cue) const;
  std::optional<Speaker> surname_beside(const Mark& cue) const;
  std::optional<Speaker> name_in_clause(const Mark& cue) const;
  const Speaker* named_before(std::uint32_t token) const;
  std::optional<Speaker> name_between_commas(const Mark& cue) const;
  std::optional<Speaker> name_set_off(const Mark& cue) const;
  std::optional<Speaker> han_before(const Mark& cue) const;
  std::optional<Speaker> country_before(std::uint32_t end) const;
  bool is_name(std::uint32_t token) const;
  bool joins_names(std::uint32_t token) const;
  std::uint32_t name_end(std::uint32_t first) const;
  std::uint32_t name_start(std::uint32_t last) const;
  bool closes_quote(const Mark& cue) const;
  std::uint32_t subject_cost(const Mark& cue, const Speaker& speaker, std::uint32_t cost) const;
  bool is_oblique(const Speaker& speaker) const;
  bool is_numbered(const Speaker& speaker) const;
  bool is_acronym(std::uint32_t token) const;
  std::uint32_t subject_reach(const Speaker& speaker) const;
  bool holds_together(std::uint32_t first, std::uint32_t last) const;
  std::optional<Attribution> named_claimant(const FoundFigure& figure) const;
  std::optional<Attribution> from_total(const FoundFigure& figure) const;
  std::optional<Attribution> from_denied(const FoundFigure& figure) const;
  std::optional<Attribution> from_quote(const FoundFigure& figure) const;
  bool stands_in_quote(const FoundFigure& figure) const;
  bool has_two_voices(std::uint32_t sentence) const;
  std::optional<Attribution> from_before(const FoundFigure& figure) const;
  bool is_history(std::uint32_t sentence) const;
  std::optional<Attribution> from_colon(const FoundFigure& figure) const;
  std::optional<Attribution> from_agent(const FoundFigure& figure) const;
  std::optional<Attribution> from_agent_behind(const FoundFigure& figure) const;
  std::optional<Attribution> from_subject(const FoundFigure& figure) const;
  bool is_office(const Speaker& speaker) const;
  bool opens_clause(const Speaker& speaker) const;
  bool has_colon(std::uint32_t first, std::uint32_t last) const;
  bool is_agent(const Speaker& speaker, FigureKind kind) const;
  static bool is_counted(const Speaker& speaker, const FoundFigure& figure);
  std::uint32_t words_between(std::uint32_t first, std::uint32_t last) const;
  bool is_parted_by_quote(const Speaker& speaker, std::uint32_t first, std::uint32_t last) const;
  bool is_set_off(const Speaker& speaker, std::uint32_t from, std::uint32_t to) const;
  std::uint32_t reach(const Mark& cue, const Speaker& speaker) const;
  const Speaker* headline_speaker(const Sentence& sentence) const;
  bool is_quoted(const Sentence& sentence, std::uint32_t token) const;
  std::uint32_t distance(std::uint32_t a, std::uint32_t b) const;
  std::optional<Attribution> from_sentence(std::uint32_t sentence, std::uint32_t near) const;

  const Passage* passage_ = nullptr;
  std::vector<std::uint32_t> quotes_;        // tokens that are quotation marks, in order
  std::vector<std::uint32_t> stops_;         // and semicolons
  std::vector<Sentence> quoted_;             // from a quotation mark to the next of its paragraph
  std::vector<Report> reports_;              // of all sentences, in order
  std::vector<std::uint32_t> first_report_;  // by sentence, one more at the end
  std::vector<Speaker> speakers_;
  std::vector<std::uint32_t> first_speaker_;
  std::vector<std::optional<Speaker>> headline_;  // by sentence: "MVD: ..."
  std::optional<Speaker> last_person_;            // who spoke last, while reading
  std::vector<Speaker> offices_;                  // named so far, while reading, latest last
  std::vector<Speaker> names_;                    // of persons who spoke, while reading
  std::optional<Speaker> last_body_;              // the body named last that is no office
  std::vector<bool> looks_back_;                  // by sentence: "this was reported by ..."
  std::vector<bool> counts_;                      // by sentence: it counts more than a crowd
  std::vector<Speaker> here_;                     // of the sentence being read
  // Where the sentence being read begins, in tokens, and ends, in the marks.
  std::uint32_t start_ = 0;
  std::uint32_t marks_end_ = 0;
  // And where it begins elsewhere.
  std::size_t next_actor_ = 0;         // in the actors of the passage
  std::size_t next_cue_ = 0;           // in the marks of speech
  std::size_t next_speaker_word_ = 0;  // in those of speakers
};

}  // namespace steppe
