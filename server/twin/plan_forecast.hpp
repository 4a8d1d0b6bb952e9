// The forecast of arrivals alone, of plan --forecast-only. Values; any thread.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "server/queue/day/arrivals.hpp"

namespace matanai::twin {

struct ForecastHour {
  std::string at;
  double walk_ins = 0;
  int walk_ins_low = 0;  // 80 % of such hours, days included
  int walk_ins_high = 0;
  double reserved = 0;           // that come, by slot
  std::vector<double> quarters;  // walk-ins
};
BOOST_DESCRIBE_STRUCT(ForecastHour, (),
                      (at, walk_ins, walk_ins_low, walk_ins_high, reserved, quarters))

struct ArrivalForecast {
  int weekday = 1;
  int month = 1;
  double day_cv = 0;  // how much days differ around their forecast
  double walk_ins = 0;
  int walk_ins_low = 0;  // 80 % of such days
  int walk_ins_high = 0;
  double reserved = 0;
  std::vector<ForecastHour> hours;
};
BOOST_DESCRIBE_STRUCT(ArrivalForecast, (),
                      (weekday, month, day_cv, walk_ins, walk_ins_low, walk_ins_high, reserved,
                       hours))

ArrivalForecast forecast_of(const queue::DemandModel& demand, const queue::DayKind& kind);
std::string text_of(const ArrivalForecast& forecast);

}  // namespace matanai::twin
