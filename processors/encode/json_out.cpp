#include "processors/encode/json_out.h"

#include <algorithm>
#include <cmath>

#include "core/utf8.h"

namespace steppe {

void JsonOut::name(std::string_view text) {
  string(text);
}

void JsonOut::string(std::string_view text) {
  const auto put = [this](std::string_view valid) {
    writer_.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  };
  if (is_valid_utf8(text)) {
    put(text);
  } else {
    std::size_t replaced = 0;
    put(repair_utf8(text, replaced));
  }
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

void JsonOut::texts(std::string_view member, const std::vector<std::string>& values) {
  if (std::all_of(values.begin(), values.end(), [](const auto& value) { return value.empty(); })) {
    return;
  }
  begin_array(member);
  for (const std::string& value : values) {
    if (!value.empty()) string(value);
  }
  end_array();
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
