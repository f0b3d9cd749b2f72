#pragma once
// What the fuzz targets share.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace steppe {

/// The bytes of one run as text.
inline std::string_view fuzz_text(const std::uint8_t* data, std::size_t size) {
  return size == 0 ? std::string_view{}
                   : std::string_view{reinterpret_cast<const char*>(data), size};
}

/// Takes what is before the first newline: an argument in front of the input proper.
inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return line;
}

}  // namespace steppe
