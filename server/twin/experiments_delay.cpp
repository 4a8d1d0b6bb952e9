#include <fmt/format.h>

#include <array>

#include "server/queue/formulas/delay.hpp"
#include "server/queue/station/classic_estimators.hpp"
#include "server/twin/experiments.hpp"
#include "server/twin/published.hpp"

namespace matanai::twin {
namespace {

using namespace queue;

constexpr double kCustomers = 10e6;
constexpr double kWarmUp = 0.1;
// From here on waits are correlated over so long that more customers are needed, and replications
// long enough to forget their start.
constexpr double kHeavyOmega = 0.93;
constexpr double kMoreCustomers = 2;
constexpr double kMoreWhenQuick = 10;
constexpr double kHeavyUtilisation = 0.93;
constexpr Bar kLittleBar{Bar::Kind::share, 0.001};

// The published ratios are simulations with errors of 1…6 %, the larger at high utilisations.
Bar bar_of(double utilisation, Effort effort) {
  const bool is_firm = utilisation < kHeavyUtilisation && effort != Effort::quick;
  return {is_firm ? Bar::Kind::share : Bar::Kind::errors_or_share, 0.05};
}
// HOL/QL of Poisson arrivals is exactly 2 in the limit, and 2.00 ± .05 at every size tried.
Bar hol_bar(const published::DelayRow& row, Effort effort) {
  Bar bar = bar_of(row.utilisation, effort);
  if (row.arrivals == Arrivals::poisson && row.utilisation < kHeavyUtilisation) bar.share = 0.025;
  return bar;
}

StationModel model_of(const Source& source, int windows, double omega, Effort effort,
                      std::size_t& replications) {
  const double much = effort == Effort::quick ? kMoreWhenQuick : kMoreCustomers;
  const double more = omega < kHeavyOmega ? 1 : much;
  const Size size = size_of(effort, kCustomers * more);
  replications = size.replications;
  StationModel model;
  model.windows = windows;
  model.sources = {source};
  model.customers = size.customers;
  model.warm_up = static_cast<std::uint64_t>(kWarmUp * static_cast<double>(size.customers));
  return model;
}

Fraction mean_square(const EstimatorErrors& errors, Estimator estimator) {
  return {errors.squares_of(estimator), static_cast<double>(errors.customers)};
}
Fraction over_ql(const EstimatorErrors& errors, Estimator estimator) {
  return {errors.squares_of(estimator), errors.squares_of(Estimator::ql)};
}

Experiment gi_m_s(const published::DelayRow& row, int windows, double rcs, Effort effort) {
  constexpr std::array kLaws{Law::exponential, Law::deterministic, Law::hyperexponential};
  Source source;
  source.between = {kLaws.at(static_cast<std::size_t>(row.arrivals)),
                    1 / (row.utilisation * windows), 4};
  const auto limits = delay_limits(row.arrivals, row.utilisation, windows);
  const StationFacts facts{windows, 1, row.utilisation * windows, 0, limits.mean_wait};
  const Bar bar = bar_of(row.utilisation, effort);
  const auto name = fmt::format("simulated {} s={}", row.name(), windows);
  Experiment experiment;
  experiment.metrics = {
      {name + " mean W given W>0", limits.mean_wait, bar},
      {name + " MSE(QL)", limits.ql_mse, bar},
      {name + " LES/QL", row.les, bar},
      {name + " HOL/QL", row.hol, hol_bar(row, effort)},
      {name + " refined HOL/QL", row.refined_hol, bar},
      {name + " NI/QL", limits.ni_mse / limits.ql_mse, {Bar::Kind::errors_or_share, 0.05}},
      {name + " Little's law L/(lambda W)", 1, kLittleBar}};
  if (rcs > 0) experiment.metrics.push_back({name + " RCS/QL", rcs, bar});
  const auto model = model_of(source, windows, row.omega, effort, experiment.replications);
  experiment.run = [model, facts, rcs](std::uint64_t seed, std::uint64_t replication) {
    const auto errors = measure_estimators(model, facts, seed, replication);
    std::vector<Fraction> values{{errors.wait, static_cast<double>(errors.customers)},
                                 mean_square(errors, Estimator::ql),
                                 over_ql(errors, Estimator::les),
                                 over_ql(errors, Estimator::hol),
                                 over_ql(errors, Estimator::refined_hol),
                                 over_ql(errors, Estimator::ni),
                                 {errors.totals.waiting_area, errors.totals.all_waits}};
    if (rcs > 0) values.push_back(over_ql(errors, Estimator::rcs));
    return values;
  };
  return experiment;
}

Experiment with_patience(const published::PatienceRow& row, Effort effort) {
  Source source;
  source.between.mean = 1 / row.arrivals;
  source.patience = Distribution{.mean = 1 / row.patience_rate};
  const StationFacts facts{row.windows, 1, row.arrivals, row.patience_rate, 0};
  const Bar bar = bar_of(0, effort);
  const auto name = "simulated estimators in " + row.name();
  Experiment experiment;
  experiment.metrics = {{name + " MSE(QL)", row.ql, bar},
                        {name + " MSE(QLm)", row.qlm, bar},
                        {name + " MSE(LES)", row.les, bar},
                        {name + " Little's law L/(lambda W)", 1, kLittleBar}};
  const auto model = model_of(source, row.windows, 0, effort, experiment.replications);
  experiment.run = [model, facts](std::uint64_t seed, std::uint64_t replication) {
    const auto errors = measure_estimators(model, facts, seed, replication);
    return std::vector{mean_square(errors, Estimator::ql), mean_square(errors, Estimator::qlm),
                       mean_square(errors, Estimator::les),
                       Fraction{errors.totals.waiting_area, errors.totals.all_waits}};
  };
  return experiment;
}

}  // namespace

std::vector<Experiment> delay_experiments(Effort effort) {
  std::vector<Experiment> all;
  for (const auto& row : published::kDelayTable) {
    all.push_back(gi_m_s(row, 100, row.rcs_100, effort));
    all.push_back(gi_m_s(row, 10, row.rcs_10, effort));
  }
  // The ratios do not depend on the number of windows.
  for (const int windows : {3, 1})
    all.push_back(gi_m_s(published::kDelayTable[2], windows, 0, effort));
  for (const auto& row : published::kPatience) all.push_back(with_patience(row, effort));
  return all;
}

}  // namespace matanai::twin
