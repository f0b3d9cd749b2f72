#include "connectors/json_lines/history.h"

#include <fcntl.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace steppe::json_lines {
namespace {

/// The name under which `wanted` is found beside `path`; empty when it is not there any more.
std::string find_renamed(const std::string& path, const FileId& wanted) {
  const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const std::string name = entry->path().string();
    if (entry->is_regular_file(failure) && file_at(name) == wanted) return name;
  }
  return {};
}

std::optional<Checkpoint> last_of_renamed(const std::string& path, const FileId& wanted) {
  const std::string name = find_renamed(path, wanted);
  if (name.empty()) return {};
  Result<File> file = File::open_output(name);
  if (!file) return {};
  const Result<Tail> tail = repair_tail(*file, name);
  return tail ? tail->last : std::nullopt;
}

bool same_writer(const WriterIdentity& left, const WriterIdentity& right) {
  return left.instance == right.instance && left.generation == right.generation;
}

/// The highest of the writer's own; else the first, which tells who was here before.
Checkpoint choose(const std::vector<Checkpoint>& candidates, const WriterIdentity& writer) {
  std::optional<Checkpoint> own;
  for (const Checkpoint& candidate : candidates) {
    if (!same_writer(candidate.writer, writer)) continue;
    if (!own || candidate.last_seq > own->last_seq) own = candidate;
  }
  if (own) return *own;
  return candidates.empty() ? Checkpoint{} : candidates.front();
}

}  // namespace

Checkpoint published_before(const Tail& tail, const FileId& current,
                            const std::optional<Mark>& mark, const std::string& path,
                            const WriterIdentity& writer) {
  std::vector<Checkpoint> candidates;
  if (tail.last) candidates.push_back(*tail.last);
  if (mark && mark->file != current) {
    candidates.push_back(last_of_renamed(path, mark->file).value_or(mark->published));
  } else if (mark && !tail.last) {
    candidates.push_back(mark->published);  // emptied in place
  }
  return choose(candidates, writer);
}

}  // namespace steppe::json_lines
