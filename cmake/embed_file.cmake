# Run by steppe_embed: writes INPUT's bytes as a C++ array named SYMBOL into OUTPUT.
file(READ ${INPUT} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
string(REGEX REPLACE "('.x0a',)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT} "// Generated from a data file; edit that instead.
#include <string_view>

namespace steppe {
namespace {
constexpr char kBytes[] = {${bytes}'\\x00'};
}
extern const std::string_view ${SYMBOL};
const std::string_view ${SYMBOL}(kBytes, sizeof kBytes - 1);
}  // namespace steppe
")
