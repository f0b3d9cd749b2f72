#pragma once
// Published records as a flat table of figures, events or claims, for spreadsheets and maps.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/record_fields.h"

namespace steppe {

enum class ExportKind : std::uint8_t { kFigures, kEvents, kClaims };

struct ExportColumn {
  std::string_view name;
  std::string_view hxl;  // tag of the Humanitarian Exchange Language; empty: none
  bool number = false;
};

struct ExportPlace {
  std::string name;  // in English, where known
  std::optional<double> lat, lon;
};

/// Cells in the order of the columns, empty when absent.
struct ExportRow {
  std::vector<std::string> cells;
  std::optional<double> lat, lon;
};

std::span<const ExportColumn> export_columns(ExportKind kind);

/// Takes records one after the other and keeps the newest revision of each item and claim. One
/// thread at a time. Holds all rows in memory, at most `kMaxRows`.
class ExportTable {
 public:
  explicit ExportTable(ExportKind kind) : kind_(kind) {}
  static constexpr std::size_t kMaxRows = 2'000'000;

  /// One line: an envelope {"topic","key","headers","value"}, or the value alone. Lines that are no
  /// record of this project are counted, not reported.
  void take(std::string_view line);

  /// Rows by id: figures with the newest status a claim record gave them, claims with the place
  /// that items of the input have under its key.
  std::vector<ExportRow> rows() const;

  std::size_t refused() const { return refused_; }
  bool full() const { return full_; }

 private:
  struct Entry {
    std::int64_t revision = 0;
    std::vector<ExportRow> rows;
  };

  void take_item(const JsonObject& item);
  void take_claim(const JsonObject& claim);
  void keep(const std::string& id, std::int64_t revision, std::vector<ExportRow> rows);
  void set_status(ExportRow& row) const;
  void set_place(ExportRow& row) const;

  static constexpr std::size_t kMaxPlaces = 100'000;
  ExportKind kind_;
  std::map<std::string, Entry> entries_;                                  // by item or claim
  std::map<std::string, std::pair<std::int64_t, std::string>> statuses_;  // by claim
  std::map<std::string, ExportPlace> places_;                             // by key
  std::size_t count_ = 0;
  std::size_t refused_ = 0;
  bool full_ = false;
  simdjson::dom::parser parser_;
};

}  // namespace steppe
