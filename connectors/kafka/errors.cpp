#include "connectors/kafka/errors.h"

#include <librdkafka/rdkafka.h>

#include <utility>

namespace steppe {
namespace {

struct Meaning {
  Code code;
  Retry retry;
};

Meaning meaning_of(int code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
    case RD_KAFKA_RESP_ERR_PRODUCER_FENCED: return {Code::kConflict, Retry::kLater};
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return {Code::kPermission, Retry::kLater};
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART: return {Code::kConfig, Retry::kLater};
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT: return {Code::kConfig, Retry::kNever};
    case RD_KAFKA_RESP_ERR_INVALID_RECORD: return {Code::kInvalidInput, Retry::kNever};
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE: return {Code::kTooLarge, Retry::kNever};
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR__RESOLVE: return {Code::kNetwork, Retry::kLater};
    default: return {Code::kUnavailable, Retry::kLater};
  }
}

}  // namespace

Error kafka_error(int code, std::string text) {
  const Meaning meaning = meaning_of(code);
  return {meaning.code, meaning.retry, std::move(text)};
}

std::string kafka_error_text(int code) {
  return rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(code));
}

bool is_row_refusal(int code) {
  return code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || code == RD_KAFKA_RESP_ERR_INVALID_RECORD;
}

bool is_fenced(int code) {
  return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH ||
         code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED;
}

}  // namespace steppe
