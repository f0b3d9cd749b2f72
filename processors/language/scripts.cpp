#include "processors/language/scripts.h"

#include <bit>

#include "core/byte_lanes.h"
#include "core/utf8.h"

namespace steppe {
namespace {

struct Block {
  char32_t first;
  char32_t last;
  Script script;
};
// Source: Unicode 15, Blocks.txt; letters of each block only where it is mixed.
constexpr std::array kBlocks = {
    Block{0x41, 0x5A, Script::kLatin},      Block{0x61, 0x7A, Script::kLatin},
    Block{0xC0, 0x24F, Script::kLatin},     Block{0x250, 0x2AF, Script::kLatin},
    Block{0x370, 0x3FF, Script::kGreek},    Block{0x400, 0x52F, Script::kCyrillic},
    Block{0x531, 0x587, Script::kArmenian}, Block{0x5D0, 0x5EA, Script::kHebrew},
    Block{0x620, 0x64A, Script::kArabic},   Block{0x66E, 0x6D3, Script::kArabic},
    Block{0x6FA, 0x6FF, Script::kArabic},   Block{0x900, 0x963, Script::kDevanagari},
    Block{0xE01, 0xE4E, Script::kThai},     Block{0x10A0, 0x10FF, Script::kGeorgian},
    Block{0x1E00, 0x1EFF, Script::kLatin},  Block{0x3041, 0x30FF, Script::kKana},
    Block{0x3400, 0x4DBF, Script::kHan},    Block{0x4E00, 0x9FFF, Script::kHan},
    Block{0xAC00, 0xD7A3, Script::kHangul}, Block{0xF900, 0xFAFF, Script::kHan},
    Block{0xFF21, 0xFF5A, Script::kLatin},  Block{0x20000, 0x3FFFF, Script::kHan},
};

}  // namespace

Script script_of(char32_t code_point) {
  if (code_point >= 0x400 && code_point <= 0x52F) return Script::kCyrillic;
  if (code_point >= 0x4E00 && code_point <= 0x9FFF) return Script::kHan;
  for (const Block& block : kBlocks) {
    if (code_point < block.first) return Script::kNone;
    if (code_point <= block.last) return block.script;
  }
  return Script::kNone;
}

namespace {

// Counts up to sixteen bytes at `at`, where a character begins, when they are ASCII and U+0400 to
// U+04FF alone; returns how many, 0 when there is more to them.
std::size_t count_block(const char* at, ScriptCounts& counts) {
  const auto number = [](std::uint32_t bits) {
    return static_cast<std::uint32_t>(std::popcount(bits));
  };
  const auto add = [&counts](Script script, std::uint32_t more) {
    counts.letters[static_cast<std::size_t>(script)] += more;
  };
  const Bytes16 bytes = load16(at);
  const std::uint32_t ascii = bits_of(bytes < 0x80);
  const std::uint32_t leads = bits_of(between(bytes, 0xD0, 0xD3));
  constexpr std::uint32_t kAll = 0xFFFF;
  if ((ascii | leads | (leads << 1U & kAll)) != kAll || (ascii & leads << 1U) != 0) return 0;
  const std::uint32_t letters = bits_of(between(bytes | 0x20, 'a', 'z'));
  const bool cut = leads >> (kLanes - 1) != 0;
  const std::uint32_t cyrillic = number(leads) - (cut ? 1 : 0);
  add(Script::kLatin, number(letters));
  add(Script::kNone, number(ascii & ~letters));
  add(Script::kCyrillic, cyrillic);
  if (cyrillic > 0) counts.ascii_only = false;
  return cut ? kLanes - 1 : kLanes;
}

}  // namespace

ScriptCounts count_scripts(std::string_view text) {
  ScriptCounts counts;
  const auto add = [&counts](Script script) { ++counts.letters[static_cast<std::size_t>(script)]; };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t block =
        at + kLanes <= text.size() ? count_block(text.data() + at, counts) : 0;
    if (block != 0) {
      at += block;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      add(letter ? Script::kLatin : Script::kNone);
      ++at;
      continue;
    }
    if (byte >= 0xD0 && byte <= 0xD3 && at + 1 < text.size()) {  // U+0400..U+04FF
      add(Script::kCyrillic);
      counts.ascii_only = false;
      at += 2;
      continue;
    }
    const CodePoint cp = decode_utf8(text, at);
    at += cp.length;
    const Script script = cp.valid ? script_of(cp.value) : Script::kNone;
    add(script);
    if (script != Script::kNone) counts.ascii_only = false;
  }
  return counts;
}

Script ScriptCounts::main() const {
  Script best = Script::kNone;
  std::uint32_t most = 0;
  for (std::size_t i = 1; i < kScriptCount; ++i) {
    const auto script = static_cast<Script>(i);
    const bool dense = script == Script::kHan || script == Script::kKana;
    const std::uint32_t weight = letters[i] * (dense ? 3 : 1);
    if (weight > most) {
      most = weight;
      best = script;
    }
  }
  return best;
}

}  // namespace steppe
