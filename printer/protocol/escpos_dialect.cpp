#include "printer/protocol/escpos_dialect.hpp"

#include <array>

#include "printer/protocol/escpos.hpp"
#include "printer/protocol/escpos_status.hpp"

namespace matanai::printer {
namespace {

constexpr std::uint8_t kEsc = 0x1B, kGs = 0x1D;
constexpr std::array kMethods = {ConfirmMethod::epson_process_id, ConfirmMethod::sii_execution,
                                 ConfirmMethod::paper_sensor};

void append(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

}  // namespace

std::span<const ConfirmMethod> EscposDialect::confirm_methods() const { return kMethods; }

Bytes EscposDialect::set_up() const {
  auto out = escpos::enable_asb();
  append(out, {kEsc, 'c', '4', 0});  // near end stops nothing
  append(out, {kEsc, 'c', '5', 1});  // the FEED button is not for visitors
  return out;
}

Bytes EscposDialect::begin_ticket() const { return escpos::initialize(); }

Encoded EscposDialect::encode(const Bitmap& picture, const EncodeOptions& options) const {
  return escpos::encode(picture, options);
}

Bytes EscposDialect::cut() const { return {kGs, 'V', 'B', 0}; }

Question EscposDialect::ask_state() const {
  Question question{
      .bytes = {},
      .answers = {Asked::printer, Asked::offline_cause, Asked::error_cause, Asked::paper}};
  for (int n = 1; n <= 4; ++n) append(question.bytes, escpos::ask_status(n));
  return question;
}

// ESC @ first: an SII printer answers it with its own sign.
Question EscposDialect::ask_identity() const {
  return {.bytes = {kEsc, '@', kGs, 'I', 66, kGs, 'I', 67, kGs, 'I', 65},
          .answers = {Asked::maker, Asked::model, Asked::firmware}};
}

Bytes EscposDialect::confirm_request(ConfirmMethod method, ProcessId id) const {
  const auto carried = carried_by(method, id);
  if (method == ConfirmMethod::epson_process_id)
    return escpos::ask_process_id(escpos::process_id_of(carried));
  if (method == ConfirmMethod::sii_execution)
    return {0x12, 'q', static_cast<std::uint8_t>(carried)};  // DC2 q n
  if (method == ConfirmMethod::paper_sensor) return escpos::ask_paper_sensor();
  return {};
}

// DLE ENQ 2 ends a cutter error and clears; printers that have no such error ignore it. DLE DC4 8
// clears and says so.
Bytes EscposDialect::clear_buffer() const {
  Bytes out{0x10, 0x05, 0x02};
  append(out, escpos::clear_buffer());
  return out;
}

std::unique_ptr<ReplyReader> EscposDialect::make_reader() const {
  return std::make_unique<EscposReader>();
}

}  // namespace matanai::printer
