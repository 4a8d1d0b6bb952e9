// Why a database could not be opened: one clear sentence for the operator. Thrown while a program
// starts, never later.
#pragma once

#include <stdexcept>

namespace matanai::db {

struct StartError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace matanai::db
