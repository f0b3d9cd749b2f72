#pragma once
// Lower case of Latin and Cyrillic, sixteen bytes at a time.

#include "core/byte_lanes.h"

namespace steppe {

/// Sixteen bytes in lower case, and 0xFF in `other` for those that are neither printable ASCII (not
/// the grave accent) nor of a Cyrillic letter of two bytes. Where only the second byte of a letter
/// is such, its first counts as right.
struct LowerLanes {
  Bytes16 lower;
  Bytes16 other;
};

/// Of the sixteen bytes at `in`; reads one byte on either side. A letter may begin before them or
/// end after them.
inline LowerLanes lower_lanes(const char* in) {
  const Bytes16 bytes = load16(in);
  const Bytes16 before = load16(in - 1);
  const Bytes16 after = load16(in + 1);
  const Bytes16 ascii = between(bytes, 0x20, 0x7E) & (bytes != '`');
  const Bytes16 lead = between(bytes, 0xD0, 0xD3);
  // The second byte of a letter, by the first. Left out: D0 80-8F and D1 91 (io and its kind),
  // D1 A0-BF, D2 80-89, D3 80-8F.
  const Bytes16 d0 = (before == 0xD0) & between(bytes, 0x90, 0xBF);
  const Bytes16 d1 = (before == 0xD1) & between(bytes, 0x80, 0x9F) & (bytes != 0x91);
  const Bytes16 paired = ((before == 0xD2) & between(bytes, 0x8A, 0xBF)) |
                         ((before == 0xD3) & between(bytes, 0x90, 0xBF));
  const Bytes16 upper = between(bytes, 'A', 'Z') | (d0 & between(bytes, 0x90, 0x9F));
  const Bytes16 to_d1 = d0 & between(bytes, 0xA0, 0xAF);
  const Bytes16 leads_d1 = (bytes == 0xD0) & between(after, 0xA0, 0xAF);
  const Bytes16 lower = (bytes | (paired & 1)) + (upper & 0x20) - (to_d1 & 0x20) + (leads_d1 & 1);
  const Bytes16 other = ~(ascii | lead | d0 | d1 | paired);
  return {lower, other};
}

/// Writes the sixteen bytes at `in` to `out` in lower case when none is `other`, else returns
/// false; as lower_lanes().
inline bool lower_sixteen(const char* in, char* out) {
  const LowerLanes lanes = lower_lanes(in);
  if (any(lanes.other)) return false;
  store16(out, lanes.lower);
  return true;
}

/// The same from the beginning of a character on, for whole characters: one that ends behind the
/// sixteen bytes is left. Returns the bytes to be counted at `in` and `out`; 0: not such bytes.
inline std::size_t lower_block(const char* in, char* out) {
  if (!lower_sixteen(in, out)) return 0;
  return static_cast<unsigned char>(in[kLanes - 1]) >= 0xC0 ? kLanes - 1 : kLanes;
}

}  // namespace steppe
