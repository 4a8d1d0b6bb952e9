// Trying numbers of windows on the same drawn days again and again: the planner's yardstick. Pure.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "server/queue/planner.hpp"

namespace matanai::queue {

// Of the visitors of each hour (of arrival, of a reservation its slot), how many were called in
// time, with the sums a standard error needs: days are independent, visitors of a day are not.
struct HourCounts {
  std::array<double, 24> people{}, in_time{};
  std::array<double, 24> people_squared{}, in_time_squared{}, product{};

  void add(const HourCounts& other);
  double share(int hour) const;  // 1 when nobody came
  double standard_error(int hour) const;
  double worst_share() const;  // the least of the hours
  int worst_hour() const;
  double share_of_all() const;
};

class Trial {
 public:
  // Draws `days` days of `demand` from `seed`; borrows `request` and `workers`.
  Trial(const PlanRequest& request, const DemandModel& demand, std::uint64_t seed,
        std::uint64_t days, const Workers& workers);

  HourCounts run(const WindowCounts& counts);

 private:
  struct Part {
    std::unique_ptr<OfficeDay> office_day;
    std::vector<std::vector<Visitor>> days;
    std::uint64_t first = 0;
  };
  const PlanRequest* request_;
  const Workers* workers_;
  std::uint64_t seed_;
  std::vector<Part> parts_;
};

}  // namespace matanai::queue
