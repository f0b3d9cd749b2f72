#include "daemon/record_fields.h"

#include <cstdio>

#include "core/printable.h"

namespace steppe {
namespace {

std::string bound_mark(const std::string& qualifier) {
  if (qualifier == "at_least") return ">= ";
  if (qualifier == "at_most") return "<= ";
  if (qualifier == "approx") return "about ";
  return {};
}

}  // namespace

std::string field_text(const JsonObject& from, std::string_view key) {
  std::string_view value;
  return from[key].get(value) == simdjson::SUCCESS ? printable(value) : std::string();
}

std::string field_number(const JsonObject& from, std::string_view key) {
  double value = 0;
  if (from[key].get(value) != simdjson::SUCCESS) return {};
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.10g", value);
  return digits;
}

bool field_object(const JsonObject& from, std::string_view key, JsonObject& into) {
  return from[key].get(into) == simdjson::SUCCESS;
}

std::string field_list(const JsonObject& from, std::string_view key) {
  simdjson::dom::array entries;
  std::string out;
  if (from[key].get(entries) != simdjson::SUCCESS) return out;
  for (const simdjson::dom::element entry : entries) {
    std::string_view word;
    if (entry.get(word) == simdjson::SUCCESS) out += (out.empty() ? " " : ", ") + printable(word);
  }
  return out;
}

std::string field_amount(const JsonObject& figure) {
  const std::string value = field_number(figure, "value");
  const std::string qualifier = field_text(figure, "qualifier");
  return value.empty() ? qualifier : bound_mark(qualifier) + value;
}

}  // namespace steppe
