#pragma once
// Reads the tab-separated data files that are compiled in: one row a line, '#' starts a comment
// line.

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace steppe {

inline constexpr std::size_t kMaxColumns = 4;
using DataRow = std::array<std::string_view, kMaxColumns>;

/// Calls `use(row)` for each row, missing columns empty. `data` must outlive what `use` keeps.
template <typename Use>
void for_each_row(std::string_view data, Use use) {
  while (!data.empty()) {
    const std::size_t end = data.find('\n');
    std::string_view line = data.substr(0, end);
    data = end == std::string_view::npos ? std::string_view{} : data.substr(end + 1);
    if (line.empty() || line[0] == '#') continue;
    DataRow row;
    for (std::size_t column = 0; column < kMaxColumns; ++column) {
      const std::size_t tab = line.find('\t');
      row[column] = line.substr(0, tab);
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    use(row);
  }
}

/// All rows; `data` must outlive them.
inline std::vector<DataRow> all_rows(std::string_view data) {
  std::vector<DataRow> rows;
  for_each_row(data, [&rows](const DataRow& row) { rows.push_back(row); });
  return rows;
}

}  // namespace steppe
