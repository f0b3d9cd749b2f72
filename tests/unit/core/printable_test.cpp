#include "core/printable.h"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Printable, KeepsOrdinaryTextOfAnyScript) {
  EXPECT_EQ(printable("caf\u00e9 \u0410\u043b\u043c\u0430\u0442\u044b \u963f"),
            "caf\u00e9 \u0410\u043b\u043c\u0430\u0442\u044b \u963f");
}

TEST(Printable, EscapesLineEndsAndTerminalSequences) {
  EXPECT_EQ(printable("a\r\nb\x1b[31m\x7f"), "a\\x0D\\x0Ab\\x1B[31m\\x7F");
}

TEST(Printable, EscapesDirectionMarksAndInvalidBytes) {
  EXPECT_EQ(printable("x\u202ey\xff"), "x\\u{202E}y\\xFF");
}

TEST(Printable, CutsAtTheLimitWithoutSplittingACharacter) {
  EXPECT_EQ(printable("\u0410\u0411\u0412", 5), "\u0410\u0411...");
}

}  // namespace
}  // namespace steppe
