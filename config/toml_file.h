#pragma once
// A TOML file as a plain tree that remembers where everything was written.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/problems.h"

namespace steppe {

/// Where settings came from: a file, or one environment variable (then `file` is "environment").
struct TomlSource {
  std::string file;
  std::string variable;
};

/// The place of a key or value. Line and column are 1-based; a column counts code points.
/// Line 0 means the source as a whole.
struct TomlPlace {
  std::shared_ptr<const TomlSource> source;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  const std::string& file() const;
  /// "file:line:column", or the file alone.
  std::string to_string() const;
};

struct TomlEntry;

/// A date or time: TOML has them, no option of ours takes one.
struct TomlDate {};

using TomlArray = std::vector<struct TomlNode>;
/// Keys in the order of the file; no key twice.
using TomlTable = std::vector<TomlEntry>;

struct TomlNode {
  TomlPlace place;
  std::variant<bool, std::int64_t, double, std::string, TomlDate, TomlArray, TomlTable> value;

  const TomlTable* table() const { return std::get_if<TomlTable>(&value); }
  const TomlArray* array() const { return std::get_if<TomlArray>(&value); }
  const std::string* string() const { return std::get_if<std::string>(&value); }
  /// The entry of a table, or null.
  const TomlEntry* find(std::string_view key) const;
  TomlEntry* find(std::string_view key);
};

/// The first text of a list that stands before it already, or null.
const TomlNode* repeated_text(const TomlArray& list);

struct TomlEntry {
  std::string key;
  TomlPlace key_place;
  TomlNode value;
};

/// Files beyond this are refused.
inline constexpr std::uintmax_t kMaxTomlBytes = std::uintmax_t{64} << 20;

/// Reads and parses a file. Nothing, and exactly one problem, when it cannot be read, is not UTF-8,
/// is too large, or breaks the syntax (a parser stops at the first such fault). Blocks on the disk.
/// Source: TOML 1.0.0.
std::optional<TomlNode> load_toml(const std::filesystem::path& path, Problems& problems);

/// The same for text at hand; `name` stands for the file in messages.
std::optional<TomlNode> parse_toml(std::string_view text, std::string name, Problems& problems);

}  // namespace steppe
