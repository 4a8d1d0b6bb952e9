#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "server/queue/formulas/delay.hpp"
#include "server/queue/formulas/erlang.hpp"
#include "server/queue/formulas/priority.hpp"
#include "server/queue/formulas/session.hpp"
#include "server/twin/checks.hpp"
#include "server/twin/published.hpp"

namespace matanai::twin {
namespace {

using namespace queue;

constexpr double kTolerance = 1e-5;
constexpr double kFourDigits = 5e-5;  // published to four digits after the point

void add_erlang_c(Checks& checks) {
  for (const auto& row : published::kErlangC) {
    const MarkovQueue queue{row.windows, row.utilisation * row.windows, 1};
    const auto name = row.name();
    checks.push_back(check(name + " P(W>0)", row.delay, queue.delay_probability(), kTolerance));
    checks.push_back(check(name + " Wq", row.wait, queue.mean_wait(), kTolerance));
  }
}

void add_halfin_whitt(Checks& checks) {
  for (const auto& row : published::kHalfinWhitt) {
    checks.push_back(check(fmt::format("Halfin-Whitt beta for P(W>0) {}", row.delay), row.beta,
                           halfin_whitt_beta(row.delay), kFourDigits));
  }
}

void add_erlang_a(Checks& checks) {
  for (const auto& row : published::kErlangA) {
    const auto exact = erlang_a({row.windows, row.arrivals, 1}, row.patience_rate);
    const auto name = row.name();
    checks.push_back(check(name + " P(W>0)", row.delay, exact.delay_probability, kTolerance));
    checks.push_back(
        check(name + " P(abandon)", row.abandon, exact.abandon_probability, kTolerance));
    checks.push_back(check(name + " E[W]", row.wait, exact.mean_wait, kTolerance));
  }
}

void add_orders(Checks& checks) {
  for (const auto& row : published::kPriority) {
    const std::array arrivals{row.first * row.windows, (row.all - row.first) * row.windows};
    const auto waits = priority_waits(row.windows, 1, arrivals);
    const auto name = row.name();
    checks.push_back(check(name + " W1", row.first_wait, waits[0], kTolerance));
    checks.push_back(check(name + " W2", row.second_wait, waits[1], kTolerance));
    const double fcfs = MarkovQueue{row.windows, row.all * row.windows, 1}.mean_wait();
    checks.push_back(
        check(name + " conservation law", fcfs, conserved_wait(arrivals, waits), kTolerance));
  }
  for (const auto& row : published::kAccumulating) {
    const auto waits = accumulating_waits(row.windows, 1, row.high * row.windows,
                                          row.low * row.windows, row.low_to_high);
    const auto name = row.name();
    checks.push_back(check(name + " W_H", row.high_wait, waits.high, kTolerance));
    checks.push_back(check(name + " W_L", row.low_wait, waits.low, kTolerance));
  }
}

void add_sessions(Checks& checks) {
  for (const auto& row : published::kSessions) {
    const auto booked = row.booked();
    const auto exact = appointment_session(booked);
    const auto name = row.name();
    checks.push_back(check(name + " mean wait", row.wait, exact.mean_wait, kFourDigits));
    checks.push_back(check(name + " end", row.end, exact.end, kFourDigits));
  }
}

void add_omegas(Checks& checks) {
  for (const auto& row : published::kDelayTable) {
    const auto limits = delay_limits(row.arrivals, row.utilisation, 100);
    const auto name = row.name();
    checks.push_back(check(name + " omega", row.omega, limits.omega, kTolerance));
    checks.push_back(
        check(name + " s=100 mean W given W>0", row.mean_wait, limits.mean_wait, kFourDigits));
    checks.push_back(check(name + " s=100 MSE(QL)", row.ql_mse, limits.ql_mse, row.ql_mse * 5e-4));
  }
}

}  // namespace

Checks formula_checks() {
  Checks checks;
  add_erlang_c(checks);
  add_halfin_whitt(checks);
  add_erlang_a(checks);
  add_orders(checks);
  add_sessions(checks);
  add_omegas(checks);
  return checks;
}

}  // namespace matanai::twin
