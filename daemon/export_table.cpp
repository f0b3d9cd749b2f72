#include "daemon/export_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace steppe {
namespace {

// Item columns stand first in figures and events.
constexpr std::array kItemColumns = {ExportColumn{"item_id", "#item+id"},
                                     ExportColumn{"revision", "", true},
                                     ExportColumn{"url", "#meta+url"},
                                     ExportColumn{"title", "#item+title"},
                                     ExportColumn{"lang", "#meta+lang"},
                                     ExportColumn{"published_at", "#date+published"},
                                     ExportColumn{"source_name", "#meta+source"},
                                     ExportColumn{"source_tier", "#meta+source+tier"},
                                     ExportColumn{"story_id", "#event+id"}};

template <std::size_t kOwn>
constexpr auto after_item_columns(const std::array<ExportColumn, kOwn>& own) {
  std::array<ExportColumn, kItemColumns.size() + kOwn> all{};
  std::copy(own.begin(), own.end(),
            std::copy(kItemColumns.begin(), kItemColumns.end(), all.begin()));
  return all;
}

constexpr auto kFigureColumns =
    after_item_columns(std::array{ExportColumn{"figure_id", ""},
                                  ExportColumn{"claim_id", ""},
                                  ExportColumn{"kind", "#indicator+name"},
                                  ExportColumn{"value", "#affected+num", true},
                                  ExportColumn{"low", "#affected+num+min", true},
                                  ExportColumn{"high", "#affected+num+max", true},
                                  ExportColumn{"qualifier", "#meta+qualifier"},
                                  ExportColumn{"vague_value", "#affected+num+vague", true},
                                  ExportColumn{"unit", "#meta+unit"},
                                  ExportColumn{"currency", "#currency"},
                                  ExportColumn{"victim_class", "#affected+group"},
                                  ExportColumn{"scope_place", "#loc+code"},
                                  ExportColumn{"place_name", "#loc+name"},
                                  ExportColumn{"lat", "#geo+lat", true},
                                  ExportColumn{"lon", "#geo+lon", true},
                                  ExportColumn{"as_of_date", "#date+reported"},
                                  ExportColumn{"as_of_basis", "#meta+basis"},
                                  ExportColumn{"claimant", "#org+claimant"},
                                  ExportColumn{"claimant_key", "#org+code"},
                                  ExportColumn{"status", "#status"},
                                  ExportColumn{"confidence", "#meta+confidence", true},
                                  ExportColumn{"rule", ""},
                                  ExportColumn{"evidence", "#description"}});

constexpr auto kEventColumns = after_item_columns(std::array{
    ExportColumn{"event_id", ""}, ExportColumn{"type", "#event+type"},
    ExportColumn{"modality", "#status"}, ExportColumn{"plover", "#event+code+plover"},
    ExportColumn{"cameo", "#event+code+cameo"}, ExportColumn{"acled", "#event+code+acled"},
    ExportColumn{"iptc", "#event+code+iptc"}, ExportColumn{"start_date", "#date+start"},
    ExportColumn{"end_date", "#date+end"}, ExportColumn{"grain", ""},
    ExportColumn{"place_key", "#loc+code"}, ExportColumn{"place_name", "#loc+name"},
    ExportColumn{"lat", "#geo+lat", true}, ExportColumn{"lon", "#geo+lon", true},
    ExportColumn{"actor", "#org+actor"}, ExportColumn{"confidence", "#meta+confidence", true},
    ExportColumn{"rule", ""}, ExportColumn{"evidence", "#description"}});

constexpr std::array kClaimColumns = {ExportColumn{"claim_id", ""},
                                      ExportColumn{"claim_revision", "", true},
                                      ExportColumn{"story_id", "#event+id"},
                                      ExportColumn{"item_id", "#item+id"},
                                      ExportColumn{"kind", "#indicator+name"},
                                      ExportColumn{"value", "#affected+num", true},
                                      ExportColumn{"low", "#affected+num+min", true},
                                      ExportColumn{"high", "#affected+num+max", true},
                                      ExportColumn{"qualifier", "#meta+qualifier"},
                                      ExportColumn{"unit", "#meta+unit"},
                                      ExportColumn{"currency", "#currency"},
                                      ExportColumn{"victim_class", "#affected+group"},
                                      ExportColumn{"scope_place", "#loc+code"},
                                      ExportColumn{"place_name", "#loc+name"},
                                      ExportColumn{"lat", "#geo+lat", true},
                                      ExportColumn{"lon", "#geo+lon", true},
                                      ExportColumn{"as_of_date", "#date+reported"},
                                      ExportColumn{"claimant", "#org+claimant"},
                                      ExportColumn{"root_claimant", "#org+code"},
                                      ExportColumn{"source_name", "#meta+source"},
                                      ExportColumn{"source_tier", "#meta+source+tier"},
                                      ExportColumn{"status", "#status"},
                                      ExportColumn{"previous_status", ""},
                                      ExportColumn{"independent_sources", "", true},
                                      ExportColumn{"observed_at", "#date+observed"}};

std::string raw_text(const JsonObject& from, std::string_view key) {
  std::string_view value;
  return from[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

std::optional<double> real(const JsonObject& from, std::string_view key) {
  double value = 0;
  if (from[key].get(value) == simdjson::SUCCESS) return value;
  return {};
}

ExportPlace place_of(const JsonObject& place) {
  ExportPlace found;
  JsonObject names;
  if (field_object(place, "canonical", names)) found.name = raw_text(names, "en");
  if (found.name.empty()) found.name = raw_text(place, "name");
  const auto lat = real(place, "lat");
  const auto lon = real(place, "lon");
  if (lat && lon && std::abs(*lat) <= 90 && std::abs(*lon) <= 180) {
    found.lat = lat;
    found.lon = lon;
  }
  return found;
}

std::string digits(const std::optional<double>& value) {
  char text[40] = "";
  if (value) std::snprintf(text, sizeof text, "%.15g", *value);
  return text;
}

std::string joined(const JsonObject& from, std::string_view key) {
  simdjson::dom::array list;
  std::string out;
  if (from[key].get(list) != simdjson::SUCCESS) return out;
  for (const simdjson::dom::element each : list) {
    std::string_view word;
    if (each.get(word) == simdjson::SUCCESS) out += (out.empty() ? "" : "; ") + std::string(word);
  }
  return out;
}

std::string evidence_of(const JsonObject& finding) {
  std::string out;
  for_each_object(finding, "evidence", [&out](const JsonObject& evidence) {
    out += (out.empty() ? "" : " ... ") + raw_text(evidence, "text");
  });
  return out;
}

/// The object of an array whose member `key` is `value`.
std::optional<JsonObject> find(const JsonObject& from, std::string_view list, std::string_view key,
                               const std::string& value) {
  std::optional<JsonObject> found;
  if (value.empty()) return found;
  for_each_object(from, list, [&](const JsonObject& each) {
    if (!found && raw_text(each, key) == value) found = each;
  });
  return found;
}

/// Collects the cells of one row in the order of its columns.
class RowMaker {
 public:
  RowMaker& text(const JsonObject& from, std::string_view key) { return put(raw_text(from, key)); }
  RowMaker& number(const JsonObject& from, std::string_view key) {
    return put(digits(real(from, key)));
  }
  RowMaker& put(std::string cell) {
    row_.cells.push_back(std::move(cell));
    return *this;
  }
  RowMaker& item(const JsonObject& item) {
    text(item, "item_id").number(item, "revision").text(item, "url").text(item, "title");
    text_in(item, "lang", "code").text_in(item, "published_at", "value");
    text_in(item, "source", "name").text_in(item, "source", "tier");
    return text_in(item, "story", "story_id");
  }
  /// Name and coordinates of a place of the item; empty cells without one.
  RowMaker& place(const std::optional<JsonObject>& place) {
    if (!place) return put("").put("").put("");
    const ExportPlace found = place_of(*place);
    row_.lat = found.lat;
    row_.lon = found.lon;
    return put(found.name).put(digits(row_.lat)).put(digits(row_.lon));
  }
  RowMaker& text_in(const JsonObject& from, std::string_view object, std::string_view key) {
    JsonObject inner;
    return put(field_object(from, object, inner) ? raw_text(inner, key) : std::string());
  }
  ExportRow take() { return std::move(row_); }

 private:
  ExportRow row_;
};

ExportRow figure_row(const JsonObject& item, const JsonObject& figure) {
  const std::string scope = raw_text(figure, "scope_place");
  RowMaker row;
  row.item(item).text(figure, "figure_id").text(figure, "claim_id").text(figure, "kind");
  row.number(figure, "value").number(figure, "low").number(figure, "high");
  row.text(figure, "qualifier").number(figure, "vague_value").text(figure, "unit");
  row.text(figure, "currency").put(joined(figure, "victim_class")).put(scope);
  row.place(find(item, "places", "key", scope));
  row.text_in(figure, "as_of", "date").text_in(figure, "as_of", "basis");
  row.text_in(figure, "claimant", "name").text_in(figure, "claimant", "key");
  row.text(figure, "status_at_publish").number(figure, "confidence").text(figure, "rule");
  return row.put(evidence_of(figure)).take();
}

ExportRow event_row(const JsonObject& item, const JsonObject& event) {
  const auto place = find(item, "places", "place_id", raw_text(event, "place_id"));
  const auto actor = find(item, "actors", "actor_id", raw_text(event, "actor_id"));
  RowMaker row;
  row.item(item).text(event, "event_id").text(event, "type").text(event, "modality");
  for (const std::string_view code : {"plover", "cameo", "acled", "iptc"}) {
    row.text_in(event, "codes", code);
  }
  for (const std::string_view part : {"start", "end", "grain"}) row.text_in(event, "time", part);
  row.put(place ? raw_text(*place, "key") : std::string()).place(place);
  row.put(actor ? raw_text(*actor, "name") : std::string()).number(event, "confidence");
  return row.text(event, "rule").put(evidence_of(event)).take();
}

ExportRow claim_row(const JsonObject& claim) {
  RowMaker row;
  for (const ExportColumn& column : kClaimColumns) {
    if (column.number) {
      row.number(claim, column.name);
    } else if (column.name == "victim_class") {
      row.put(joined(claim, column.name));
    } else {
      row.text(claim, column.name);
    }
  }
  return row.take();
}

std::size_t column_of(ExportKind kind, std::string_view name) {
  const auto columns = export_columns(kind);
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const ExportColumn& column) { return column.name == name; });
  return static_cast<std::size_t>(at - columns.begin());
}

}  // namespace

std::span<const ExportColumn> export_columns(ExportKind kind) {
  switch (kind) {
    case ExportKind::kFigures: return kFigureColumns;
    case ExportKind::kEvents: return kEventColumns;
    case ExportKind::kClaims: return kClaimColumns;
  }
  return kFigureColumns;
}

void ExportTable::keep(const std::string& id, std::int64_t revision, std::vector<ExportRow> rows) {
  if (count_ + rows.size() > kMaxRows) {
    full_ = true;
    return;
  }
  Entry& entry = entries_[id];
  if (revision < entry.revision) return;
  count_ += rows.size();
  count_ -= entry.rows.size();
  entry.revision = revision;
  entry.rows = std::move(rows);
}

void ExportTable::take_item(const JsonObject& item) {
  if (kind_ == ExportKind::kClaims) {
    for_each_object(item, "places", [this](const JsonObject& place) {
      if (places_.size() < kMaxPlaces) places_.try_emplace(raw_text(place, "key"), place_of(place));
    });
    return;
  }
  const bool figures = kind_ == ExportKind::kFigures;
  std::vector<ExportRow> rows;
  for_each_object(item, figures ? "figures" : "events", [&](const JsonObject& each) {
    rows.push_back(figures ? figure_row(item, each) : event_row(item, each));
  });
  keep(raw_text(item, "item_id"), static_cast<std::int64_t>(real(item, "revision").value_or(0)),
       std::move(rows));
}

void ExportTable::take_claim(const JsonObject& claim) {
  const std::string id = raw_text(claim, "claim_id");
  const auto revision = static_cast<std::int64_t>(real(claim, "claim_revision").value_or(0));
  auto& [known, status] = statuses_[id];
  if (revision >= known) {
    known = revision;
    status = raw_text(claim, "status");
  }
  if (kind_ == ExportKind::kClaims) keep(id, revision, {claim_row(claim)});
}

void ExportTable::take(std::string_view line) {
  if (line.empty()) return;  // a tombstone of a topic
  JsonObject envelope;
  if (parser_.parse(simdjson::padded_string(line)).get(envelope) != simdjson::SUCCESS) {
    ++refused_;
    return;
  }
  JsonObject value;
  if (envelope["value"].get(value) != simdjson::SUCCESS) value = envelope;
  const std::string schema = raw_text(value, "schema");
  if (schema == "item.v1") {
    take_item(value);
  } else if (schema == "claim.v1") {
    take_claim(value);
  } else if (schema.empty()) {
    ++refused_;
  }
}

std::vector<ExportRow> ExportTable::rows() const {
  std::vector<ExportRow> all;
  for (const auto& [id, entry] : entries_) {
    for (const ExportRow& row : entry.rows) {
      all.push_back(row);
      if (kind_ == ExportKind::kFigures) set_status(all.back());
      if (kind_ == ExportKind::kClaims) set_place(all.back());
    }
  }
  return all;
}

void ExportTable::set_status(ExportRow& row) const {
  static const std::size_t kClaim = column_of(ExportKind::kFigures, "claim_id");
  static const std::size_t kStatus = column_of(ExportKind::kFigures, "status");
  const auto newest = statuses_.find(row.cells[kClaim]);
  if (newest != statuses_.end()) row.cells[kStatus] = newest->second.second;
}

void ExportTable::set_place(ExportRow& row) const {
  static const std::size_t kScope = column_of(ExportKind::kClaims, "scope_place");
  static const std::size_t kName = column_of(ExportKind::kClaims, "place_name");
  const auto place = places_.find(row.cells[kScope]);
  if (place == places_.end() || row.cells[kScope].empty()) return;
  row.lat = place->second.lat;
  row.lon = place->second.lon;
  row.cells[kName] = place->second.name;
  row.cells[kName + 1] = digits(row.lat);
  row.cells[kName + 2] = digits(row.lon);
}

}  // namespace steppe
