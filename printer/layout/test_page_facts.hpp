// What the test page says about the printer; what is empty is left out. A value, any thread.
#pragma once

#include <string>

#include "schema/types/locale.hpp"
#include "schema/types/time.hpp"

namespace matanai::printer {

struct TestPageFacts {
  Locale locale = Locale::ja;  // of the labels
  std::string maker, model, firmware;
  std::string connection;  // "tcp:192.0.2.7:9100"
  std::string confirms;    // how the printer confirms tickets, in words
  Instant printed_at{};
};

}  // namespace matanai::printer
