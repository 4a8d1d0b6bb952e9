#include "server/floor/call_rules.hpp"

namespace matanai::floor {

namespace settings = directory::settings;

queue::CallPolicy policy_of(const directory::Directory& directory, const OfficeId& office,
                            const GroupId& group, LocalDay day) {
  const auto value = [&](std::string_view name) {
    return directory.setting(name, office, group, day);
  };
  queue::CallRules rules;
  rules.rule = static_cast<CallRule>(value(settings::kCallRule));
  rules.max_passed = static_cast<int>(value(settings::kPassedLimit));
  rules.slack = std::chrono::seconds(value(settings::kCallSlackSeconds));
  rules.grace = Minutes(value(settings::kTargetReservedWaitMinutes));
  rules.credit = Minutes(value(settings::kCallCreditMinutes));
  rules.accumulation = static_cast<int>(value(settings::kCallAccumulation));
  rules.reserved_per_walk_in = static_cast<int>(value(settings::kCallReservedPerWalkIn));
  return queue::CallPolicy(rules);
}

}  // namespace matanai::floor
