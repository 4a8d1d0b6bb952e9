// Many days of one office: figures over them, the days shared out among workers. The result depends
// on model, seed and days alone. Pure.
#pragma once

#include <cstdint>

#include "server/queue/day/visit_figures.hpp"
#include "server/queue/day/ward_day.hpp"
#include "server/queue/model/workers.hpp"

namespace matanai::queue {

struct Days {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;
  std::uint64_t count = 1000;
  DayKind kind{};
};

std::size_t jobs_of(const Days& days);  // that simulate() gives to its workers

// `promise` is copied for each job.
VisitFigures simulate(const DayModel& model, const Days& days,
                      const Workers& workers = one_after_another, const Promise& promise = {});

}  // namespace matanai::queue
