#include "printer/protocol/dialect.hpp"

#include "printer/protocol/escpos_dialect.hpp"
#include "printer/protocol/starprnt.hpp"

namespace matanai::printer {

ConfirmStrength strength_of(ConfirmMethod method) {
  switch (method) {
    case ConfirmMethod::epson_process_id:
    case ConfirmMethod::star_print_end:
    case ConfirmMethod::sii_execution:
      return ConfirmStrength::printed;
    case ConfirmMethod::paper_sensor:
      return ConfirmStrength::processed;
    case ConfirmMethod::none:
      break;
  }
  return ConfirmStrength::sent;
}

ProcessId carried_by(ConfirmMethod method, ProcessId id) {
  constexpr ProcessId kEpson = 95u * 95u * 95u * 95u;
  switch (method) {
    case ConfirmMethod::epson_process_id:
      return id % kEpson;
    case ConfirmMethod::star_print_end:
      return id % starprnt::kClearMark;
    case ConfirmMethod::sii_execution:
      return id % 16;
    case ConfirmMethod::paper_sensor:
    case ConfirmMethod::none:
      break;
  }
  return 0;
}

const Dialect& dialect_for(Protocol protocol) {
  return protocol == Protocol::starprnt ? starprnt_dialect() : escpos_dialect();
}

}  // namespace matanai::printer
