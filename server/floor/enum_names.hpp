// States as tables hold them: the enumerator's own name. Pure, any thread.
#pragma once

#include <boost/describe.hpp>
#include <stdexcept>
#include <string>

namespace matanai::floor {

template <class Enum>
std::string name_of(Enum value) {
  return boost::describe::enum_to_string(value, "?");
}

// Throws std::logic_error for a name that is none: a broken table.
template <class Enum>
Enum enum_from(const std::string& text) {
  Enum value{};
  if (!boost::describe::enum_from_string(text.c_str(), value))
    throw std::logic_error("unknown state " + text);
  return value;
}

}  // namespace matanai::floor
