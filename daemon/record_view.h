#pragma once
// A published record as a person wants to read it, for `tail` and `demo`.

#include <string>
#include <string_view>

#include "daemon/record_fields.h"

namespace steppe {

/// Dataset of an envelope line ("items.v1"); empty when it is none.
std::string topic_of_line(std::string_view line);

/// One to a few lines of text, with a newline at the end; empty for records not worth a line.
std::string view_of_line(std::string_view line);

/// One line of a story's reconciled figures: "killed 11 in taraz (asserted, 2 claims, ...)".
std::string view_of_quantity(const JsonObject& figure);

}  // namespace steppe
