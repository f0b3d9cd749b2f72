#include "connectors/sqlite_store/row_table.h"

#include <string>

#include "connectors/sqlite_store/prepare_all.h"

namespace steppe::sqlite {

Result<RowTable> RowTable::prepare(Connection& connection) {
  RowTable table;
  const auto done = prepare_all(
      connection,
      {{&table.load_, "SELECT key, value FROM processor_row WHERE space = ? ORDER BY key"},
       {&table.save_,
        "INSERT INTO processor_row(space, key, value) VALUES(?1, ?2, ?3) "
        "ON CONFLICT(space, key) DO UPDATE SET value = ?3"},
       {&table.erase_, "DELETE FROM processor_row WHERE space = ? AND key = ?"}});
  if (!done) return done.error();
  return table;
}

Result<void> RowTable::load(StateRow::Space space,
                            const std::function<void(const StateRow&)>& visit) {
  Cursor cursor = load_.with(static_cast<int>(space));
  for (;;) {
    const Result<bool> more = cursor.next();
    if (!more) return more.error();
    if (!*more) return {};
    visit({space, std::string(cursor.bytes(0)), std::string(cursor.bytes(1))});
  }
}

Result<void> RowTable::apply(const StateRow& row) {
  const int space = static_cast<int>(row.space);
  if (row.value.empty()) return erase_.run(space, row.key);
  return save_.run(space, row.key, Blob{row.value});
}

}  // namespace steppe::sqlite
