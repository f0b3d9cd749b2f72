#pragma once
// A text as the term scanner reads it, with the way back to its bytes.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

/// Folded text (fold.h) of a repaired copy. The copy is made only where fold_into() alone would not
/// do, which is rare:
/// - soft hyphens, zero-width and direction marks, stress marks and Arabic vowel signs are left
/// out;
/// - what Unicode holds equal is written one way: full-width and presentation forms, ligatures,
///   letters with marks of their own; digits of other scripts are ASCII digits;
/// - in a word that mixes Cyrillic and Latin letters the look-alikes of the rarer script become
///   letters of the other.
/// One thread at a time; assign() again to reuse its memory.
/// Source: UAX 15 (NFKC); UTS 39 (confusables), letters of Russian, Kazakh and Ukrainian only.
class SearchText {
 public:
  /// `text` is valid UTF-8 below 4 GiB.
  void assign(std::string_view text);

  std::string_view folded() const { return folded_; }
  /// The byte of the original where the folded byte `at` begins; the end for the end. A half-open
  /// range of folded bytes is [begin(first), begin(last)) in the original.
  std::uint32_t original(std::uint32_t at) const { return origins_.empty() ? at : origins_[at]; }

 private:
  std::string folded_;
  std::string repaired_;
  std::vector<std::uint32_t> origins_;  // of each byte of folded_ and its end; empty: the same
};

}  // namespace steppe
