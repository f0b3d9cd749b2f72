#pragma once
// People no profile knows: a name beside a role ("police spokesman Nurlan Seitov").

#include <cstdint>
#include <optional>
#include <vector>

#include "processors/actors/actor_finder.h"
#include "processors/annotate/annotated_text.h"

namespace steppe {

/// Half-open ranges of tokens.
struct RoleName {
  std::uint32_t first = 0;  // of role and name together
  std::uint32_t last = 0;
  std::uint32_t name_first = 0;
  std::uint32_t name_last = 0;
  std::uint32_t role_first = 0;
  std::uint32_t role_last = 0;
  Sector sector = Sector::kGov;
  std::optional<std::uint32_t> place;  // of the profile, within the role: "Almaty police chief"
};

/// At most this many a text.
inline constexpr std::size_t kMostRoleNames = 16;

/// Replaces `out` by the people named beside a role, in order; who is among `known` is left out.
/// Scripts without capital letters need a verb of speech behind the name. Any thread.
void find_role_names(const AnnotatedText& text, const std::vector<ActorMention>& known,
                     std::vector<RoleName>& out);

}  // namespace steppe
