#include "daemon/full_text/same_subject.h"

#include <string>
#include <unordered_set>

#include "core/utf8.h"
#include "processors/clean/fold.h"

namespace steppe {
namespace {

constexpr std::size_t kLeastLetters = 4;
constexpr std::size_t kStemLetters = 5;

bool is_letter(char32_t c) {
  const bool ascii = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  return ascii ||
         (c >= 0xAA && c != 0xAB && c != 0xBB && c != 0xB7 && !(c >= 0x2000 && c <= 0x206F) &&
          !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF20));
}

/// Stems and pairs of one text.
class Words {
 public:
  explicit Words(std::string_view text) {
    const std::string lower = to_lower(text);
    for (std::size_t at = 0; at < lower.size();) {
      const CodePoint c = decode_utf8(lower, at);
      take(c.value, std::string_view(lower).substr(at, c.length));
      at += c.length;
    }
    end();
  }
  const std::unordered_set<std::string>& all() const { return words_; }

 private:
  void take(char32_t c, std::string_view bytes) {
    if (is_cjk(c)) {
      end();
      if (!before_.empty()) words_.insert(before_ + std::string(bytes));
      before_ = bytes;
      return;
    }
    before_.clear();
    if (!is_letter(c)) return end();
    if (++letters_ <= kStemLetters) word_ += bytes;
  }
  void end() {
    if (letters_ >= kLeastLetters) words_.insert(word_);
    word_.clear();
    letters_ = 0;
  }

  std::unordered_set<std::string> words_;
  std::string word_;
  std::string before_;  // the last character, of a script without spaces
  std::size_t letters_ = 0;
};

}  // namespace

double share_of_words(std::string_view words, std::string_view text) {
  const Words wanted(words);
  if (wanted.all().empty()) return 1;
  const Words there(text);
  std::size_t found = 0;
  for (const std::string& word : wanted.all()) found += there.all().contains(word) ? 1U : 0U;
  return static_cast<double>(found) / static_cast<double>(wanted.all().size());
}

}  // namespace steppe
