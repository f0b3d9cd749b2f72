#include "processors/identity/change.h"

#include <algorithm>

#include "processors/identity/content_bits.h"

namespace steppe {
namespace {

constexpr TextField kFields[] = {TextField::kTitle, TextField::kSummary, TextField::kBody};

bool has(const std::vector<TextField>& fields, TextField field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

bool is_material(const std::vector<TextField>& fields, const Item& item) {
  if (item.wire_marker == "repeat") return false;
  if (has(fields, TextField::kTitle) || has(fields, TextField::kBody)) return true;
  return item.body.empty();
}

}  // namespace

std::vector<TextField> changed_fields(std::uint64_t old_hash, const Item& item) {
  const std::uint64_t difference = old_hash ^ item.content_hash;
  std::vector<TextField> present;
  std::vector<TextField> absent;
  for (const TextField field : kFields) {
    if ((difference & content_mask(field)) == 0) continue;
    (text_of(item, field).empty() ? absent : present).push_back(field);
  }
  // The slot of an absent text follows every change of the others; it speaks only when they agree.
  return present.empty() ? absent : present;
}

ChangeSet classify_change(std::optional<std::uint64_t> old_hash, const Item& item) {
  if (!old_hash) return {};
  if (*old_hash == item.content_hash) return {ChangeKind::kUnchanged, {}, false};
  ChangeSet change;
  change.fields = changed_fields(*old_hash, item);
  if (item.wire_marker == "withdrawn") {
    change.kind = ChangeKind::kWithdrawn;
  } else if (item.wire_marker == "corrected") {
    change.kind = ChangeKind::kCorrected;
  } else {
    change.kind = ChangeKind::kUpdated;
    change.material = is_material(change.fields, item);
  }
  return change;
}

std::string_view status_of(const Item& item) {
  if (item.wire_marker == "withdrawn") return "withdrawn";
  if (item.wire_marker == "corrected") return "corrected";
  return "usable";
}

std::string_view to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kNew: return "new";
    case ChangeKind::kUnchanged: return "unchanged";
    case ChangeKind::kUpdated: return "updated";
    case ChangeKind::kCorrected: return "corrected";
    case ChangeKind::kWithdrawn: return "withdrawn";
    case ChangeKind::kVanished: return "vanished";
  }
  return "new";
}

}  // namespace steppe
