#include "tests/support/hyperscan_terms.h"

#include <hs/hs.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "processors/match/fold.h"

namespace steppe {
namespace {

// What a byte of folded text is, by the letter of fold.h and not by the engine's tables.
bool is_han_lead(char byte) {
  return static_cast<unsigned char>(byte) >= 0xE3 && static_cast<unsigned char>(byte) <= 0xE9;
}
bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
         static_cast<unsigned char>(byte) >= 0x80;
}
bool is_inner(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

std::string trimmed_fold(const std::string& text) {
  const std::string folded = fold(text);
  const auto first = std::find_if(folded.begin(), folded.end(), is_letter);
  const auto last = std::find_if(folded.rbegin(), folded.rend(), is_letter).base();
  return first < last ? std::string(first, last) : std::string();
}

void append_byte(std::string& regex, char byte) {
  char hex[8];
  std::snprintf(hex, sizeof hex, "\\x%02x",
                static_cast<unsigned>(static_cast<unsigned char>(byte)));
  regex += hex;
}

// A star is the rest of the word, a gap any run of gaps, an apostrophe may be padded by the fold.
std::string regex_of(const TermPattern& pattern) {
  const bool anywhere = pattern.anchor == Anchor::kAnywhere || is_han_lead(pattern.text.front());
  std::string regex;
  for (std::size_t at = 0; at < pattern.text.size(); ++at) {
    const char byte = pattern.text[at];
    if (anywhere || is_letter(byte)) {
      append_byte(regex, byte);
    } else if (byte == '*') {
      regex += "[a-z0-9\\x80-\\xe2\\xea-\\xff]*";
    } else if (std::string_view(" -\"\n").find(byte) != std::string_view::npos) {
      if (!regex.ends_with("]+")) regex += "[ \\-\"\\n]+";
    } else {
      append_byte(regex, byte);
      regex += " {0,2}";
      while (at + 1 < pattern.text.size() && pattern.text[at + 1] == ' ') ++at;
    }
  }
  return regex;
}

bool starts_word(std::string_view text, std::size_t at) {
  if (at == 0 || !is_letter(text[at - 1])) return true;
  std::size_t before = at - 1;
  while (before > 0 && is_inner(text[before])) --before;
  return is_han_lead(text[before]);
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_letter(text[at]) && !is_han_lead(text[at])) ++at;
  return at;
}

struct Scan {
  const std::vector<TermPattern>& patterns;
  std::string_view text;
  std::vector<TermHit>& out;
};

// Hyperscan has no look-behind: where a word begins and how it may go on is checked here.
bool is_hit(const TermPattern& pattern, std::string_view text, TermHit& hit) {
  const bool han = is_han_lead(pattern.text.front());
  hit.word_end = static_cast<std::uint32_t>(han ? hit.end : end_of_word(text, hit.end));
  if (han || pattern.anchor == Anchor::kAnywhere) return true;
  if (!starts_word(text, hit.begin)) return false;
  if (pattern.anchor == Anchor::kWord) return hit.word_end == hit.end;
  if (pattern.max_suffix == kAnySuffix) return true;
  const std::string_view suffix = text.substr(hit.end, hit.word_end - hit.end);
  const auto letters =
      std::count_if(suffix.begin(), suffix.end(), [](char b) { return !is_inner(b); });
  return letters <= pattern.max_suffix;
}

int on_match(unsigned int index, unsigned long long from, unsigned long long to, unsigned int,
             void* context) {
  auto& scan = *static_cast<Scan*>(context);
  const TermPattern& pattern = scan.patterns[index];
  TermHit hit{pattern.id, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), 0};
  if (is_hit(pattern, scan.text, hit)) scan.out.push_back(hit);
  return 0;
}

}  // namespace

HyperscanTerms::HyperscanTerms(std::span<const TermPattern> patterns) {
  std::vector<std::string> regexes;
  for (const TermPattern& pattern : patterns) {
    TermPattern folded = pattern;
    folded.text = trimmed_fold(pattern.text);
    if (folded.text.empty()) continue;
    regexes.push_back(regex_of(folded));
    patterns_.push_back(std::move(folded));
  }
  std::vector<const char*> texts;
  std::vector<unsigned int> flags(regexes.size(), HS_FLAG_SOM_LEFTMOST | HS_FLAG_DOTALL);
  std::vector<unsigned int> ids;
  for (const std::string& regex : regexes) {
    ids.push_back(static_cast<unsigned int>(texts.size()));
    texts.push_back(regex.c_str());
  }
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(texts.data(), flags.data(), ids.data(), static_cast<unsigned>(texts.size()),
                       HS_MODE_BLOCK, nullptr, &database_, &error) != HS_SUCCESS ||
      hs_alloc_scratch(database_, &scratch_) != HS_SUCCESS) {
    std::fprintf(stderr, "hyperscan: %s\n", error == nullptr ? "no memory" : error->message);
    std::abort();
  }
}

HyperscanTerms::~HyperscanTerms() {
  hs_free_scratch(scratch_);
  hs_free_database(database_);
}

void HyperscanTerms::scan(std::string_view folded, std::vector<TermHit>& out) {
  out.clear();
  Scan scan{patterns_, folded, out};
  hs_scan(database_, folded.data(), static_cast<unsigned>(folded.size()), 0, scratch_, on_match,
          &scan);
  // An end that several starts lead to is reported for each of them.
  std::sort(out.begin(), out.end(), is_before);
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace steppe
