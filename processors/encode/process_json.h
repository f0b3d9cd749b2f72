#pragma once
// The output line of `steppewatch process`, and the readable account of a decision.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/item.h"
#include "core/record.h"
#include "core/rejected_number.h"
#include "core/story.h"

namespace steppe {

/// One decided item; pointers are borrowed for one call.
struct ProcessLine {
  std::string_view id;         // as given on the input line
  const Item* item = nullptr;  // must be set
  ItemId item_id;
  StoryLink story;                       // empty story_id: none
  const Record* record = nullptr;        // of a kept item
  std::vector<RejectedNumber> rejected;  // for the explanation
};

/// {"id","decision","reason","score","lang","identity","story"?,"record"?,"explain"?} without a
/// line feed. `decision` is keep or drop: an item in the review band is a drop with reason
/// "review".
std::string process_line(const ProcessLine& line, bool explain);

/// The line of an input that could not be taken; its reason is "invalid_input: {message}".
std::string process_fault_line(std::string_view id, std::string_view message);

/// One word or phrase on why: the drop reason, "review", or the strongest reason of each group.
std::string reason_of(const Item& item);

/// One readable sentence per reason, heaviest first, per thing found, and per number that is none.
std::vector<std::string> explain(const Item& item, std::span<const RejectedNumber> rejected = {});

}  // namespace steppe
