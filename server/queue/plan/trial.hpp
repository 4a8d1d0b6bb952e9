// Trying numbers of windows on the same drawn days again and again: the planner's yardstick. Pure.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "server/queue/day/day_share.hpp"
#include "server/queue/plan/planner.hpp"

namespace matanai::queue {

// Of the visitors of each hour (of arrival, of a reservation its slot) and of each group, how many
// were called in time.
struct InTime {
  std::array<DayShare, 24> hours;
  std::vector<DayShare> groups;
  std::vector<std::array<double, 24>> late;  // people not called in time, by group and hour

  explicit InTime(std::size_t group_count) : groups(group_count), late(group_count) {}
  void add(const InTime& other);
  // The hour or the group with the least share.
  struct Part {
    bool is_group = false;
    std::size_t index = 0;
  };
  Part worst() const;
  std::size_t worst_hour() const;
  double share(const Part& part) const;
  double worst_share() const { return share(worst()); }
  double share_of_all() const;
};

class Trial {
 public:
  // Draws `days` days of `demand` from `seed`; borrows `request` and `workers`.
  Trial(const PlanRequest& request, const DemandModel& demand, std::uint64_t seed,
        std::uint64_t days, const Workers& workers);

  InTime run(const KindCounts& counts);

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
