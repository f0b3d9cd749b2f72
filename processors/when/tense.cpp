#include "processors/when/tense.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kReach = 22;
constexpr std::uint32_t kCommaCost = 6;
constexpr std::uint32_t kClauseCost = 12;
constexpr std::uint32_t kWindow = 14;  // tokens on either side that can be within reach

enum class Sign : std::uint8_t {
  kAhead,  // "will"
  kAct,    // "promised": to come where something stands between, else the date of the promise
  kTold,   // "said": the date of the telling
  kClause,
  kJoins
};

struct SignAt {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Sign sign = Sign::kAhead;
};

/// Reads the signs around one date. A sentence is short, so they are looked for anew each time.
class TenseReader {
 public:
  TenseReader(const AnnotatedText& text, std::uint32_t first, std::uint32_t last)
      : text_(text), sentence_(text.sentences()[text.sentence_of(first)]) {
    first_ = first;
    last_ = last;
    from_ = std::max(sentence_.first, first > kWindow ? first - kWindow : 0);
    to_ = std::min(sentence_.last, last + kWindow);
    note_words_around();
  }

  bool read() const {
    if (const auto before = look_back()) return *before;
    return look_ahead().value_or(false);
  }

 private:
  static constexpr std::size_t kMostSigns = 16;

  void add(std::uint32_t first, std::uint32_t last, Sign sign) {
    if (count_ < kMostSigns) signs_[count_++] = {first, last, sign};
  }

  /// The words around events say what is planned, and where clauses begin.
  void note_words_around() {
    const FrameWords& frames = text_.lexicon().frames();
    for (const AroundWord& word : text_.words_between(from_, to_)) {
      if (const auto sign = sign_of(frames.meaning(word.id))) add(word.first, word.last, *sign);
    }
  }

  static std::optional<Sign> sign_of(const FrameMeaning& meaning) {
    switch (meaning.role) {
      case FrameRole::kClause: return Sign::kClause;
      case FrameRole::kJoins: return Sign::kJoins;
      case FrameRole::kModal: break;
      default: return {};
    }
    if (meaning.modal != Unreal::kPlanned) return {};
    const bool act = meaning.side == ModalSide::kBefore || meaning.side == ModalSide::kOver;
    return act ? Sign::kAct : Sign::kAhead;
  }

  /// The longest sign that begins at `token`.
  const SignAt* sign_at(std::uint32_t token) const {
    const SignAt* best = nullptr;
    for (std::size_t i = 0; i < count_; ++i) {
      if (signs_[i].first != token) continue;
      if (best == nullptr || signs_[i].sign < best->sign) best = &signs_[i];
    }
    return best;
  }

  bool is_modal(std::uint32_t token) const {
    const Mark* tense = text_.find(token, LexemeRole::kTense);
    return tense != nullptr && tense->value > 0;
  }

  bool is_told(std::uint32_t token) const {
    return text_.find(token, LexemeRole::kSpeech) != nullptr &&
           (token == sentence_.first || !is_modal(token - 1));
  }

  /// What a token is worth on the way from the date; nothing where the clause ends.
  std::optional<std::uint32_t> cost_of(std::uint32_t token) const {
    const Token& here = text_.tokens()[token];
    if (here.punctuation == ';' || here.punctuation == ':') return {};
    if ((text_.roles_at(token) & roles_of(LexemeRole::kDateTurn)) != 0) return {};
    if (here.punctuation == ',') return kCommaCost;
    return here.kind == TokenKind::kHan ? 1 : here.kind == TokenKind::kPunctuation ? 0 : 2;
  }

  std::optional<bool> look_back() const {
    std::uint32_t cost = 0;
    for (std::uint32_t at = first_; at-- > from_;) {
      const auto step = cost_of(at);
      if (!step) return {};
      cost += *step;
      if (cost > kReach) return {};
      if (is_modal(at)) return true;
      const SignAt* sign = sign_at(at);
      if (sign != nullptr && sign->sign == Sign::kAhead) return true;
      if (sign != nullptr && sign->sign == Sign::kAct) return is_apart(*sign);
      if (is_told(at)) return false;
      if (sign != nullptr && sign->sign == Sign::kClause) cost += kClauseCost;
    }
    return {};
  }

  /// A preposition between the two is not enough; languages without spaces need none.
  bool is_apart(const SignAt& sign) const {
    if (sign.last >= first_) return text_.tokens()[first_].kind == TokenKind::kHan;
    return first_ - sign.last > 1 || text_.tokens()[sign.last].kind == TokenKind::kHan;
  }

  std::optional<bool> look_ahead() const {
    std::uint32_t cost = 0;
    std::uint32_t from = last_;
    // "On Wednesday, the union will"
    const bool opens = first_ - sentence_.first <= 2;
    if (opens && from < to_ && text_.tokens()[from].punctuation == ',') ++from;
    for (std::uint32_t at = from; at < to_; ++at) {
      const auto step = cost_of(at);
      if (!step || text_.tokens()[at].punctuation == ',') return {};
      cost += *step;
      if (cost > kReach) return {};
      if (is_modal(at)) return true;
      const SignAt* sign = sign_at(at);
      if (sign != nullptr && sign->sign == Sign::kAhead) return true;
      if (sign != nullptr && sign->sign == Sign::kAct) return at > last_;
      if (is_told(at)) return false;
      if (sign != nullptr && at > from) return {};
      if (ends_ahead(at)) return true;
    }
    return {};
  }

  /// Languages that say it in the ending of the verb behind.
  bool ends_ahead(std::uint32_t token) const {
    if (text_.tokens()[token].kind != TokenKind::kWord) return false;
    const std::string_view word = text_.folded_token(token);
    const auto ends = [&](std::string_view ending) {
      return word.size() > ending.size() && word.ends_with(ending);
    };
    const auto& own = text_.lexicon().pack().future_endings;
    if (own.empty()) return false;
    if (std::any_of(own.begin(), own.end(), ends)) return true;
    const auto modal = text_.lexicon().frames().modal_endings(word.back());
    return std::any_of(modal.begin(), modal.end(), [&](const ModalEndings::Entry& each) {
      return each.meaning == Unreal::kPlanned && ends(each.ending);
    });
  }

  const AnnotatedText& text_;
  const Sentence& sentence_;
  std::uint32_t first_ = 0;
  std::uint32_t last_ = 0;
  std::uint32_t from_ = 0;
  std::uint32_t to_ = 0;
  SignAt signs_[kMostSigns];
  std::size_t count_ = 0;
};

}  // namespace

bool is_ahead(const AnnotatedText& text, std::uint32_t first, std::uint32_t last) {
  return TenseReader(text, first, last).read();
}

}  // namespace steppe
