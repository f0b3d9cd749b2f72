#pragma once
// The rules of docs/architecture.md that a machine can check. Each returns every fault it finds.

#include <filesystem>

#include "tests/tidy/source_file.h"

namespace steppe::tidy {

/// core <- config <- {connectors/X, processors/X} <- daemon; siblings of a processor only as the
/// table in processors/README.md says; nothing but tests includes tests. Over #include lines.
Faults include_faults(const std::filesystem::path& root, const std::vector<SourceFile>& sources);

/// The same table over the LINKS of every CMakeLists.txt.
Faults link_faults(const std::filesystem::path& root);

/// Every .cpp is listed in the CMakeLists.txt of its folder or one above; every .h is included.
Faults build_faults(const std::filesystem::path& root, const std::vector<SourceFile>& sources);

/// No two headers define a type of one name: all live in one namespace, and a linker would silently
/// take the members of either.
Faults name_faults(const std::vector<SourceFile>& sources);

/// Files of at most 500 lines, functions of at most 70, lines of at most 100 characters.
Faults size_faults(const std::vector<SourceFile>& sources);

/// ASCII only; the section sign may stand in comments.
Faults character_faults(const std::vector<SourceFile>& sources);

/// Threads outside daemon and tests, std::regex on input, unbounded C string functions, exceptions,
/// dynamic_cast, unfinished work, recursive tree surgery of pugixml.
Faults banned_faults(const std::vector<SourceFile>& sources);

/// No text names a folder of somebody's machine.
Faults path_faults(const std::filesystem::path& root);

/// All of them.
Faults all_faults(const std::filesystem::path& root);

}  // namespace steppe::tidy
