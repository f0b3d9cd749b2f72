// A process that publishes numbered rows in a loop, for tests that kill it.
//   kafka_writer BOOTSTRAP PREFIX PROGRESS_FILE SEED ROWS [STEP COUNT]
// ROWS more than were published before, then exit 0. With STEP it kills itself at that step's
// COUNTth time. Its outbox is the row generator; its local mark is in PROGRESS_FILE.

#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "connectors/kafka/kafka_sink.h"
#include "tests/integration/kafka/sample_rows.h"
#include "tests/integration/kafka/writer_progress.h"

namespace {

using namespace steppe;        // NOLINT: a test program
using namespace steppe::test;  // NOLINT

int fail(const Error& error) {
  std::fprintf(stderr, "kafka_writer: %s\n", error.message.c_str());
  return 1;
}

int publish_rows(KafkaSink& sink, WriterProgress& progress, std::uint64_t next, std::uint64_t end,
                 unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::uint64_t> size(1, 60);
  while (next <= end) {
    const std::uint64_t last = std::min(end, next + size(random) - 1);
    const auto published = sink.publish(sample_rows(next, last));
    if (!published) return fail(published.error());
    progress.mark = last;
    progress.step = WriterStep::kMarked;
    next = last + 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6 && argc != 8) return 64;
  WriterProgress* progress = map_progress(argv[3]);
  if (progress == nullptr) return 74;
  progress->step = WriterStep::kStarting;
  KafkaOptions options = sample_options(argv[1], argv[2]);
  options.topics = KafkaTopics::kVerify;
  const SystemClock clock;
  KafkaSink sink(options, clock, {});
  const std::string kill_step = argc == 8 ? argv[6] : "";
  int left = argc == 8 ? std::atoi(argv[7]) : 0;
  sink.set_step_hook_for_test([&](std::string_view step) {
    progress->step = step_of(step);
    if (step == kill_step && --left == 0) ::raise(SIGKILL);
  });
  const auto checkpoint = sink.open({"main", "generation-1"});
  if (!checkpoint) return fail(checkpoint.error());
  if (checkpoint->last_seq > progress->mark) ++progress->ahead_on_start;
  if (checkpoint->last_seq < progress->mark) ++progress->behind_on_start;
  progress->mark = checkpoint->last_seq;
  progress->step = WriterStep::kOpened;
  const std::uint64_t rows = std::strtoull(argv[5], nullptr, 10);
  return publish_rows(sink, *progress, checkpoint->last_seq + 1, checkpoint->last_seq + rows,
                      static_cast<unsigned>(std::atoi(argv[4])));
}
