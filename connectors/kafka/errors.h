#pragma once
// What an error of librdkafka means to us.

#include <string>

#include "core/error.h"

namespace steppe {

/// `code` is an rd_kafka_resp_err_t; `text` says what was being done and librdkafka's words.
/// Retry::kLater where waiting or the operator of the cluster can help without a restart.
/// Source: librdkafka INTRODUCTION.md, "Error handling".
Error kafka_error(int code, std::string text);

/// librdkafka's words for a code.
std::string kafka_error_text(int code);

/// The broker will never take this very row, whatever else changes.
bool is_row_refusal(int code);

/// Another producer with the same transactional.id took over (or the coordinator gave us up).
bool is_fenced(int code);

}  // namespace steppe
