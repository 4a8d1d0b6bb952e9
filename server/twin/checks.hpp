// The engine against published and exact values, one Check a value. Pure but for the workers lent;
// any thread.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace matanai::twin {

struct Check {
  std::string name;
  double exact = 0;  // published, or exact theory
  double ours = 0;
  double tolerance = 0;  // absolute
  bool ok = false;       // |ours − exact| ≤ tolerance
  // Simulated a second time, which alone counts (experiment.hpp). Not in the JSON.
  bool repeated = false;
};
BOOST_DESCRIBE_STRUCT(Check, (), (name, exact, ours, tolerance, ok))
using Checks = std::vector<Check>;

inline Check check(std::string name, double exact, double ours, double tolerance) {
  const double off = ours > exact ? ours - exact : exact - ours;
  return {std::move(name), exact, ours, tolerance, off <= tolerance, false};
}

// Every formula of server/queue/formulas at every published value: within 1e-5, or half a unit of
// the last published digit where fewer digits are known.
Checks formula_checks();

}  // namespace matanai::twin
