#include "connectors/http_feed/answer.h"

#include <utility>

#include "core/hash.h"
#include "core/printable.h"

namespace steppe {
namespace {

FetchFailure failure(const Answer& answer, PollClass poll_class, std::string message) {
  return {.error = {Code::kInvalidInput, Retry::kLater, std::move(message)},
          .http_status = answer.status,
          .poll_class = poll_class};
}

// A bot check says so itself, whatever its status. Source: Cloudflare, "Detect a challenge page
// response".
bool is_challenge(const HeaderBlock& headers) {
  return headers.first("cf-mitigated") == "challenge";
}

FetchFailure status_failure(Answer answer, std::string_view note = {}) {
  const int status = answer.status;
  const bool client_fault = status >= 400 && status < 500;
  const bool passing = status == 408 || status == 425 || status == 429 || !client_fault;
  std::string message = "receiving answer: HTTP status " + std::to_string(status);
  if (!note.empty()) message += ", " + std::string(note);
  return {.error = {Code::kHttpStatus, passing ? Retry::kLater : Retry::kNever, message},
          .http_status = status,
          .poll_class = note.empty() ? class_of_status(status) : PollClass::kOddStatus,
          .page = std::move(answer.body),
          .page_encoding = answer.headers.content_encoding().value_or("")};
}

FetchFailure challenge(Answer answer) {
  FetchFailure failed = status_failure(std::move(answer));
  failed.error = {Code::kHttpStatus, Retry::kLater,
                  "receiving answer: challenge_page: a bot check with HTTP status " +
                      std::to_string(failed.http_status)};
  failed.poll_class = PollClass::kChallengePage;
  return failed;
}

Validators validators_of(const Answer& answer) {
  return {.etag = std::string(answer.headers.first("etag").value_or("")),
          .last_modified = std::string(answer.headers.first("last-modified").value_or("")),
          .url = answer.url};
}

// A 304 names what is still valid: another ETag replaces the whole set, else given fields do.
// What stays the same shares its text.
Validators refreshed(const Validators& sent, const Answer& answer) {
  const std::string_view etag = answer.headers.first("etag").value_or("");
  const std::string_view modified = answer.headers.first("last-modified").value_or("");
  if (!etag.empty() && sent.etag != etag) return validators_of(answer);
  Validators fresh = sent;
  if (!modified.empty() && sent.last_modified != modified) fresh.last_modified = modified;
  if (sent.url != answer.url) fresh.url = answer.url;
  return fresh;
}

FetchResult unreadable_encoding(const Answer& answer) {
  const std::string name = printable(answer.headers.joined("content-encoding"), 80);
  return failure(answer, PollClass::kBadEncoding,
                 "reading body: encoding '" + name + "' was not asked for");
}

FetchResult document_or_unchanged(const FetchRequest& request, Answer answer) {
  if (answer.body.empty()) {
    return failure(answer, PollClass::kEmptyBody, "reading body: empty: the answer has no bytes");
  }
  const auto encoding = answer.headers.content_encoding();
  if (!encoding) return unreadable_encoding(answer);
  const std::uint64_t hash = hash64(answer.body);
  Validators validators = validators_of(answer);
  if (request.body_hash != 0 && hash == request.body_hash) {
    return NotModified{.validators = std::move(validators), .http_status = answer.status};
  }
  Document document;
  document.body = std::move(answer.body);
  document.content_encoding = *encoding;
  document.content_type = answer.headers.first("content-type").value_or("");
  document.headers = answer.headers.take();
  document.url_chain.assign(answer.passed.begin(), answer.passed.end());
  document.url_chain.emplace_back(answer.url);
  document.http_status = answer.status;
  document.validators = std::move(validators);
  document.body_hash = hash;
  return document;
}

}  // namespace

FetchResult judge_answer(const FetchRequest& request, Answer answer) {
  const int status = answer.status;
  if (is_challenge(answer.headers)) return challenge(std::move(answer));
  if (status == 304) {
    if (!answer.conditional) {
      return status_failure(std::move(answer), "although no validator was sent");
    }
    return NotModified{.validators = refreshed(request.validators, answer)};
  }
  if (status == 206) return status_failure(std::move(answer), "although no range was asked for");
  if (status < 200 || status > 299) return status_failure(std::move(answer));
  return document_or_unchanged(request, std::move(answer));
}

bool repeats_validators(const FetchRequest& request, const HeaderBlock& headers,
                        std::string_view url) {
  const Validators& known = request.validators;
  if (known.empty() || request.body_hash == 0) return false;
  if (!known.url.empty() && known.url != url) return false;
  return headers.first("etag").value_or("") == known.etag &&
         headers.first("last-modified").value_or("") == known.last_modified;
}

}  // namespace steppe
