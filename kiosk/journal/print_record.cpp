#include "kiosk/journal/print_record.hpp"

#include <spdlog/spdlog.h>

#include <exception>

namespace matanai::kiosk {
namespace asio = boost::asio;
using printer::JobState;
namespace {

// `sent` tells the journal no more than `sending` does: only an outcome is worth another try.
bool is_outcome(JobState state) {
  return state == JobState::confirmed || state == JobState::failed || state == JobState::unknown;
}

// What went wrong, or empty.
asio::awaitable<std::string> try_to_record(printer::Journal& journal, printer::JobId job,
                                           JobState state, bool has_rest) {
  try {
    co_await journal.record(job, state, has_rest);
    co_return std::string();
  } catch (const std::exception& error) {
    co_return std::string("not written down: ") + error.what();
  }
}

}  // namespace

asio::awaitable<void> PrintRecord::record(printer::JobId job, JobState state, bool has_rest) {
  if (!out_.contains(job.value)) {
    co_await journal_.record(job, state, has_rest);
    if (state == JobState::sending) out_.insert(job.value);
    co_return;
  }
  if (is_outcome(state)) out_.erase(job.value);
  const auto wrong = co_await try_to_record(journal_, job, state, has_rest);
  if (wrong.empty()) co_return;
  spdlog::error("print {}: {}: {}", job.value, boost::describe::enum_to_string(state, ""), wrong);
  if (is_outcome(state)) owed_[job.value] = state;
}

asio::awaitable<void> PrintRecord::abandon(printer::JobId job) {
  if (out_.contains(job.value)) co_await record(job, JobState::unknown, true);
}

asio::awaitable<void> PrintRecord::record_owed() {
  const auto offered = owed_;
  for (const auto& [job, state] : offered) {
    const auto wrong = co_await try_to_record(journal_, printer::JobId(job), state, true);
    if (!wrong.empty()) continue;
    spdlog::info("print {}: {}: written down now", job, boost::describe::enum_to_string(state, ""));
    owed_.erase(job);
  }
}

}  // namespace matanai::kiosk
