#pragma once
// The option reference, generated from the tables.

#include <string>

#include "config/option_erased.h"

namespace steppe {

/// Every option of `table` and its sections as Markdown: key, type, default, bounds, variable, help
/// and example. The same tables give the same bytes. `table` is ConfigLoader::table().
std::string render_reference(const OptionTableBase& table);

}  // namespace steppe
