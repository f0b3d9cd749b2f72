#pragma once
// Lines of JSON from outside, as the batch commands read them.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/result.h"

namespace steppe {

/// The string members of one flat JSON object; numbers and booleans in their JSON spelling, nested
/// values and nulls left out.
Result<std::unordered_map<std::string, std::string>> read_flat_object(std::string_view line);

/// Calls `each` with every line of `file` ("" or "-": stdin), without its newline.
/// Errors: kStorage when the file cannot be read.
Result<void> for_each_line(const std::string& file,
                           const std::function<void(const std::string&)>& each);

/// The whole of `file` ("" or "-": stdin), at most `max_bytes`.
Result<std::string> read_all(const std::string& file, std::size_t max_bytes);

}  // namespace steppe
