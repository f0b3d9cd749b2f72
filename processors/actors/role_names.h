#pragma once
// People no profile knows: a name beside a role ("police spokesman Nurlan Seitov"), or one that
// looks like a person's ("Nurlan Seitov").

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

/// Replaces `out` by the people named beside a role, then those whose surname has an ending of
/// surnames; who is among `known` is left out. A name alone has no role: an empty range. In scripts
/// without capital letters a name behind a role is written with the letters of foreign names, or a
/// verb of speech follows. Any thread.
void find_role_names(const AnnotatedText& text, const std::vector<ActorMention>& known,
                     std::vector<RoleName>& out);

}  // namespace steppe
