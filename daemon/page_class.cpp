#include "daemon/page_class.h"

#include <array>
#include <string>

#include "processors/parse/decode_body.h"
#include "processors/parse/detect.h"

namespace steppe {
namespace {

constexpr std::size_t kMaxPageBytes = 256U << 10;  // decoded
constexpr std::size_t kLookedAt = 4096;

// It says that it is a feed, and cannot be read as one.
bool claims_to_be_a_feed(std::string_view body) {
  constexpr std::array<std::string_view, 3> kRoots = {"<rss", "<feed", "<rdf:RDF"};
  const std::string_view head = body.substr(0, kLookedAt);
  for (const std::string_view root : kRoots) {
    if (head.find(root) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

PollClass class_of_refusal(std::string_view stage, const Error& error, std::string_view body) {
  if (error.code == Code::kTooLarge) return PollClass::kTooLarge;
  if (stage == "decode") return PollClass::kBadEncoding;
  const std::string_view name = std::string_view(error.message).substr(0, error.message.find(':'));
  if (name == "empty") return PollClass::kEmptyBody;
  if (const PollClass named = poll_class_of(name); named != PollClass::kUnknown) return named;
  return claims_to_be_a_feed(body) ? PollClass::kBrokenFeed : PollClass::kNotAFeed;
}

void look_at_page(FetchFailure& failure) {
  const std::string page = std::move(failure.page);
  failure.page = {};
  if (page.empty() || failure.poll_class == PollClass::kChallengePage) return;
  const auto text = decode_body(page, failure.page_encoding, kMaxPageBytes);
  if (!text || detect_kind(*text) != DocumentKind::kHtml) return;
  const PollClass seen = poll_class_of(classify_page(*text));
  if (seen == PollClass::kChallengePage || seen == PollClass::kLoginPage ||
      seen == PollClass::kParkedDomain) {
    failure.poll_class = seen;
    failure.error.message += ", " + std::string(to_string(seen));
  }
}

}  // namespace steppe
