// A Windows printer queue (winspool). Thread rule: ../spooler.hpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "printer/transport/spooler.hpp"

namespace matanai::printer {

// The queue with this name (UTF-8); open() says when there is none.
std::unique_ptr<SpoolQueue> make_spool_queue(const std::string& name);

// The names of this computer's queues, UTF-8.
std::vector<std::string> spool_queues();

}  // namespace matanai::printer
