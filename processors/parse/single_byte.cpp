#include "processors/parse/single_byte.h"

#include <unicode/ucnv.h>

#include <array>
#include <cstdint>
#include <map>

#include "core/c_handle.h"
#include "core/utf8.h"

namespace steppe {
namespace {

using Converter = CHandle<UConverter, &ucnv_close>;
using Table = std::array<char32_t, 256>;

constexpr char32_t kNone = 0xFFFD;

// KOI8-T (Tajik) from 0x80 to 0xBF; above it is KOI8-R.
constexpr std::array<char16_t, 64> kTajik = {
    0x049B, 0x0493, 0x201A, 0x0492, 0x201E, 0x2026, 0x2020, 0x2021, 0xFFFD, 0x2030, 0x04B3,
    0x2039, 0x04B2, 0x04B7, 0x04B6, 0xFFFD, 0x049A, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0xFFFD, 0x2122, 0xFFFD, 0x203A, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD,
    0x04EF, 0x04EE, 0x0451, 0x00A4, 0x04E3, 0x00A6, 0x00A7, 0xFFFD, 0xFFFD, 0xFFFD, 0x00AB,
    0x00AC, 0x00AD, 0x00AE, 0xFFFD, 0x00B0, 0x00B1, 0x00B2, 0x0401, 0xFFFD, 0x04E2, 0x00B6,
    0x00B7, 0xFFFD, 0x2116, 0xFFFD, 0x00BB, 0xFFFD, 0xFFFD, 0xFFFD, 0x00A9};

std::optional<Table> make_table(const std::string& label) {
  const bool tajik = label == "koi8-t";
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(tajik ? "koi8-r" : label.c_str(), &status));
  if (U_FAILURE(status) || ucnv_getType(converter.get()) != UCNV_SBCS) return {};
  Table table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const char source = static_cast<char>(byte);
    const char* from = &source;
    status = U_ZERO_ERROR;
    ucnv_reset(converter.get());
    const UChar32 c = ucnv_getNextUChar(converter.get(), &from, from + 1, &status);
    table[byte] = U_FAILURE(status) ? kNone : static_cast<char32_t>(c);
  }
  for (std::size_t i = 0; tajik && i < kTajik.size(); ++i) table[0x80 + i] = kTajik[i];
  return table;
}

bool is_itself(const Table& table, char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 && table[byte] == byte;
}

const std::optional<Table>& table_of(const std::string& label) {
  thread_local std::map<std::string, std::optional<Table>> cache;
  if (cache.size() > 64) cache.clear();
  const auto found = cache.find(label);
  return found != cache.end() ? found->second
                              : cache.emplace(label, make_table(label)).first->second;
}

}  // namespace

std::optional<std::string> decode_single_byte(std::string_view bytes, const std::string& label,
                                              std::size_t& replaced) {
  const std::optional<Table>& table = table_of(label);
  if (!table) return {};
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 2 + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t end = at;
    while (end < bytes.size() && is_itself(*table, bytes[end])) ++end;
    text.append(bytes, at, end - at);
    at = end;
    if (at >= bytes.size()) break;
    const char32_t c = (*table)[static_cast<unsigned char>(bytes[at++])];
    if (c == kNone) ++replaced;
    append_utf8(text, c);
  }
  return text;
}

}  // namespace steppe
