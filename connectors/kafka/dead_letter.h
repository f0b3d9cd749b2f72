#pragma once
// What takes the place of a row that the broker will never take.

#include <cstdint>
#include <string>

#include "core/error.h"
#include "core/record.h"
#include "core/time.h"

namespace steppe {

/// Bytes of a row that count against the size limit: key, value and headers.
std::size_t record_bytes(const Record& record);

/// A dead letter with the same sequence number, so that the order keeps no hole. Its value holds
/// the first `keep_bytes` of the original value as base64; its headers say stage, code, message and
/// where the row was going.
OutboxRow make_dead_letter(const OutboxRow& row, const WriterIdentity& writer, const Error& why,
                           Instant now, std::size_t keep_bytes);

}  // namespace steppe
