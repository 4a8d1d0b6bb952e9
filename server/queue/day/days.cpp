#include "server/queue/day/days.hpp"

#include <algorithm>
#include <vector>

namespace matanai::queue {
namespace {
constexpr std::uint64_t kDaysAJob = 25;
}

std::size_t jobs_of(const Days& days) { return (days.count + kDaysAJob - 1) / kDaysAJob; }

VisitFigures simulate(const DayModel& model, const Days& days, const Workers& workers,
                      const Promise& promise) {
  std::vector<VisitFigures> parts(jobs_of(days));
  workers(parts.size(), [&](std::size_t part) {
    OfficeDay office_day(model.office, model.demand, model.rules, promise);
    const std::uint64_t from = part * kDaysAJob;
    const std::uint64_t until = std::min(days.count, from + kDaysAJob);
    for (std::uint64_t day = days.first + from; day < days.first + until; ++day)
      parts[part].add(office_day.run(model.windows, days.seed, day, days.kind), model.closing);
  });
  VisitFigures figures;
  for (const VisitFigures& part : parts) figures.add(part);
  return figures;
}

}  // namespace matanai::queue
