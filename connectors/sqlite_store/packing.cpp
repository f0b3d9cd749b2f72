#include "connectors/sqlite_store/packing.h"

#include <cstring>

#include "core/hash.h"

namespace steppe::sqlite {
namespace {

constexpr std::size_t kEntryBytes = 24;
constexpr std::size_t kChecksumBytes = 8;

template <typename T>
void put(std::string& out, T value) {
  std::array<char, sizeof(T)> bytes;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    bytes[i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  }
  out.append(bytes.data(), bytes.size());
}

template <typename T>
bool take(std::string_view& in, T& value) {
  if (in.size() < sizeof(T)) return false;
  value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | static_cast<T>(static_cast<unsigned char>(in[i])) << (8 * i));
  }
  in.remove_prefix(sizeof(T));
  return true;
}

void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out.append(text);
}

bool take_text(std::string_view& in, std::string& text) {
  std::uint32_t size = 0;
  if (!take(in, size) || in.size() < size) return false;
  text.assign(in.substr(0, size));
  in.remove_prefix(size);
  return true;
}

constexpr std::size_t kIdDigits = 26;
constexpr std::size_t kPackedIdBytes = 17;

int base32_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'v') return c - 'a' + 10;
  return -1;
}

/// Shifts `value` left by five bits and adds `digit`; false when a bit would be lost.
bool push_digit(Hash128& value, int digit) {
  if (digit < 0 || value.high >> 59 != 0) return false;
  value.high = value.high << 5 | value.low >> 59;
  value.low = value.low << 5 | static_cast<std::uint64_t>(digit);
  return true;
}

int pop_digit(Hash128& value) {
  const int digit = static_cast<int>(value.low & 31);
  value.low = value.low >> 5 | value.high << 59;
  value.high >>= 5;
  return digit;
}

}  // namespace

std::optional<std::string> pack_id(std::string_view id) {
  if (id.size() != kIdDigits + 1) return {};
  Hash128 value;
  for (const char c : id.substr(1)) {
    if (!push_digit(value, base32_digit(c))) return {};
  }
  std::string out(1, id.front());
  put(out, value.high);
  put(out, value.low);
  return out;
}

std::string unpack_id(std::string_view bytes) {
  if (bytes.size() != kPackedIdBytes) return {};
  static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuv";
  std::string id(kIdDigits + 1, bytes.front());
  bytes.remove_prefix(1);
  Hash128 value;
  take(bytes, value.high);
  take(bytes, value.low);
  for (std::size_t i = kIdDigits; i > 0; --i) id[i] = kDigits[pop_digit(value)];
  return id;
}

std::int64_t identity_row(const IdentityKey& key) {
  // An odd multiplier spreads the rung over the word; zero leaves the first rung's keys as they
  // are.
  const std::uint64_t spread = static_cast<std::uint64_t>(key.rung) * 0x9e3779b97f4a7c15u;
  return static_cast<std::int64_t>(key.key.low ^ spread);
}

std::string pack_headers(const Headers& headers) {
  std::size_t size = 0;
  for (const auto& [name, value] : headers) size += name.size() + value.size() + 8;
  std::string out;
  out.reserve(size);
  for (const auto& [name, value] : headers) {
    put_text(out, name);
    put_text(out, value);
  }
  return out;
}

std::optional<Headers> unpack_headers(std::string_view bytes) {
  Headers headers;
  while (!bytes.empty()) {
    auto& [name, value] = headers.emplace_back();
    if (!take_text(bytes, name) || !take_text(bytes, value)) return {};
  }
  return headers;
}

std::string pack_window(const WindowUpdate& update) {
  std::string out;
  out.reserve(update.entries.size() * kEntryBytes + kChecksumBytes);
  for (const auto& [key, content_hash] : update.entries) {
    put(out, key.high);
    put(out, key.low);
    put(out, content_hash);
  }
  put(out, hash64(out));
  return out;
}

bool unpack_window(std::string_view bytes, Window& window) {
  if (bytes.size() % kEntryBytes != kChecksumBytes) return false;
  std::string_view tail = bytes.substr(bytes.size() - kChecksumBytes);
  bytes.remove_suffix(kChecksumBytes);
  std::uint64_t expected = 0;
  if (!take(tail, expected) || hash64(bytes) != expected) return false;
  std::vector<KnownItems::Entry> entries;
  entries.reserve(bytes.size() / kEntryBytes);
  while (!bytes.empty()) {
    Hash128 key;
    std::uint64_t content_hash = 0;
    take(bytes, key.high);
    take(bytes, key.low);
    take(bytes, content_hash);
    entries.push_back(KnownItems::entry(key, content_hash));
  }
  window.known = KnownItems(std::move(entries));
  return true;
}

std::uint64_t checksum(const OutboxRow& row, std::string_view packed_headers) {
  std::string frame;
  put(frame, row.seq);
  put(frame, hash64(row.record.topic));
  put(frame, hash64(row.record.key));
  put(frame, hash64(packed_headers));
  put(frame, hash64(row.record.value));
  return hash64(frame);
}

std::uint64_t stored_bytes(const Record& record) {
  std::uint64_t total = record.topic.size() + record.key.size() + record.value.size();
  for (const auto& [name, value] : record.headers) total += name.size() + value.size() + 8;
  return total;
}

}  // namespace steppe::sqlite
