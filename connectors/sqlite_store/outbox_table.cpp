#include "connectors/sqlite_store/outbox_table.h"

#include <algorithm>
#include <string>

#include "connectors/sqlite_store/packing.h"
#include "connectors/sqlite_store/prepare_all.h"

namespace steppe::sqlite {
namespace {

Error damaged_row(std::uint64_t seq, const std::string& what) {
  return {Code::kStorage, Retry::kNever, "outbox row " + std::to_string(seq) + " " + what};
}

Result<OutboxRow> read_row(const Cursor& cursor) {
  OutboxRow row;
  row.seq = cursor.unsigned_integer(0);
  row.record.topic = cursor.bytes(2);
  row.record.key = cursor.bytes(3);
  const std::string_view packed_headers = cursor.bytes(4);
  std::optional<Headers> headers = unpack_headers(packed_headers);
  row.record.value = cursor.bytes(5);
  if (!headers) return damaged_row(row.seq, "is damaged");
  row.record.headers = std::move(*headers);
  if (checksum(row, packed_headers) != cursor.unsigned_integer(1))
    return damaged_row(row.seq, "is damaged");
  return row;
}

bool fits(const OutboxNumbers& numbers, std::uint64_t first, std::uint64_t last) {
  if (numbers.published_seq > numbers.last_seq) return false;
  if (last == 0) return numbers.published_seq == numbers.last_seq;  // no rows
  return last == numbers.last_seq && first <= numbers.published_seq + 1;
}

}  // namespace

Result<OutboxTable> OutboxTable::prepare(Connection& connection) {
  OutboxTable table;
  const auto done = prepare_all(
      connection, {{&table.load_,
                    "SELECT last_seq, published_seq, bytes, (SELECT min(seq) FROM outbox), "
                    "(SELECT max(seq) FROM outbox) FROM outbox_state"},
                   {&table.save_, "UPDATE outbox_state SET last_seq=?, published_seq=?, bytes=?"},
                   {&table.insert_,
                    "INSERT INTO outbox(seq, checksum, topic, key, headers, value, size) "
                    "VALUES(?,?,?,?,?,?,?)"},
                   {&table.after_,
                    "SELECT seq, checksum, topic, key, headers, value, size FROM outbox "
                    "WHERE seq > ? ORDER BY seq LIMIT ?"},
                   {&table.slice_,
                    "SELECT max(seq), sum(size) FROM "
                    "(SELECT seq, size FROM outbox WHERE seq <= ? ORDER BY seq LIMIT ?)"},
                   {&table.erase_, "DELETE FROM outbox WHERE seq <= ?"}});
  if (!done) return done.error();
  return table;
}

Result<OutboxNumbers> OutboxTable::load_numbers() {
  Cursor cursor = load_.with();
  const Result<bool> row = cursor.next();
  if (!row) return row.error();
  OutboxNumbers numbers;
  if (*row) {
    numbers.last_seq = cursor.unsigned_integer(0);
    numbers.published_seq = cursor.unsigned_integer(1);
    numbers.bytes = cursor.unsigned_integer(2);
  }
  const std::uint64_t first = cursor.unsigned_integer(3);
  numbers.leftovers = first != 0 && first <= numbers.published_seq;
  if (!*row || !fits(numbers, first, cursor.unsigned_integer(4))) {
    return Error{Code::kStorage, Retry::kNever, "the outbox and its numbers do not fit together"};
  }
  return numbers;
}

Result<void> OutboxTable::save_numbers(const OutboxNumbers& numbers) {
  return save_.run(numbers.last_seq, numbers.published_seq, numbers.bytes);
}

Result<void> OutboxTable::append(std::span<const OutboxRow> rows, OutboxNumbers& numbers) {
  for (const OutboxRow& row : rows) {
    if (row.seq != numbers.last_seq + 1) {
      return Error{Code::kInternal, Retry::kNever,
                   "outbox sequence " + std::to_string(row.seq) + " does not follow " +
                       std::to_string(numbers.last_seq)};
    }
    const Record& record = row.record;
    const std::string headers = pack_headers(record.headers);
    const std::uint64_t size = stored_bytes(record);
    if (auto done = insert_.run(row.seq, checksum(row, headers), record.topic, record.key,
                                Blob{headers}, Blob{record.value}, size);
        !done) {
      return done;
    }
    numbers.last_seq = row.seq;
    numbers.bytes += size;
  }
  return {};
}

Result<std::vector<OutboxRow>> OutboxTable::after(std::uint64_t seq, std::size_t max_rows,
                                                  std::size_t max_bytes) {
  std::vector<OutboxRow> rows;
  std::uint64_t bytes = 0;
  Cursor cursor = after_.with(seq, max_rows);
  for (;;) {
    const Result<bool> more = cursor.next();
    if (!more) return more.error();
    if (!*more) return rows;
    bytes += cursor.unsigned_integer(6);
    if (!rows.empty() && bytes > max_bytes) return rows;
    Result<OutboxRow> row = read_row(cursor);
    if (!row) return row.error();
    if (row->seq != ++seq) return damaged_row(seq, "is missing");
    rows.push_back(std::move(*row));
  }
}

Result<void> OutboxTable::erase(std::size_t max_rows, OutboxNumbers& numbers) {
  std::uint64_t end = 0;
  std::uint64_t size = 0;
  {
    Cursor slice = slice_.with(numbers.published_seq, max_rows);
    const Result<bool> row = slice.next();
    if (!row) return row.error();
    end = slice.unsigned_integer(0);
    size = slice.unsigned_integer(1);
  }
  numbers.leftovers = end != 0 && end < numbers.published_seq;
  if (end == 0) return {};
  numbers.bytes -= std::min(size, numbers.bytes);
  return erase_.run(end);
}

}  // namespace steppe::sqlite
