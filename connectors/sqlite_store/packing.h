#pragma once
// Compact column values: ids, headers and windows. All numbers little-endian.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/item.h"
#include "core/record.h"
#include "core/state.h"

namespace steppe::sqlite {

/// 17 bytes when `id` is a letter and 26 digits of base32hex (RFC 4648 section 7, lower case) that
/// hold 128 bits, as ids mostly are; else nothing.
std::optional<std::string> pack_id(std::string_view id);
/// The inverse; `bytes` of another length gives an empty id.
std::string unpack_id(std::string_view bytes);

/// The row number of an identity key: 64 of its 128 bits, told apart by rung. With 40 million keys
/// a wrong hit is expected once in 20,000 such stores.
std::int64_t identity_row(const IdentityKey& key);

std::string pack_headers(const Headers& headers);
/// Nothing when `bytes` was not made by pack_headers().
std::optional<Headers> unpack_headers(std::string_view bytes);

/// 24 bytes an entry, and a checksum.
std::string pack_window(const WindowUpdate& update);
/// Replaces `window.known`; false when `bytes` is damaged.
bool unpack_window(std::string_view bytes, Window& window);

/// Over all that will be published of a row.
std::uint64_t checksum(const OutboxRow& row, std::string_view packed_headers);
/// What a row counts against max_outbox_bytes.
std::uint64_t stored_bytes(const Record& record);

}  // namespace steppe::sqlite
