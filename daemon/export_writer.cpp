#include "daemon/export_writer.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "processors/encode/json_out.h"

namespace steppe {
namespace {

/// True when a spreadsheet may take the text for a formula: it begins with a sign of one, of full
/// width too, or with a space or line break that is left out.
/// Source: OWASP, CSV Injection.
bool is_like_formula(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n");
  if (begin == std::string_view::npos) return false;
  text.remove_prefix(begin);
  constexpr std::array<std::string_view, 10> kSigns = {
      "=",           "+", "-", "@", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
      "\xEF\xBC\xA0"};
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [text](std::string_view sign) { return text.starts_with(sign); });
}

std::string csv_cell(const std::string& text, bool number) {
  std::string cell = text;
  if (!number && is_like_formula(cell)) cell.insert(cell.begin(), '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos && !cell.starts_with('#')) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

void add_line(std::string& out, std::span<const std::string> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    out += cells[i];
  }
  out += "\r\n";
}

bool put(const std::string& text, std::FILE* out) {
  return std::fwrite(text.data(), 1, text.size(), out) == text.size();
}

std::string feature(std::span<const ExportColumn> columns, const ExportRow& row) {
  JsonOut json;
  json.begin_object();
  json.text("type", "Feature");
  if (row.lat && row.lon) {
    char point[120];
    std::snprintf(point, sizeof point, R"({"type":"Point","coordinates":[%.7g,%.7g]})", *row.lon,
                  *row.lat);
    json.raw("geometry", point);
  } else {
    json.raw("geometry", "null");
  }
  json.begin_object("properties");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == "lat" || columns[i].name == "lon") continue;
    if (!columns[i].number) {
      json.text(columns[i].name, row.cells[i]);
    } else if (!row.cells[i].empty()) {
      json.number(columns[i].name, std::strtod(row.cells[i].c_str(), nullptr));
    }
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace

std::vector<std::string> export_notes(ExportKind kind) {
  std::vector<std::string> notes = {
      "Made by Steppewatch from published news records, by rules and without human review."};
  if (kind == ExportKind::kEvents) {
    notes.emplace_back("An event is what a text says, with its modality; one row is one text.");
  } else {
    notes.emplace_back("A figure is a claim: who is named said it, as of the day given.");
    notes.emplace_back("Figures of one story must not be added up.");
    notes.emplace_back("A vague amount has no value; vague_value follows the ACLED convention.");
    notes.emplace_back("status is the newest in the input; retracted rows are kept on purpose.");
  }
  notes.emplace_back("Coordinates (WGS84) are the centre of the named place.");
  notes.emplace_back("Place data: GeoNames, CC BY 4.0. Evidence texts belong to their publishers.");
  return notes;
}

bool write_csv(ExportKind kind, std::span<const ExportRow> rows, bool hxl, std::FILE* out) {
  const auto columns = export_columns(kind);
  std::string note;
  for (const std::string& each : export_notes(kind)) note += (note.empty() ? "" : " ") + each;
  note = csv_cell(note, false);
  std::string head;
  std::vector<std::string> cells;
  for (const ExportColumn& column : columns) cells.emplace_back(column.name);
  cells.emplace_back("note");
  add_line(head, cells);
  cells.clear();
  for (const ExportColumn& column : columns) cells.emplace_back(column.hxl);
  cells.emplace_back("#meta+note");
  if (hxl) add_line(head, cells);
  if (!put(head, out)) return false;
  for (const ExportRow& row : rows) {
    std::string line;
    cells.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      cells.push_back(csv_cell(row.cells[i], columns[i].number));
    }
    cells.push_back(note);
    add_line(line, cells);
    if (!put(line, out)) return false;
  }
  return std::fflush(out) == 0;
}

bool write_geojson(ExportKind kind, std::span<const ExportRow> rows, std::FILE* out) {
  JsonOut notes;
  notes.begin_object();
  notes.texts("notes", export_notes(kind));
  notes.end_object();
  std::string head = notes.take();
  head.pop_back();  // the collection goes on
  if (!put(head + R"(,"type":"FeatureCollection","features":[)", out)) return false;
  bool first = true;
  for (const ExportRow& row : rows) {
    if (!put((first ? "\n" : ",\n") + feature(export_columns(kind), row), out)) return false;
    first = false;
  }
  return put("\n]}\n", out) && std::fflush(out) == 0;
}

}  // namespace steppe
