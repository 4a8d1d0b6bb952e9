// The promise of a simulated day as the product makes it: the futures of the floor with the
// newcomer in its line, "at the latest" their q90 rounded up (futures.hpp, promise.hpp). Some 100
// times slower than plain_promise.hpp. Pure; each copy has its own memory, so a copy per thread.
#pragma once

#include "server/queue/day/office_day.hpp"
#include "server/queue/estimate/futures.hpp"

namespace matanai::queue {

// What `newcomer` is told, who joins the line of `group` now and is not in `floor` yet.
PersonForecast forecast_newcomer(Futures& futures, FloorNow floor, std::uint16_t group,
                                 const Person& newcomer);

// `office` is copied. No promise (kNever) where no honest one exists: the windows close before.
Promise estimator_promise(const OfficeModel& office, std::uint64_t seed = 1,
                          int futures = Futures::kUsual);

}  // namespace matanai::queue
