#pragma once
// What was published before, put together from the output, the rotated output and the mark.

#include "connectors/json_lines/mark.h"
#include "connectors/json_lines/tail.h"

namespace steppe::json_lines {

/// `tail` is the repaired tail of the current output `current`. Prefers what `writer` wrote; the
/// highest sequence counts. An output that the mark does not know (rotated, replaced) sends the
/// search to the marked file, wherever it is now in the folder of `path`; its partial last line is
/// cut as well.
Checkpoint published_before(const Tail& tail, const FileId& current,
                            const std::optional<Mark>& mark, const std::string& path,
                            const WriterIdentity& writer);

}  // namespace steppe::json_lines
