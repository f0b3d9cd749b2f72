#include "config/term_regex.h"

#include <hs/hs.h>

#include <cstdlib>

#include "core/c_handle.h"

namespace steppe {
namespace {

using Database = CHandle<hs_database_t, hs_free_database>;
using CompileError = CHandle<hs_compile_error_t, hs_free_compile_error>;

// The text is searched in lower case: a capital can never be met. \W, \S and their like may stand.
bool has_capital(const std::string& regex) {
  for (std::size_t at = 0; at < regex.size(); ++at) {
    if (regex[at] == '\\') {
      ++at;
    } else if (regex[at] >= 'A' && regex[at] <= 'Z') {
      return true;
    }
  }
  return false;
}

bool matches_nothing(const std::string& regex) {
  hs_expr_info_t* info = nullptr;
  hs_compile_error_t* raw = nullptr;
  hs_expression_info(regex.c_str(), term_regex_flags(), &info, &raw);
  const CompileError error(raw);
  const bool empty = info != nullptr && info->min_width == 0;
  std::free(info);  // Hyperscan allocates it with malloc
  return empty;
}

}  // namespace

unsigned term_regex_flags() {
  return HS_FLAG_SOM_LEFTMOST | HS_FLAG_UTF8 | HS_FLAG_UCP;
}

std::string term_regex_fault(const std::string& regex) {
  if (has_capital(regex)) return "is searched in lower-case text, where a capital is never met";
  if (matches_nothing(regex)) return "matches the empty text";
  hs_database_t* database = nullptr;
  hs_compile_error_t* raw = nullptr;
  hs_compile(regex.c_str(), term_regex_flags(), HS_MODE_BLOCK, nullptr, &database, &raw);
  const Database compiled(database);
  const CompileError error(raw);
  if (error != nullptr) return std::string("does not compile: ") + error->message;
  return {};
}

}  // namespace steppe
