#include "server/queue/plan/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace matanai::queue {
namespace {

constexpr double kWeekdayPrior = 1;  // days
constexpr double kMonthPrior = 10;
constexpr double kHalfLife = 20;  // days of the record

double total(const Quarters& people) { return std::accumulate(people.begin(), people.end(), 0.0); }

struct Ratio {
  double seen = 0;
  double expected = 0;
  double factor(double prior) const { return (seen + prior) / (expected + prior); }
};

std::size_t weekday_of(const ArrivalDay& day) {
  return static_cast<std::size_t>(day.kind.weekday - 1);
}
std::size_t month_of(const ArrivalDay& day) { return static_cast<std::size_t>(day.kind.month - 1); }

}  // namespace

ArrivalFit fit_arrivals(std::span<const ArrivalDay> days) {
  ArrivalFit fit;
  double sum = 0;
  for (const ArrivalDay& day : days) {
    sum += total(day.people);
    for (std::size_t q = 0; q < kQuarters; ++q) fit.profile[q] += day.people[q];
  }
  if (sum <= 0) return fit;
  for (double& share : fit.profile) share /= sum;
  const double mean = sum / static_cast<double>(days.size());

  std::array<Ratio, 12> months{};
  for (const ArrivalDay& day : days) {
    months[month_of(day)].seen += total(day.people) / mean;
    months[month_of(day)].expected += 1;
  }
  const auto seen_months =
      std::ranges::count_if(months, [](const Ratio& m) { return m.expected > 0; });
  for (std::size_t m = 0; m < 12 && seen_months > 1; ++m)
    fit.month[m] = months[m].factor(kMonthPrior);
  std::array<Ratio, 7> weekdays{};
  for (const ArrivalDay& day : days) {
    weekdays[weekday_of(day)].seen += total(day.people) / mean / fit.month[month_of(day)];
    weekdays[weekday_of(day)].expected += 1;
  }
  for (std::size_t w = 0; w < 7; ++w) fit.weekday[w] = weekdays[w].factor(kWeekdayPrior);

  const auto factor = [&](const ArrivalDay& day) {
    return fit.weekday[weekday_of(day)] * fit.month[month_of(day)];
  };
  double seen = 0;
  double weights = 0;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const double weight = std::exp2(-static_cast<double>(days.size() - 1 - i) / kHalfLife);
    seen += weight * total(days[i].people) / factor(days[i]);
    weights += weight;
  }
  fit.level = seen / weights;

  double squares = 0;
  double noise = 0;
  for (const ArrivalDay& day : days) {
    const double expected = mean * factor(day);
    squares += std::pow(total(day.people) / expected - 1, 2);
    noise += 1 / expected;
  }
  const auto seen_weekdays =
      std::ranges::count_if(weekdays, [](const Ratio& w) { return w.expected > 0; });
  const auto count = static_cast<double>(days.size());
  const double freedom =
      count - static_cast<double>(seen_weekdays + std::max<long>(1, seen_months) - 1);
  fit.day_cv = std::sqrt(std::max(0.0, squares / std::max(1.0, freedom) - noise / count));
  return fit;
}

}  // namespace matanai::queue
