#pragma once
// Members of a published record as words for a terminal.

#include <simdjson.h>

#include <string>
#include <string_view>

namespace steppe {

using JsonObject = simdjson::dom::object;

/// A text member made safe to print; empty when absent.
std::string field_text(const JsonObject& from, std::string_view key);

/// A number member, shortest form; empty when absent.
std::string field_number(const JsonObject& from, std::string_view key);

/// A member that is an object; false when absent.
bool field_object(const JsonObject& from, std::string_view key, JsonObject& into);

/// ">= 26", "about 300", "range": the amount of a figure or claim.
std::string field_amount(const JsonObject& figure);

/// " protesters, officers": an array of texts with a blank before it; empty when absent.
std::string field_list(const JsonObject& from, std::string_view key);

/// Calls `each` with every object of an array member.
template <typename Each>
void for_each_object(const JsonObject& from, std::string_view key, Each&& each) {
  simdjson::dom::array entries;
  if (from[key].get(entries) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element entry : entries) {
    JsonObject object;
    if (entry.get(object) == simdjson::SUCCESS) each(object);
  }
}

}  // namespace steppe
