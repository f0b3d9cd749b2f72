#pragma once
// The output line of `steppewatch process`, and the readable account of a decision.

#include <string>
#include <string_view>
#include <vector>

#include "core/item.h"
#include "core/record.h"
#include "core/story.h"

namespace steppe {

/// One decided item; pointers are borrowed for one call.
struct ProcessLine {
  std::string_view id;         // as given on the input line
  const Item* item = nullptr;  // must be set
  ItemId item_id;
  StoryLink story;                 // empty story_id: none
  const Record* record = nullptr;  // of a kept item
};

/// {"id","decision","reason","score","lang","identity","story"?,"record"?,"explain"?} without a
/// line feed. `decision` is keep or drop: an item in the review band is a drop with reason
/// "review".
std::string process_line(const ProcessLine& line, bool explain);

/// The line of an input that could not be taken; its reason is "invalid_input: {message}".
std::string process_fault_line(std::string_view id, std::string_view message);

/// One word or phrase on why: the drop reason, "review", or the strongest reason of each group.
std::string reason_of(const Item& item);

/// One readable sentence per reason and per thing found, heaviest reasons first.
std::vector<std::string> explain(const Item& item);

}  // namespace steppe
