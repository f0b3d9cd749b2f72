#include "connectors/http_feed/answer.h"

#include <utility>

#include "core/hash.h"
#include "core/printable.h"

namespace steppe {
namespace {

FetchFailure failure(const Answer& answer, Code code, Retry retry, std::string message) {
  return {.error = {code, retry, std::move(message)}, .http_status = answer.status};
}

FetchFailure status_failure(const Answer& answer, std::string_view note = {}) {
  const int status = answer.status;
  const bool client_fault = status >= 400 && status < 500;
  const bool passing = status == 408 || status == 425 || status == 429 || !client_fault;
  std::string message = "receiving answer: HTTP status " + std::to_string(status);
  if (!note.empty()) message += ", " + std::string(note);
  return failure(answer, Code::kHttpStatus, passing ? Retry::kLater : Retry::kNever, message);
}

Validators validators_of(const Answer& answer) {
  return {.etag = std::string(answer.headers.first("etag").value_or("")),
          .last_modified = std::string(answer.headers.first("last-modified").value_or("")),
          .url = answer.url_chain.back()};
}

// A 304 names what is still valid: another ETag replaces the whole set, else given fields do.
Validators refreshed(const Validators& sent, const Answer& answer) {
  Validators fresh = validators_of(answer);
  if (!fresh.etag.empty() && fresh.etag != sent.etag) return fresh;
  fresh.etag = sent.etag;
  if (fresh.last_modified.empty()) fresh.last_modified = sent.last_modified;
  return fresh;
}

FetchResult unreadable_encoding(const Answer& answer) {
  const std::string name = printable(answer.headers.joined("content-encoding"), 80);
  return failure(answer, Code::kInvalidInput, Retry::kLater,
                 "reading body: encoding '" + name + "' was not asked for");
}

FetchResult document_or_unchanged(const FetchRequest& request, Answer answer) {
  if (answer.body.empty()) {
    return failure(answer, Code::kInvalidInput, Retry::kLater,
                   "reading body: empty: the answer has no bytes");
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
  document.url_chain = std::move(answer.url_chain);
  document.http_status = answer.status;
  document.validators = std::move(validators);
  document.body_hash = hash;
  return document;
}

}  // namespace

FetchResult judge_answer(const FetchRequest& request, Answer answer) {
  const int status = answer.status;
  if (status == 304) {
    if (!answer.conditional) return status_failure(answer, "although no validator was sent");
    return NotModified{.validators = refreshed(request.validators, answer)};
  }
  if (status == 206) return status_failure(answer, "although no range was asked for");
  if (status < 200 || status > 299) return status_failure(answer);
  return document_or_unchanged(request, std::move(answer));
}

}  // namespace steppe
