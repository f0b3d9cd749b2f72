#include "processors/claims/quote_writer.h"

#include <algorithm>
#include <optional>

namespace steppe {
namespace {

constexpr std::uint32_t kShortestQuote = 8;  // tokens: shorter ones are names and scare quotes
constexpr double kDirectConfidence = 0.85;
constexpr double kIndirectConfidence = 0.75;

std::string_view stance_of(Speech kind) {
  switch (kind) {
    case Speech::kAccuse: return "accuse";
    case Speech::kDeny: return "deny";
    case Speech::kAsk: return "request";
    default: return "report";
  }
}

struct Span {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// The longest text between two quotation marks of a sentence.
Span quoted_span(const Attributor& attributor, const Sentence& sentence) {
  Span longest;
  std::uint32_t open = sentence.last;
  for (const std::uint32_t at : attributor.quotes(sentence.first, sentence.last)) {
    if (open == sentence.last) {
      open = at;
      continue;
    }
    if (at - open > longest.last - longest.first) longest = {open + 1, at};
    open = sentence.last;
  }
  return longest;
}

/// Writes the quotes of one passage.
class QuoteWriter {
 public:
  QuoteWriter(const Reading& reading, std::size_t passage, Enrichment& found)
      : passage_(reading.passages[passage]),
        attributor_(reading.attributors[passage]),
        found_(found) {}

  void write() {
    for (std::uint32_t s = 0; s < passage_.text.sentences().size(); ++s) write_sentence(s);
  }

 private:
  void write_sentence(std::uint32_t index) {
    const Sentence& sentence = passage_.text.sentences()[index];
    if (found_.quotes.size() >= kMaxQuotes) return;
    for (const Report& report : attributor_.reports(index)) {
      if (report.speaker.media || report.kind == Speech::kCiting) continue;
      add(report, sentence, quoted_span(attributor_, sentence));
      last_ = report;
      return;  // one a sentence
    }
    // a quotation that goes on after its speaker was named
    if (!follows_quote(index)) return;
    const Span direct = quoted_span(attributor_, sentence);
    if (direct.last - direct.first >= kShortestQuote) add(*last_, sentence, direct);
  }

  bool follows_quote(std::uint32_t sentence) const {
    if (sentence == 0 || !last_) return false;
    const std::size_t spoke = passage_.text.sentence_of(last_->cue_first);
    return spoke + 1 == sentence;
  }

  void add(const Report& report, const Sentence& sentence, const Span& direct) {
    const bool long_enough = direct.last - direct.first >= kShortestQuote;
    const std::size_t number = found_.quotes.size() + 1;
    Quote& quote = found_.quotes.emplace_back(record_id('q', number, found_.texts));
    if (report.speaker.actor) {
      quote.speaker = actor(report.speaker).name;
      quote.role = actor(report.speaker).role;
    } else {
      quote.speaker = found_.texts.keep(attributor_.name_of(report.speaker));
    }
    quote.cue = found_.texts.keep(passage_.text.slice(report.cue_first, report.cue_last));
    quote.kind = long_enough ? "direct" : "indirect";
    quote.stance = stance_of(report.kind);
    quote.evidence.push_back(long_enough ? evidence_of(passage_, direct.first, direct.last)
                                         : evidence_of(passage_, sentence.first, sentence.last));
    note_figures(quote.evidence.front(), quote.about);
    quote.confidence = long_enough ? kDirectConfidence : kIndirectConfidence;
    quote.rule = long_enough ? "quote.direct" : "quote.indirect";
  }

  const ActorEntry& actor(const Speaker& speaker) const {
    return passage_.text.lexicon().all().actors[*speaker.actor];
  }

  /// Ids of the figures whose number stands in the span.
  void note_figures(const Evidence& span, Few<KeptText, 4>& ids) const {
    for (const Figure& figure : found_.figures) {
      int inside = 0;  // one branch a figure: most of them would be guessed wrongly
      for (const Evidence& evidence : figure.evidence) {
        inside |= (evidence.field == span.field) & (evidence.byte_start >= span.byte_start) &
                  (evidence.byte_end <= span.byte_end);
      }
      if (inside != 0) ids.push_back(figure.id);
    }
  }

  const Passage& passage_;
  const Attributor& attributor_;
  Enrichment& found_;
  std::optional<Report> last_;
};

}  // namespace

void write_quotes(const Reading& reading, Enrichment& found) {
  std::size_t reports = 0;
  for (const Attributor& attributor : reading.attributors) reports += attributor.reports().size();
  found.quotes.reserve(std::min(reports, kMaxQuotes));
  for (std::size_t i = 0; i < reading.passages.size(); ++i) QuoteWriter(reading, i, found).write();
}

}  // namespace steppe
