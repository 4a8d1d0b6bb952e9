// A journal in memory, which can be asked to fail.
#pragma once

#include <boost/describe/enum_to_string.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "printer/job/journal.hpp"

namespace matanai::printer {

class MemoryJournal final : public Journal {
 public:
  boost::asio::awaitable<void> record(JobId job, JobState state, bool rest) override {
    if (fail_at == state) throw std::runtime_error("disk full");
    states.push_back(state);
    lines.push_back(job.value + " " + boost::describe::enum_to_string(state, "?"));
    has_rest = rest;
    co_return;
  }

  std::vector<JobState> states;
  std::vector<std::string> lines;  // "<job> <state>", in the same order
  bool has_rest = false;           // as last recorded
  std::optional<JobState> fail_at;
};

}  // namespace matanai::printer
