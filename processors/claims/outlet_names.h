#pragma once
// Which actor of the profile an outlet is: by the name of its feed, or the name a text credits.

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "config/gazetteer.h"

namespace steppe {

/// Immutable; any thread. Keeps nothing of `actors`.
class OutletNames {
 public:
  explicit OutletNames(std::span<const ActorEntry> actors);

  /// The key of the actor, people aside, whose name or form this is; empty for none, and where
  /// several have it. Letter case does not matter, nor what follows a bracket or a comma:
  /// "Kazinform (English)" is Kazinform.
  std::string_view key_of(std::string_view name) const;

 private:
  void add(std::string_view form, const std::string& key);

  std::map<std::string, std::string> keys_;  // by folded name; empty: of several
};

}  // namespace steppe
