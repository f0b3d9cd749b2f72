#include "processors/encode/json_out.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/byte_lanes.h"
#include "core/utf8.h"

namespace steppe {
namespace {

constexpr char kAsNumber = 'u';

// How RFC 8259 escapes a character; 0: as it is.
constexpr auto kEscapes = [] {
  std::array<char, 256> escapes{};
  for (std::size_t c = 0; c < 0x20; ++c) escapes[c] = kAsNumber;
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

char escape_of(char c) {
  return kEscapes[static_cast<unsigned char>(c)];
}

bool needs_escape(std::string_view text) {
  const auto has_special = [](Bytes16 block) {
    return any((block < ' ') | (block == '"') | (block == '\\'));
  };
  if (text.size() < kLanes) return has_special(load_padded(text.data(), text.size()));
  for (std::size_t at = 0; at + kLanes <= text.size(); at += kLanes) {
    if (has_special(load16(text.data() + at))) return true;
  }
  return has_special(load16(text.data() + text.size() - kLanes));
}

}  // namespace

void JsonOut::Writer::plain(std::string_view text) {
  Prefix(rapidjson::kStringType);
  char* const at = os_->Push(text.size() + 2);
  *at = '"';
  text.copy(at + 1, text.size());
  at[text.size() + 1] = '"';
}

void JsonOut::Writer::text(std::string_view text) {
  if (!needs_escape(text)) return plain(text);
  constexpr std::string_view kHex = "0123456789ABCDEF";
  Prefix(rapidjson::kStringType);
  const auto put = [this](std::string_view bytes) {
    bytes.copy(os_->Push(bytes.size()), bytes.size());
  };
  put("\"");
  while (!text.empty()) {
    const auto* const stop = std::find_if(text.begin(), text.end(), escape_of);
    put(text.substr(0, static_cast<std::size_t>(stop - text.begin())));
    text.remove_prefix(static_cast<std::size_t>(stop - text.begin()));
    if (text.empty()) break;
    const char escape = escape_of(text.front());
    const std::array<char, 2> short_form{'\\', escape};
    put({short_form.data(), short_form.size()});
    if (escape == kAsNumber) {
      const auto code = static_cast<unsigned char>(text.front());
      const std::array<char, 4> digits{'0', '0', kHex[code >> 4U], kHex[code & 15U]};
      put({digits.data(), digits.size()});
    }
    text.remove_prefix(1);
  }
  put("\"");
}

void JsonOut::name(std::string_view text) {
  writer_.plain(text);
}

void JsonOut::string(std::string_view text) {
  if (is_valid_utf8(text)) return writer_.text(text);
  std::size_t replaced = 0;
  writer_.text(repair_utf8(text, replaced));
}

void JsonOut::begin_object(std::string_view member) {
  name(member);
  writer_.StartObject();
}

void JsonOut::begin_array(std::string_view member) {
  name(member);
  writer_.StartArray();
}

void JsonOut::element(std::string_view text) {
  string(text);
}

void JsonOut::text(std::string_view member, std::string_view value) {
  if (value.empty()) return;
  name(member);
  string(value);
}

void JsonOut::number(std::string_view member, double value) {
  constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
  if (!std::isfinite(value)) return;
  name(member);
  if (std::abs(value) < kExactIntegers && std::trunc(value) == value) {
    writer_.Int64(static_cast<std::int64_t>(value));
  } else {
    writer_.Double(value);
  }
}

void JsonOut::number(std::string_view member, const std::optional<double>& value) {
  if (value) number(member, *value);
}

void JsonOut::integer(std::string_view member, std::int64_t value) {
  name(member);
  writer_.Int64(value);
}

void JsonOut::instant(std::string_view member, Instant value) {
  if (value != Instant{}) text(member, to_rfc3339(value));
}

void JsonOut::boolean(std::string_view member, bool value) {
  name(member);
  writer_.Bool(value);
}

void JsonOut::confidence(std::string_view member, double value) {
  number(member, std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0);
}

void JsonOut::raw(std::string_view member, std::string_view json) {
  name(member);
  writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

}  // namespace steppe
