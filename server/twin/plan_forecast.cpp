#include "server/twin/plan_forecast.hpp"

#include <fmt/format.h>

#include <numeric>

#include "server/queue/plan/arrival_range.hpp"
#include "server/twin/table.hpp"

namespace matanai::twin {
namespace {

double sum_of(const queue::Quarters& people) {
  return std::accumulate(people.begin(), people.end(), 0.0);
}

ForecastHour hour_of(const queue::ExpectedArrivals& expected, std::size_t hour, double day_cv) {
  ForecastHour row;
  row.at = fmt::format("{:02}:00", hour);
  for (std::size_t q = hour * 4; q < hour * 4 + 4; ++q) {
    row.walk_ins += expected.walk_ins[q];
    row.reserved += expected.reserved[q];
    row.quarters.push_back(expected.walk_ins[q]);
  }
  const auto range = queue::people_range(row.walk_ins, day_cv);
  row.walk_ins_low = range.low;
  row.walk_ins_high = range.high;
  return row;
}

}  // namespace

ArrivalForecast forecast_of(const queue::DemandModel& demand, const queue::DayKind& kind) {
  const auto expected = queue::expected_arrivals(demand, kind);
  const auto day = queue::people_range(sum_of(expected.walk_ins), demand.day_cv);
  ArrivalForecast forecast{kind.weekday,
                           kind.month,
                           demand.day_cv,
                           day.mean,
                           day.low,
                           day.high,
                           sum_of(expected.reserved),
                           {}};
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const auto row = hour_of(expected, hour, demand.day_cv);
    if (row.walk_ins + row.reserved > 0) forecast.hours.push_back(row);
  }
  return forecast;
}

std::string text_of(const ArrivalForecast& forecast) {
  Table hours({"hour", "walk-ins by quarter", "walk-ins", "80 % of days", "reserved"});
  const auto row = [&](const std::string& name, const std::string& quarters, const auto& of) {
    hours.add({name, quarters, shown(of.walk_ins, 1),
               fmt::format("{}–{}", of.walk_ins_low, of.walk_ins_high), shown(of.reserved, 1)});
  };
  for (const auto& hour : forecast.hours) {
    std::string quarters;
    for (const double people : hour.quarters) quarters += fmt::format("{:>6.1f}", people);
    row(hour.at, quarters + " ", hour);
  }
  row("day", "", forecast);
  return fmt::format(
      "Arrivals of a day of weekday {}, month {}. Days differ by {:.0f} % around their "
      "forecast.\n\n"
      "{}",
      forecast.weekday, forecast.month, 100 * forecast.day_cv, hours.text());
}

}  // namespace matanai::twin
