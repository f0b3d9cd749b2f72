#pragma once
// What a new version of an item changes, told from the remembered content hash and wire markers.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/item.h"

namespace steppe {

enum class ChangeKind : std::uint8_t {
  kNew,
  kUnchanged,
  kUpdated,
  kCorrected,
  kWithdrawn,
  kVanished
};

struct ChangeSet {
  ChangeKind kind = ChangeKind::kNew;
  std::vector<TextField> fields;  // that differ; empty for new and vanished
  bool material = true;           // worth a reader's attention, not only a touch-up
};

/// What `item` (with its content_hash and wire_marker set) changes against the version whose
/// content hash was `old_hash`; nothing remembered: kNew. An unchanged text is kUnchanged whatever
/// its marker says. Not material: a summary that changed while the body or the title carries the
/// news unchanged, and a wire's "repeat".
ChangeSet classify_change(std::optional<std::uint64_t> old_hash, const Item& item);

/// The texts that differ between a remembered content hash and `item`; exact up to one in a
/// million.
std::vector<TextField> changed_fields(std::uint64_t old_hash, const Item& item);

/// The record's `status`: usable, corrected, withdrawn.
std::string_view status_of(const Item& item);

std::string_view to_string(ChangeKind kind);

}  // namespace steppe
