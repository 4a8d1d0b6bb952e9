// The rules by which the next person may be chosen (product.md §3, settings row call_rule). What
// each does: server/queue/policy/call_policy.hpp. Values, any thread.
#pragma once

#include <boost/describe.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <optional>
#include <string>

namespace matanai {

enum class CallRule {
  slack,           // by ready time, but a reservation about to miss its promised time goes first
  first_come,      // by ready time
  reserved_first,  // reservations before everybody else
  credit,          // earliest due: slot − credit against the arrival
  accumulating,    // longest weighted wait: a reservation's minutes count several times
  ratio,           // some reservations, then a walk-in
  c_mu,            // longest weighted wait per minute of service (generalised cμ)
  zms,             // the rule of Munich's and Berlin's ZMS, as its source has it
};
BOOST_DESCRIBE_ENUM(CallRule, slack, first_come, reserved_first, credit, accumulating, ratio, c_mu,
                    zms)

inline std::optional<CallRule> parse_call_rule(const std::string& name) {
  CallRule rule{};
  if (!boost::describe::enum_from_string(name.c_str(), rule)) return std::nullopt;
  return rule;
}

}  // namespace matanai
