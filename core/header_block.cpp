#include "core/header_block.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::size_t kUsualFields = 12;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

bool HeaderBlock::add_line(std::string_view line, bool trailer) {
  bytes_ += line.size();
  if (over_limit()) return false;
  if (trailer || line.empty()) return true;
  if (line.starts_with("HTTP/")) {
    fields_.clear();
    return true;
  }
  if (!fields_.empty() && (line.front() == ' ' || line.front() == '\t')) {
    fields_.back().second += " " + std::string(trimmed(line));  // folded line, RFC 9112 5.2
    return true;
  }
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && colon > 0) {
    if (fields_.empty()) fields_.reserve(kUsualFields);
    fields_.emplace_back(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
  }
  return true;
}

std::optional<std::string_view> HeaderBlock::first(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &Fields::value_type::first);
  if (found == fields_.end()) return {};
  return found->second;
}

std::string HeaderBlock::joined(std::string_view name) const {
  std::string out;
  for (const auto& [key, value] : fields_) {
    if (key != name) continue;
    if (!out.empty()) out += ", ";
    out += value;
  }
  return out;
}

std::optional<std::string> HeaderBlock::content_encoding() const {
  std::string name = lower(joined("content-encoding"));
  if (name.empty() || name == "identity") return "";
  if (name == "gzip" || name == "x-gzip") return "gzip";
  if (name == "deflate") return name;
  return {};
}

}  // namespace steppe
