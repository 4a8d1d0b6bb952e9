// The call rule of an office's groups, from its settings. Pure, any thread.
#pragma once

#include "server/directory/directory.hpp"
#include "server/queue/policy/call_policy.hpp"

namespace matanai::floor {

queue::CallPolicy policy_of(const directory::Directory& directory, const OfficeId& office,
                            const GroupId& group, LocalDay day);

}  // namespace matanai::floor
