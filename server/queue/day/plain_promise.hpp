// A promise without futures, for comparing rules: the work ahead by service means over the open
// windows, with its spread as of independent services (research queueing.md §0.2), rounded up to
// the next five minutes. The product's own promise is the estimator's. Pure.
#pragma once

#include "server/queue/day/office_day.hpp"

namespace matanai::queue {

// `office` is borrowed and must outlive the promise. About nine in ten are kept under first come,
// first served.
Promise plain_promise(const OfficeModel& office);

}  // namespace matanai::queue
