#include "config/toml_file.h"

// The parser asserts on some wrong files ("[.]") just before it reports them: let it report.
#undef NDEBUG
#define TOML_ASSERT(condition) static_assert(true)
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "core/utf8.h"

namespace steppe {
namespace {

using Source = std::shared_ptr<const TomlSource>;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Each dot of a key nests one table and the parser recurses over them: a line with more would let
// a file of a megabyte exhaust the stack.
constexpr std::size_t kMaxDotsPerLine = 1000;

TomlPlace place_of(const toml::source_region& region, const Source& source) {
  return {source, region.begin.line, region.begin.column};
}

bool precedes(const TomlPlace& left, const TomlPlace& right) {
  return std::pair(left.line, left.column) < std::pair(right.line, right.column);
}

TomlNode convert(const toml::node& node, const Source& source);

TomlTable convert_table(const toml::table& table, const Source& source) {
  TomlTable entries;
  entries.reserve(table.size());
  for (const auto& [key, value] : table) {
    entries.push_back(
        {std::string(key.str()), place_of(key.source(), source), convert(value, source)});
  }
  std::sort(entries.begin(), entries.end(), [](const TomlEntry& left, const TomlEntry& right) {
    return precedes(left.key_place, right.key_place);
  });
  return entries;
}

TomlArray convert_array(const toml::array& array, const Source& source) {
  TomlArray nodes;
  nodes.reserve(array.size());
  for (const auto& element : array) nodes.push_back(convert(element, source));
  return nodes;
}

TomlNode convert(const toml::node& node, const Source& source) {
  TomlNode out;
  out.place = place_of(node.source(), source);
  if (const auto* table = node.as_table()) {
    out.value = convert_table(*table, source);
  } else if (const auto* array = node.as_array()) {
    out.value = convert_array(*array, source);
  } else if (const auto* text = node.as_string()) {
    out.value = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.value = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    out.value = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.value = boolean->get();
  } else {
    out.value = TomlDate{};
  }
  return out;
}

/// A position while walking over text.
struct Cursor {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  void pass(char32_t code_point) {
    if (code_point == U'\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
  }
};

std::string not_utf8(std::string_view text, std::size_t at) {
  if (at == 0 && (text.substr(0, 2) == "\xff\xfe" || text.substr(0, 2) == "\xfe\xff")) {
    return "this file is UTF-16; save it as UTF-8";
  }
  char hex[8];
  std::snprintf(hex, sizeof hex, "0x%02X", static_cast<unsigned>(text[at]) & 0xFFU);
  return std::string("the byte ") + hex + " is not valid UTF-8; save the file as UTF-8";
}

/// Finds what the parser cannot report well, or cannot survive. True when there was something.
bool refuse_early(std::string_view text, const std::string& name, Problems& problems) {
  Cursor cursor;
  std::size_t dots = 0;
  for (std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
       at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) {
      problems.add(name, cursor.line, cursor.column, not_utf8(text, at));
      return true;
    }
    dots = point.value == U'\n' ? 0 : dots + (point.value == U'.' ? 1 : 0);
    if (dots > kMaxDotsPerLine) {
      problems.add(
          name, cursor.line, cursor.column,
          "more than " + std::to_string(kMaxDotsPerLine) + " dots in one line; break the line");
      return true;
    }
    cursor.pass(point.value);
    at += point.length;
  }
  return false;
}

std::string syntax_message(std::string_view description) {
  std::string message = "TOML syntax: " + std::string(description);
  if (description.find("determine value type") != std::string_view::npos) {
    message += "; a text value needs quotes, for example name = \"value\"";
  }
  return message + " (the file was not checked further)";
}

std::string read_fault(int error_number) {
  return std::string("cannot read this file: ") + std::strerror(error_number);
}

}  // namespace

const std::string& TomlPlace::file() const {
  static const std::string kNowhere;
  return source ? source->file : kNowhere;
}

std::string TomlPlace::to_string() const {
  if (source && !source->variable.empty()) return source->variable;
  if (line == 0) return file();
  return file() + ":" + std::to_string(line) + ":" + std::to_string(column);
}

const TomlEntry* TomlNode::find(std::string_view key) const {
  const auto* entries = std::get_if<TomlTable>(&value);
  if (entries == nullptr) return nullptr;
  const auto found = std::find_if(entries->begin(), entries->end(),
                                  [&](const TomlEntry& entry) { return entry.key == key; });
  return found == entries->end() ? nullptr : &*found;
}

TomlEntry* TomlNode::find(std::string_view key) {
  return const_cast<TomlEntry*>(std::as_const(*this).find(key));
}

std::optional<TomlNode> load_toml(const std::filesystem::path& path, Problems& problems) {
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) {
    problems.add(path.string(), 0, 0, "this is a directory; name a TOML file");
    return {};
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    problems.add(path.string(), 0, 0, read_fault(errno));
    return {};
  }
  std::string text;
  char chunk[1 << 14];
  while (file.read(chunk, sizeof chunk), file.gcount() > 0) {
    text.append(chunk, static_cast<std::size_t>(file.gcount()));
    if (text.size() <= kMaxTomlBytes) continue;
    problems.add(path.string(), 0, 0, "this file is larger than 64 MiB; split it");
    return {};
  }
  if (file.bad()) {
    problems.add(path.string(), 0, 0, read_fault(errno));
    return {};
  }
  return parse_toml(text, path.string(), problems);
}

std::optional<TomlNode> parse_toml(std::string_view text, std::string name, Problems& problems) {
  if (refuse_early(text, name, problems)) return {};
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    const auto& at = parsed.error().source().begin;
    problems.add(std::move(name), at.line, at.column, syntax_message(parsed.error().description()));
    return {};
  }
  const Source source = std::make_shared<const TomlSource>(TomlSource{std::move(name), {}});
  TomlNode root;
  root.place = {source, 0, 0};
  root.value = convert_table(parsed.table(), source);
  return root;
}

}  // namespace steppe
