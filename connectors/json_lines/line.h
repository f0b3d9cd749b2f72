#pragma once
// One record as one line, and what a line tells about its writer.

#include <optional>
#include <string>
#include <string_view>

#include "core/record.h"

namespace steppe::json_lines {

inline constexpr std::string_view kLineStart = R"({"topic":")";

/// Appends `{"topic","key","headers":{...},"value":...}` and a newline. The value's bytes are taken
/// over, except that a line break between its tokens becomes a space; an empty value is `null`.
/// `src-id`, `src-generation` and `src-seq` come last in the headers.
void append_line(std::string& out, const OutboxRow& row, const WriterIdentity& writer);

/// Writer and sequence of a line (without its newline); nothing when it was not made by
/// append_line().
std::optional<Checkpoint> read_line(std::string_view line);

}  // namespace steppe::json_lines
