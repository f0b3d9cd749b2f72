#include "processors/language/cld2_hint.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>

namespace steppe {
namespace {

constexpr int kBestEffort = 0x4000;  // answer for short text too

}  // namespace

Cld2Opinion ask_cld2(std::string_view text, const std::string& hint) {
  CLD2::CLDHints hints = {hint.empty() ? nullptr : hint.c_str(), nullptr, CLD2::UNKNOWN_ENCODING,
                          CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int bytes = 0;
  bool reliable = false;
  const CLD2::Language best = CLD2::ExtDetectLanguageSummary(
      text.data(), static_cast<int>(text.size()), true, &hints, kBestEffort, languages, percents,
      scores, nullptr, &bytes, &reliable);
  if (best == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string code = CLD2::LanguageCode(best);
  code.resize(std::min(code.find('-'), code.size()));
  if (code == "un") return {};
  if (code == "iw") code = "he";
  if (code == "jw") code = "jv";
  return {code, percents[0], reliable};
}

}  // namespace steppe
