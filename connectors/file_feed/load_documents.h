#pragma once
// Documents from files and directories, for `steppewatch replay`.

#include <functional>
#include <string>
#include <vector>

#include "connectors/file_feed/options.h"
#include "core/document.h"

namespace steppe {

/// Calls `consume` with each document of `paths` in their order, directories with their
/// sub-directories in byte order of the names, until it returns false. One document at a time is in
/// memory; the bounds on files and total bytes do not apply.
/// A file that cannot be read gives a FetchFailure. The feed is made up: its id is the sidecar's
/// x-steppewatch-feed or "replay", its URL the document's. `fetched_at` is the sidecar's, else
/// zero: same bytes, same result. An article page is told by the purpose of its request, which has
/// its URL but not its item. Blocks on the disk.
void load_documents(const std::vector<std::string>& paths, const FileFeedOptions& options,
                    const std::function<bool(FetchOutcome)>& consume);

}  // namespace steppe
