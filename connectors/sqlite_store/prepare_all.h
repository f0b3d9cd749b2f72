#pragma once
// Prepares a table's statements in one go.

#include <initializer_list>
#include <string_view>

#include "connectors/sqlite_store/database.h"

namespace steppe::sqlite {

struct PreparedInto {
  Statement* target;
  std::string_view sql;
};

inline Result<void> prepare_all(Connection& connection, std::initializer_list<PreparedInto> list) {
  for (const PreparedInto& entry : list) {
    Result<Statement> statement = connection.prepare(entry.sql);
    if (!statement) return statement.error();
    *entry.target = std::move(*statement);
  }
  return {};
}

}  // namespace steppe::sqlite
