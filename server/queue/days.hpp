// Many days of one office: figures over them, the days shared out among workers. The result depends
// on model, seed and days alone. Pure.
#pragma once

#include <cstdint>

#include "server/queue/visit_figures.hpp"
#include "server/queue/ward_day.hpp"
#include "server/queue/workers.hpp"

namespace matanai::queue {

struct Days {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;
  std::uint64_t count = 1000;
  DayKind kind{};
};

// `promise` is copied for each job and may be called by several at once.
VisitFigures simulate(const DayModel& model, const Days& days,
                      const Workers& workers = one_after_another, const Promise& promise = {});

}  // namespace matanai::queue
