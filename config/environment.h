#pragma once
// Settings from environment variables: STEPPEWATCH__HTTP__CONTACT sets `contact` in [http].

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/option_erased.h"
#include "config/problems.h"
#include "config/toml_file.h"

namespace steppe {

/// Names and values.
using Environment = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::string_view kVariablePrefix = "STEPPEWATCH__";

/// The environment of this process. Call before threads start.
Environment process_environment();

/// The value of a variable; an empty one counts as absent.
std::optional<std::string> find_variable(const Environment& environment, std::string_view name);

/// The variable that sets an option: {"http", "contact"} -> STEPPEWATCH__HTTP__CONTACT.
std::string variable_name(const std::vector<std::string>& path);

/// Writes every variable with our prefix over the settings in `root`, at the option of `table` it
/// names. Empty variables change nothing. In the key of a pass-through table a dot is written `_`
/// (STEPPEWATCH__KAFKA__LIBRDKAFKA__LINGER_MS is `linger.ms`). Lists: `a,b` or a TOML list. Arrays
/// of tables cannot be set. A name that fits no option is a problem in the file "environment".
void apply_environment(const Environment& environment, const OptionTableBase& table, TomlNode& root,
                       Problems& problems);

}  // namespace steppe
