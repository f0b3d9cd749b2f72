#pragma once
// JSON as consumers get it: valid UTF-8, absent members omitted, whole numbers without a fraction.

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace steppe {

/// Thin RapidJSON Writer. One thread at a time.
class JsonOut {
 public:
  JsonOut() : writer_(buffer_) {}

  void begin_object() { writer_.StartObject(); }
  void begin_object(std::string_view name);
  void end_object() { writer_.EndObject(); }
  void begin_array(std::string_view name);
  void end_array() { writer_.EndArray(); }

  /// A text of its own, in an array.
  void element(std::string_view text);

  /// Members. Each is left out when there is nothing to say: an empty text or list, no value,
  /// a number that is not finite, the zero instant.
  void text(std::string_view name, std::string_view value);
  template <typename Texts>
  void texts(std::string_view name, const Texts& values) {
    const auto says = [](const auto& value) { return !value.empty(); };
    if (std::none_of(values.begin(), values.end(), says)) return;
    begin_array(name);
    for (const auto& value : values) {
      if (says(value)) element(value);
    }
    end_array();
  }
  void number(std::string_view name, double value);
  void number(std::string_view name, const std::optional<double>& value);
  void integer(std::string_view name, std::int64_t value);
  void instant(std::string_view name, Instant value);

  /// Always written.
  void boolean(std::string_view name, bool value);
  /// Between 0 and 1.
  void confidence(std::string_view name, double value);
  /// A member whose value is JSON already.
  void raw(std::string_view name, std::string_view json);

  std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  /// RapidJSON's writer, whose texts are copied run by run between the characters to escape. Its
  /// own vector loop lets U+001A to U+001F through (release 1.1.0), its other one goes by bytes.
  class Writer : public rapidjson::Writer<rapidjson::StringBuffer> {
   public:
    using rapidjson::Writer<rapidjson::StringBuffer>::Writer;
    void text(std::string_view valid_utf8);
    void plain(std::string_view nothing_to_escape);
  };

  void name(std::string_view text);  // ours: valid UTF-8, nothing to escape
  void string(std::string_view text);

  rapidjson::StringBuffer buffer_;
  Writer writer_;
};

}  // namespace steppe
