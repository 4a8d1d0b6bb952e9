#include <fmt/format.h>

#include <numeric>

#include "server/queue/station/station.hpp"
#include "server/twin/experiments.hpp"
#include "server/twin/published.hpp"

namespace matanai::twin {
namespace {

using namespace queue;

constexpr double kCustomers = 20e6;
constexpr double kSessionVisits = 4e6;
constexpr double kWarmUp = 0.1;

Bar exact_bar(Effort effort) {
  return {Bar::Kind::errors_and_share, effort == Effort::quick ? 1 : 0.02};
}
constexpr Bar kLittleBar{Bar::Kind::share, 0.001};

// Poisson arrivals, mean service 1.
Source markov_source(double arrivals) {
  Source source;
  source.between.mean = 1 / arrivals;
  return source;
}

StationModel station(int windows, std::vector<Source> sources, const Size& size) {
  StationModel model;
  model.windows = windows;
  model.sources = std::move(sources);
  model.customers = size.customers;
  model.warm_up = static_cast<std::uint64_t>(kWarmUp * static_cast<double>(size.customers));
  return model;
}

// Values of each run by `fractions`, and Little's law of it as the last one.
template <class Fractions>
Experiment experiment_of(const std::string& name, std::vector<Metric> metrics, StationModel model,
                         std::size_t replications, Fractions fractions) {
  metrics.push_back({name + " Little's law L/(lambda W)", 1, kLittleBar});
  return {std::move(metrics), replications,
          [model = std::move(model), fractions](std::uint64_t seed, std::uint64_t replication) {
            const auto totals = run_station(model, seed, replication);
            std::vector<Fraction> values = fractions(totals);
            values.push_back({totals.waiting_area, totals.all_waits});
            return values;
          }};
}

Fraction delay_of(const SourceTotals& source) {
  return {static_cast<double>(source.delayed), static_cast<double>(source.arrived)};
}
Fraction wait_of(const SourceTotals& source) {
  return {source.wait, static_cast<double>(source.arrived)};
}

void add_erlang_c(std::vector<Experiment>& all, Effort effort) {
  const Size size = size_of(effort, kCustomers);
  for (const auto& row : published::kErlangC) {
    const auto name = "simulated " + row.name();
    all.push_back(
        experiment_of(name,
                      {{name + " P(W>0)", row.delay, exact_bar(effort)},
                       {name + " Wq", row.wait, exact_bar(effort)}},
                      station(row.windows, {markov_source(row.utilisation * row.windows)}, size),
                      size.replications, [](const StationTotals& totals) {
                        return std::vector{delay_of(totals.sources[0]), wait_of(totals.sources[0])};
                      }));
  }
}

void add_erlang_a(std::vector<Experiment>& all, Effort effort) {
  const Size size = size_of(effort, kCustomers / 2);
  for (const auto& row : published::kErlangA) {
    Source source = markov_source(row.arrivals);
    source.patience = Distribution{.mean = 1 / row.patience_rate};
    const auto name = "simulated " + row.name();
    all.push_back(experiment_of(
        name,
        {{name + " P(W>0)", row.delay, exact_bar(effort)},
         {name + " P(abandon)", row.abandon, exact_bar(effort)},
         {name + " E[W]", row.wait, exact_bar(effort)}},
        station(row.windows, {source}, size), size.replications, [](const StationTotals& totals) {
          const auto& only = totals.sources[0];
          return std::vector{
              delay_of(only),
              Fraction{static_cast<double>(only.abandoned), static_cast<double>(only.arrived)},
              wait_of(only)};
        }));
  }
}

// Two sources, the first of reservations, called by the production's rule without its guarantees.
Experiment two_classes(const std::string& name, std::vector<Metric> metrics, int windows,
                       double reserved, double walk_in, const CallRules& rules, const Size& size) {
  std::vector<Source> sources{markov_source(reserved), markov_source(walk_in)};
  sources[0].is_reserved = true;
  StationModel model = station(windows, std::move(sources), size);
  model.policy = CallPolicy(rules);
  return experiment_of(name, std::move(metrics), std::move(model), size.replications,
                       [](const StationTotals& totals) {
                         return std::vector{wait_of(totals.sources[0]), wait_of(totals.sources[1])};
                       });
}

void add_orders(std::vector<Experiment>& all, Effort effort) {
  const Size size = size_of(effort, kCustomers);
  CallRules rules;
  rules.has_guarantees = false;
  rules.rule = CallRule::reserved_first;
  for (const auto& row : published::kPriority) {
    const auto name = "simulated " + row.name();
    all.push_back(two_classes(name,
                              {{name + " W1", row.first_wait, exact_bar(effort)},
                               {name + " W2", row.second_wait, exact_bar(effort)}},
                              row.windows, row.first * row.windows,
                              (row.all - row.first) * row.windows, rules, size));
  }
  for (const auto& row : published::kAccumulating) {
    // A reservation's minutes count 1/b times; b = 0 is absolute priority.
    rules.rule = row.low_to_high > 0 ? CallRule::accumulating : CallRule::reserved_first;
    if (row.low_to_high > 0) rules.accumulation = static_cast<int>(1 / row.low_to_high + 0.5);
    const auto name = "simulated " + row.name();
    all.push_back(two_classes(name,
                              {{name + " W_H", row.high_wait, exact_bar(effort)},
                               {name + " W_L", row.low_wait, exact_bar(effort)}},
                              row.windows, row.high * row.windows, row.low * row.windows, rules,
                              size));
  }
}

// Many sessions make one replication.
void add_sessions(std::vector<Experiment>& all, Effort effort) {
  const Size size = size_of(effort, kSessionVisits);
  for (const auto& row : published::kSessions) {
    StationModel model;
    Source source;
    const auto booked = row.booked();
    for (std::size_t slot = 0; slot < booked.size(); ++slot)
      source.schedule.insert(source.schedule.end(), static_cast<std::size_t>(booked[slot]),
                             static_cast<double>(slot));
    model.sources = {source};
    model.customers = static_cast<std::uint64_t>(row.visitors);
    const std::uint64_t sessions = size.customers / model.customers;
    const auto name = "simulated " + row.name();
    all.push_back({{{name + " mean wait", row.wait, exact_bar(effort)},
                    {name + " end", row.end, exact_bar(effort)},
                    {name + " Little's law L/(lambda W)", 1, kLittleBar}},
                   size.replications,
                   [model, sessions](std::uint64_t seed, std::uint64_t replication) {
                     NoWatcher nobody;
                     Station station(model, nobody);
                     Fraction wait, end, little;
                     for (std::uint64_t i = 0; i < sessions; ++i) {
                       const auto totals = station.run(seed, replication * sessions + i);
                       wait.over += totals.sources[0].wait;
                       wait.under += static_cast<double>(totals.sources[0].arrived);
                       end.over += totals.end;
                       end.under += 1;
                       little.over += totals.waiting_area;
                       little.under += totals.all_waits;
                     }
                     return std::vector{wait, end, little};
                   }});
  }
}

}  // namespace

Size size_of(Effort effort, double customers) {
  constexpr std::size_t kReplications = 40;
  const double scale = effort == Effort::quick ? 0.02 : effort == Effort::full ? 5 : 1;
  return {static_cast<std::uint64_t>(customers * scale / kReplications), kReplications};
}

std::vector<Experiment> theory_experiments(Effort effort) {
  std::vector<Experiment> all;
  add_erlang_c(all, effort);
  add_erlang_a(all, effort);
  add_orders(all, effort);
  add_sessions(all, effort);
  return all;
}

}  // namespace matanai::twin
