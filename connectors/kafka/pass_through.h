#pragma once
// [kafka.librdkafka]: which of librdkafka's own settings an operator may set.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

/// Which kind of client understands a setting.
enum class KafkaClientKind : std::uint8_t { kProducer, kConsumer };

/// Why `key` must not be passed through; nothing when it may.
std::optional<std::string> refuse_pass_through(std::string_view key);

/// False for settings of producers when `kind` is a consumer. `key` is an allowed one.
bool pass_through_applies(std::string_view key, KafkaClientKind kind);

}  // namespace steppe
