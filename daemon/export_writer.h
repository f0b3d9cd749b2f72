#pragma once
// Rows of an export as CSV or GeoJSON, with notes on method and sources.

#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "daemon/export_table.h"

namespace steppe {

/// What a reader of an export must know: how it was made, and whom to credit.
std::vector<std::string> export_notes(ExportKind kind);

/// RFC 4180 with a header row; the last column, `note`, says the same in every row. With `hxl` a
/// row of HXL tags after the header. A text that a spreadsheet would take for a formula gets a
/// leading apostrophe. False when writing failed.
bool write_csv(ExportKind kind, std::span<const ExportRow> rows, bool hxl, std::FILE* out);

/// RFC 7946: one feature a row, a point where the place is known, else a null geometry. The notes
/// are in the member `notes` of the collection. False when writing failed.
bool write_geojson(ExportKind kind, std::span<const ExportRow> rows, std::FILE* out);

}  // namespace steppe
