#include "processors/clean/entities.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <unordered_map>

#include "core/byte_lanes.h"
#include "core/utf8.h"
#include "processors/clean/data_rows.h"

namespace steppe {

extern const std::string_view kHtmlEntities;  // config/data/html_entities.tsv

namespace {

struct Entity {
  std::string text;
  bool bare = false;   // also a reference without semicolon
  std::string in_xml;  // when it means something else there
};

constexpr std::size_t kLongestName = 31;
constexpr std::size_t kLongestBareName = 6;

std::string code_points(std::string_view list) {
  std::string out;
  while (!list.empty()) {
    std::uint32_t value = 0;
    const auto [end, fault] = std::from_chars(list.data(), list.data() + list.size(), value, 16);
    append_utf8(out, value);
    const auto used = static_cast<std::size_t>(end - list.data());
    if (fault != std::errc{} || used >= list.size()) break;
    list.remove_prefix(used + 1);
  }
  return out;
}

const std::unordered_map<std::string_view, Entity>& entities() {
  static const auto table = [] {
    std::unordered_map<std::string_view, Entity> map;
    map.reserve(2400);
    for_each_row(kHtmlEntities, [&map](const DataRow& row) {
      map.emplace(row[0], Entity{code_points(row[1]), row[2] == "bare", code_points(row[3])});
    });
    return map;
  }();
  return table;
}

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// windows-1252 meaning of 128..159; 0 = no meaning.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t meant_code_point(std::uint32_t value) {
  if (value >= 128 && value < 160) {
    const char16_t meant = kWindows1252[value - 128];
    return meant == 0 ? value : meant;
  }
  const bool control = value < 32 && value != '\t' && value != '\n' && value != '\r';
  if (control || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0xFFFD;
  return value;
}

std::size_t append_number(std::string& out, std::string_view text, std::size_t at,
                          ReferenceContext context) {
  std::size_t digits = at + 2;
  int base = 10;
  if (digits < text.size() && (text[digits] | 0x20) == 'x') {
    base = 16;
    ++digits;
  }
  std::uint32_t value = 0;
  const char* first = text.data() + digits;
  const auto [end, fault] = std::from_chars(first, text.data() + text.size(), value, base);
  if (end == first) return 0;
  if (fault != std::errc{}) value = 0xFFFD;
  auto used = static_cast<std::size_t>(end - text.data());
  if (used < text.size() && text[used] == ';') {
    ++used;
  } else if (context == ReferenceContext::kXml) {
    return 0;
  }
  append_utf8(out, meant_code_point(value));
  return used - at;
}

std::size_t append_bare_name(std::string& out, std::string_view name, char following,
                             ReferenceContext context) {
  for (std::size_t length = std::min(name.size(), kLongestBareName); length >= 2; --length) {
    const auto found = entities().find(name.substr(0, length));
    if (found == entities().end() || !found->second.bare) continue;
    const char next = length < name.size() ? name[length] : following;
    if (context == ReferenceContext::kHtmlAttribute && (is_alnum(next) || next == '=')) return 0;
    out += found->second.text;
    return length + 1;
  }
  return 0;
}

std::size_t append_name(std::string& out, std::string_view text, std::size_t at,
                        ReferenceContext context) {
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kLongestName && is_alnum(text[end])) ++end;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (name.empty()) return 0;
  const char following = end < text.size() ? text[end] : '\0';
  if (following == ';') {
    const auto found = entities().find(name);
    if (found != entities().end()) {
      const bool other = context == ReferenceContext::kXml && !found->second.in_xml.empty();
      out += other ? found->second.in_xml : found->second.text;
      return end + 1 - at;
    }
  }
  if (context == ReferenceContext::kXml) return 0;
  return append_bare_name(out, name, following, context);
}

struct CommonReference {
  char meant = '\0';
  std::size_t size = 0;  // 0: another one
};

// A literal's length is known to the compiler, which then needs no call.
template <std::size_t kSize>
bool begins(std::string_view text, const char (&with)[kSize]) {
  return text.size() >= kSize - 1 && std::memcmp(text.data(), with, kSize - 1) == 0;
}

// The five of XML, by far the most frequent. `rest` begins with '&'.
[[gnu::always_inline]] inline CommonReference common_reference(std::string_view rest) {
  if (begins(rest, "&lt;")) return {'<', 4};
  if (begins(rest, "&gt;")) return {'>', 4};
  if (begins(rest, "&quot;")) return {'"', 6};
  if (begins(rest, "&amp;")) return {'&', 5};
  if (begins(rest, "&apos;")) return {'\'', 6};
  return {};
}

// Copies `text` up to the first '&' to where there is room for all of it and a block more. Returns
// the bytes up to there.
std::size_t copy_to_ampersand(char* to, std::string_view text) {
  std::size_t at = 0;
  for (; at + kLanes <= text.size(); at += kLanes) {
    const Bytes16 block = load16(text.data() + at);
    store16(to + at, block);
    const std::uint32_t found = bits_of(block == '&');
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
  }
  for (; at < text.size() && text[at] != '&'; ++at) to[at] = text[at];
  return at;
}

// The first of & < > " at or after `at`; the size when there is none.
std::size_t next_to_escape(std::string_view text, std::size_t at) {
  for (; at + kLanes <= text.size(); at += kLanes) {
    const Bytes16 block = load16(text.data() + at);
    const std::uint32_t found =
        bits_of((block == '&') | (block == '<') | (block == '>') | (block == '"'));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
  }
  const auto plain = [](char c) { return c != '&' && c != '<' && c != '>' && c != '"'; };
  while (at < text.size() && plain(text[at])) ++at;
  return at;
}

}  // namespace

std::size_t append_reference(std::string& out, std::string_view text, std::size_t at,
                             ReferenceContext context) {
  if (at + 1 >= text.size()) return 0;
  if (text[at + 1] == '#') return append_number(out, text, at, context);
  const CommonReference common = common_reference(text.substr(at));
  if (common.size == 0) return append_name(out, text, at, context);
  out.push_back(common.meant);
  return common.size;
}

bool append_decoded(std::string& out, std::string_view text, ReferenceContext context) {
  constexpr std::size_t kSpare = kLanes;
  std::string other;
  bool any_other = false;
  std::size_t written = out.size();
  out.resize(written + text.size() + kSpare);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = copy_to_ampersand(&out[written], text.substr(at));
    written += plain;
    at += plain;
    if (at == text.size()) break;
    const CommonReference common = common_reference(text.substr(at));
    if (common.size != 0) {
      out[written++] = common.meant;
      at += common.size;
      continue;
    }
    other.clear();
    const std::size_t used = append_reference(other, text, at, context);
    any_other = any_other || used != 0;
    if (used == 0) other = '&';
    at += used == 0 ? 1 : used;
    // What a name stands for can be longer than the name.
    const std::size_t room = written + other.size() + (text.size() - at) + kSpare;
    if (room > out.size()) out.resize(std::max(room, out.size() + out.size() / 2));
    other.copy(&out[written], other.size());
    written += other.size();
  }
  out.resize(written);
  return any_other;
}

std::string decode_references(std::string_view text, ReferenceContext context) {
  std::string out;
  out.reserve(text.size());
  append_decoded(out, text, context);
  return out;
}

void append_escaped(std::string& out, std::string_view text, bool quotes) {
  std::size_t done = 0;
  out.reserve(out.size() + text.size());
  for (std::size_t at = next_to_escape(text, 0); at < text.size();
       at = next_to_escape(text, at + 1)) {
    std::string_view escape;
    switch (text[at]) {
      case '&': escape = "&amp;"; break;
      case '<': escape = "&lt;"; break;
      case '>': escape = "&gt;"; break;
      default: escape = "&quot;";
    }
    if (text[at] == '"' && !quotes) continue;
    out.append(text, done, at - done);
    out += escape;
    done = at + 1;
  }
  out.append(text.substr(done));
}

}  // namespace steppe
