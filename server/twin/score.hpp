// How `matanai-twin score` shows its figures. One thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "server/queue/estimate/accuracy.hpp"

namespace matanai::twin {

// {"n": …, "ours": {"mae", "rmse", "bias"[, "coverage80", "width80"]}, "les": {…}, …}
boost::json::object json_of(const queue::Score& score);
std::string table_of(const queue::Score& score);
// Either, on the standard output.
void print_score(const queue::Score& score, bool is_json);

}  // namespace matanai::twin
