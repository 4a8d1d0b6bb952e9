#include "server/queue/plan/roster.hpp"

#include <algorithm>
#include <tuple>

namespace matanai::queue {
namespace {

std::size_t quarters(Minutes time) { return static_cast<std::size_t>(time / kQuarter); }

struct Clerk {
  int number = 0;
  std::size_t lunch_from = kQuarters;
  bool is_on = false;
  std::size_t since = 0;  // on or off
};

class Greedy {
 public:
  Greedy(const ShiftRules& rules, int staff) : rules_(rules) {
    const auto turns =
        std::max<std::size_t>(1, quarters(rules.lunch_until - rules.lunch_from) /
                                     std::max<std::size_t>(1, quarters(rules.lunch)));
    for (int i = 0; i < staff; ++i) {
      Clerk clerk;
      clerk.number = i;
      if (rules.lunch.count() > 0)
        clerk.lunch_from = quarters(rules.lunch_from) +
                           (static_cast<std::size_t>(i) % turns) * quarters(rules.lunch);
      clerks_.push_back(clerk);
    }
  }

  std::optional<Roster> run(const WindowCounts& counts) {
    for (std::size_t q = 0; q < kQuarters; ++q) {
      for (Clerk& clerk : clerks_)
        if (clerk.is_on && (is_at_lunch(clerk, q) || is_tired(clerk, q, counts))) leave(clerk, q);
      while (on_ > counts[q]) leave(*longest_on(q), q);
      while (on_ < counts[q]) {
        Clerk* rested = longest_off(q);
        if (!rested) return std::nullopt;
        rested->is_on = true;
        rested->since = q;
        ++on_;
      }
    }
    for (Clerk& clerk : clerks_)
      if (clerk.is_on) leave(clerk, kQuarters);
    std::ranges::sort(shifts_, {}, [](const Shift& s) { return std::tuple(s.person, s.from); });
    if (std::ranges::any_of(shifts_, [&](const Shift& s) {
          return s.until - s.from < quarters(rules_.shortest_shift);
        }))
      return std::nullopt;
    return Roster{static_cast<int>(clerks_.size()), std::move(shifts_)};
  }

 private:
  bool is_at_lunch(const Clerk& clerk, std::size_t q) const {
    return q >= clerk.lunch_from && q < clerk.lunch_from + quarters(rules_.lunch);
  }
  // Nobody is relieved for less than a shortest shift before the windows close.
  bool is_tired(const Clerk& clerk, std::size_t q, const WindowCounts& counts) const {
    const std::size_t last = q + quarters(rules_.shortest_shift) - 1;
    return q - clerk.since >= quarters(rules_.longest_stretch) && last < kQuarters &&
           counts[last] > 0;
  }
  // Whoever starts at `q` needs a shortest shift before lunch.
  bool may_start(const Clerk& clerk, std::size_t q) const {
    const std::size_t soonest_end = q + quarters(rules_.shortest_shift);
    const bool meets_lunch =
        clerk.lunch_from < soonest_end && q < clerk.lunch_from + quarters(rules_.lunch);
    const bool is_rested = clerk.since == 0 || q - clerk.since >= quarters(rules_.shortest_break);
    return !clerk.is_on && is_rested && !meets_lunch;
  }
  void leave(Clerk& clerk, std::size_t q) {
    shifts_.push_back({clerk.number, clerk.since, q});
    clerk.is_on = false;
    clerk.since = q;
    --on_;
  }
  Clerk* longest_on(std::size_t q) {
    Clerk* longest = nullptr;
    const auto until_lunch = [&](const Clerk& c) {
      return c.lunch_from > q ? c.lunch_from : kQuarters;
    };
    for (Clerk& clerk : clerks_)
      if (clerk.is_on && (!longest || std::tuple(clerk.since, until_lunch(clerk)) <
                                          std::tuple(longest->since, until_lunch(*longest))))
        longest = &clerk;
    return longest;
  }
  Clerk* longest_off(std::size_t q) {
    Clerk* longest = nullptr;
    for (Clerk& clerk : clerks_)
      if (may_start(clerk, q) && (!longest || clerk.since < longest->since)) longest = &clerk;
    return longest;
  }

  const ShiftRules& rules_;
  std::vector<Clerk> clerks_;
  std::vector<Shift> shifts_;
  int on_ = 0;
};

}  // namespace

std::optional<Roster> roster_of(const WindowCounts& counts, const ShiftRules& rules) {
  if (rules.staff > 0) return Greedy(rules, rules.staff).run(counts);
  const int most = *std::ranges::max_element(counts);
  for (int staff = most; staff <= 3 * most; ++staff)
    if (auto roster = Greedy(rules, staff).run(counts)) return roster;
  return std::nullopt;
}

}  // namespace matanai::queue
