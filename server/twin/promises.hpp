// Who tells the newcomers of a simulated day when they are called at the latest. Any thread.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string_view>

#include "server/queue/day/office_day.hpp"

namespace matanai::twin {

enum class Promises {
  plain,      // a formula: fast
  estimator,  // the product's own: futures of the floor at each arrival, some 100 times slower
};
std::string_view name_of(Promises promises);

// `office` must outlive the promise.
queue::Promise promise_by(Promises promises, const queue::OfficeModel& office, std::uint64_t seed);

// Adds --promises to `command`; `promises` outlives it.
void add_promises(CLI::App& command, Promises& promises);

}  // namespace matanai::twin
