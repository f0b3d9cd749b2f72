#include "processors/parse/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/c_handle.h"
#include "core/utf8.h"
#include "processors/clean/html_tokenizer.h"
#include "processors/parse/control_characters.h"
#include "processors/parse/single_byte.h"

namespace steppe {
namespace {

using Converter = CHandle<UConverter, &ucnv_close>;
using Detector = CHandle<UCharsetDetector, &ucsdet_close>;

constexpr std::size_t kDeclarationWindow = 1024;
constexpr std::size_t kSparePadding = 64;  // what simdjson wants behind a text
constexpr std::size_t kLongestLabel = 64;
constexpr std::size_t kSniffWindow = 16384;

struct Conversion {
  std::string text;
  std::size_t replaced = 0;
};

struct LabelAlias {
  std::string_view label;
  std::string_view meant;
};
// Labels that in practice mean a superset, and names ICU does not know.
constexpr LabelAlias kAliases[] = {
    {"iso-8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"cp936", "gb18030"},
    {"big5", "big5-hkscs"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"tis-620", "windows-874"},
    {"iso-8859-9", "windows-1254"},
    {"cp1251", "windows-1251"},
    {"win-1251", "windows-1251"},
    {"cp-1251", "windows-1251"},
    {"koi8r", "koi8-r"},
    {"cp874", "windows-874"},
    {"macgreek", "x-mac-greek"},
    {"mac-greek", "x-mac-greek"},
    {"macturkish", "x-mac-turkish"},
    {"maclatin2", "x-mac-ce"},
    {"maciceland", "macintosh"},
    {"utf8", "utf-8"},
    {"unicode", "utf-16"},
    {"u16", "utf-16"},
    {"mac_cyrillic", "x-mac-cyrillic"},
    {"maccyrillic", "x-mac-cyrillic"},
};

// Labels come from outside and go to ICU and into the output: only what IANA names are made of.
std::string plain_label(std::string_view label) {
  std::string lower = lower_ascii(label.substr(0, kLongestLabel));
  std::erase_if(lower, [](char c) {
    const bool digit = c >= '0' && c <= '9';
    return !digit && !is_ascii_letter(c) &&
           std::string_view("-_.:+()").find(c) == std::string::npos;
  });
  return lower;
}

std::string meant_label(std::string_view label) {
  std::string lower = plain_label(label);
  for (const LabelAlias& alias : kAliases) {
    if (alias.label == lower) return std::string(alias.meant);
  }
  return lower;
}

Converter open_converter(const std::string& label) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(label.c_str(), &status));
  if (U_FAILURE(status)) return {};
  return converter;
}

std::size_t count_replacements(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("\xEF\xBF\xBD"); at != text.npos;
       at = text.find("\xEF\xBF\xBD", at + 3)) {
    ++count;
  }
  return count;
}

// Converts through ICU; nothing when the label is unknown.
std::optional<Conversion> convert_general(std::string_view bytes, const std::string& label) {
  const Converter from = open_converter(label);
  if (!from) return {};
  UErrorCode status = U_ZERO_ERROR;
  const Converter to(ucnv_open("utf-8", &status));
  if (U_FAILURE(status)) return {};
  Conversion result;
  result.text.reserve(bytes.size() + bytes.size() / 2 + 16);
  std::array<UChar, 4096> pivot{};
  std::array<char, 16384> chunk{};
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  bool reset = true;
  do {
    char* target = chunk.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source, end,
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(),
                   static_cast<UBool>(reset), static_cast<UBool>(true), &status);
    reset = false;
    result.text.append(chunk.data(), static_cast<std::size_t>(target - chunk.data()));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status)) return {};
  result.replaced = count_replacements(result.text);
  return result;
}

// Converts all of `bytes`; nothing when the label is unknown.
std::optional<Conversion> convert(std::string_view bytes, std::string_view label) {
  const std::string meant = meant_label(label);
  for (const std::string& name : {meant, "cp" + meant, "ibm-" + meant}) {
    Conversion result;
    if (auto text = decode_single_byte(bytes, name, result.replaced)) {
      result.text = std::move(*text);
      return result;
    }
    if (auto general = convert_general(bytes, name)) return general;
  }
  return {};
}

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};

// Byte order marks and, without one, how "<?" or "<r" look in wide encodings.
std::string_view wide_encoding(std::string_view bytes, std::size_t& skip) {
  using std::string_view_literals::operator""sv;
  constexpr Mark kMarks[] = {{"\x00\x00\xFE\xFF"sv, "utf-32be"},
                             {"\xFF\xFE\x00\x00"sv, "utf-32le"},
                             {"\xEF\xBB\xBF"sv, "utf-8"},
                             {"\xFE\xFF"sv, "utf-16be"},
                             {"\xFF\xFE"sv, "utf-16le"}};
  for (const Mark& mark : kMarks) {
    if (bytes.substr(0, mark.bytes.size()) != mark.bytes) continue;
    skip = mark.bytes.size();
    return mark.encoding;
  }
  skip = 0;
  if (bytes.size() < 4) return {};
  if (bytes.substr(0, 4) == "\x4C\x6F\xA7\x94"sv) return "ebcdic";
  const auto zero = [bytes](std::size_t i) { return bytes[i] == '\0'; };
  if (zero(0) && zero(1) && zero(2) && !zero(3)) return "utf-32be";
  if (!zero(0) && zero(1) && zero(2) && zero(3)) return "utf-32le";
  if (zero(0) && !zero(1) && zero(2) && !zero(3)) return "utf-16be";
  if (!zero(0) && zero(1) && !zero(2) && zero(3)) return "utf-16le";
  return {};
}

bool is_stateful(std::string_view label) {
  const std::string lower = lower_ascii(label);
  return lower.find("2022") != std::string::npos || lower.find("utf-7") != std::string::npos ||
         lower.find("utf7") != std::string::npos || lower == "hz" || lower == "hz-gb-2312";
}

bool has_high_bytes(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) { return (c & '\x80') != 0; });
}

struct Utf8Fit {
  std::size_t good = 0;  // valid multi-byte sequences
  std::size_t bad = 0;
};

Utf8Fit measure_utf8(std::string_view bytes) {
  Utf8Fit fit;
  for (std::size_t at = 0; at < bytes.size();) {
    if ((bytes[at] & '\x80') == 0) {
      ++at;
      continue;
    }
    const CodePoint point = decode_utf8(bytes, at);
    ++(point.valid ? fit.good : fit.bad);
    at += point.length;
  }
  return fit;
}

// The statistical guess for bytes that are no UTF-8. Source: ICU charset detection.
std::string guess_encoding(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const Detector detector(ucsdet_open(&status));
  const auto first_high =
      std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & '\x80') != 0; });
  const auto skip = static_cast<std::size_t>(first_high - bytes.begin());
  bytes = bytes.substr(skip > 512 ? skip - 512 : 0, kSniffWindow);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  ucsdet_enableInputFilter(detector.get(), static_cast<UBool>(true));
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return "windows-1252";
  const std::string name = lower_ascii(ucsdet_getName(match, &status));
  const int confidence = ucsdet_getConfidence(match, &status);
  const bool plausible = confidence >= 10 && name != "utf-8" && name.substr(0, 6) != "utf-16" &&
                         name.substr(0, 6) != "utf-32" && name.substr(0, 3) != "ibm";
  return plausible ? meant_label(name) : "windows-1252";
}

/// Decides the encoding of one document.
class Decoder {
 public:
  Decoder(std::string_view bytes, std::string_view content_type)
      : bytes_(bytes), content_type_(content_type) {}

  DecodedText run() {
    const std::string_view all = bytes_;
    decode();
    const CharacterCensus census = take_census(result_.view(all));
    result_.latin1 = census.latin1;
    if (census.forbidden || census.carriage_returns) result_.own(all);
    if (census.forbidden) {
      remove_control_characters(result_.text);
      warn("control_characters");
    }
    if (census.carriage_returns) unify_line_ends(result_.text);
    return std::move(result_);
  }

 private:
  void warn(std::string_view name) { result_.warnings.emplace_back(name); }

  void decode() {
    std::size_t skip = 0;
    const std::string_view wide = wide_encoding(bytes_, skip);
    bytes_.remove_prefix(skip);
    result_.mark_bytes = skip;
    if (wide == "ebcdic") {
      decode_ebcdic();
    } else if (!wide.empty() && wide != "utf-8") {
      take_wide(wide);
    } else {
      decode_narrow(wide == "utf-8");
    }
  }

  bool take(std::string_view label) {
    auto converted = convert(bytes_, label);
    if (!converted) return false;
    if (converted->replaced > 0) warn("invalid_sequences");
    result_.text = std::move(converted->text);
    result_.encoding = plain_label(label);
    return true;
  }

  void take_wide(std::string_view encoding) {
    take(encoding);
    result_.encoding = encoding;
  }

  void note_label(std::string_view label_said) {
    const std::string label = meant_label(label_said);
    const bool ascii_label = label == "windows-1252" && !has_high_bytes(bytes_);
    if (!label.empty() && label != "utf-8" && !ascii_label) warn("encoding_mismatch");
    result_.encoding = "utf-8";
  }

  void take_valid_utf8(std::string_view label_said) {
    note_label(label_said);
    result_.as_received = true;
  }

  void take_utf8(std::string_view label_said) {
    note_label(label_said);
    std::size_t replaced = 0;
    result_.text = repair_utf8(bytes_, replaced);
    if (replaced > 0) warn("invalid_sequences");
  }

  void decode_ebcdic() {
    const auto first = convert(bytes_.substr(0, kDeclarationWindow), "ibm-37");
    const std::string label(first ? declared_encoding(first->text) : "");
    if (label.empty() || !take(label)) take("ibm-37");
  }

  void decode_narrow(bool mark) {
    const std::string_view declared = declared_encoding(bytes_.substr(0, kDeclarationWindow));
    const std::string_view served = charset_parameter(content_type_);
    if (is_valid_utf8(bytes_)) {
      const std::string_view label = declared.empty() ? served : declared;
      if (!mark && is_stateful(label) && !has_high_bytes(bytes_) && take(label)) return;
      return take_valid_utf8(label);
    }
    if (mark) return take_utf8("utf-8");
    for (const std::string_view label : {declared, served}) {
      if (!label.empty() && take_label(label)) return;
    }
    take_guess();
  }

  // True when `label` is known and fits the bytes well enough.
  bool take_label(std::string_view label) {
    const std::string meant = meant_label(label);
    if (meant == "utf-8") {
      const Utf8Fit fit = measure_utf8(bytes_);
      if (fit.bad > fit.good) {
        warn("encoding_mismatch");
        return false;
      }
      take_utf8("utf-8");
      return true;
    }
    const auto converted = convert(bytes_, meant);
    if (!converted) {
      warn("unknown_encoding");
      return false;
    }
    const bool hopeless = converted->replaced * 10 > bytes_.size() + 100;
    if (hopeless) {
      warn("encoding_mismatch");
      return false;
    }
    return take(label);
  }

  void take_guess() {
    warn("encoding_guessed");
    const Utf8Fit fit = measure_utf8(bytes_);
    if (fit.good > fit.bad) return take_utf8("utf-8");
    if (!take(guess_encoding(bytes_)) && !take("windows-1252")) take_utf8("utf-8");
  }

  std::string_view bytes_;
  std::string_view content_type_;
  DecodedText result_;
};

}  // namespace

std::string_view charset_parameter(std::string_view content_type) {
  std::size_t at = 0;
  for (; at + 8 <= content_type.size(); ++at) {
    if (equals_ignoring_case(content_type.substr(at, 8), "charset=")) break;
  }
  if (at + 8 > content_type.size()) return {};
  std::string_view value = content_type.substr(at + 8);
  while (!value.empty() && (is_html_space(value[0]) || value[0] == '"' || value[0] == '\'')) {
    value.remove_prefix(1);
  }
  return value.substr(0, value.find_first_of(" \t;,\"'"));
}

std::string_view declared_encoding(std::string_view text) {
  text = text.substr(0, kDeclarationWindow);
  const std::size_t begin = text.find("<?xml");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin);
  text = text.substr(0, text.find('>'));
  const std::size_t name = text.find("encoding");
  if (name == std::string_view::npos) return {};
  text = text.substr(name + 8);
  const std::size_t quote = text.find_first_of("\"'");
  if (quote == std::string_view::npos) return {};
  const std::size_t close = text.find_first_of("\"'", quote + 1);
  std::string_view value = text.substr(quote + 1, close == text.npos ? close : close - quote - 1);
  while (!value.empty() && is_html_space(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_html_space(value.back())) value.remove_suffix(1);
  return value;
}

void DecodedText::own(std::string_view bytes) {
  if (!as_received) return;
  bytes.remove_prefix(mark_bytes);
  text.reserve(bytes.size() + kSparePadding);
  text = bytes;
  as_received = false;
}

DecodedText decode_in_place(std::string_view bytes, std::string_view content_type) {
  return Decoder(bytes, content_type).run();
}

DecodedText decode_text(std::string_view bytes, std::string_view content_type) {
  DecodedText decoded = decode_in_place(bytes, content_type);
  decoded.own(bytes);
  return decoded;
}

}  // namespace steppe
