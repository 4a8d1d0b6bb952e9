#include "printer/protocol/escpos_dialect.hpp"

#include <array>

#include "printer/protocol/escpos.hpp"
#include "printer/protocol/escpos_status.hpp"
#include "printer/protocol/text_mode.hpp"

namespace matanai::printer {
namespace {

constexpr std::uint8_t kEsc = 0x1B, kGs = 0x1D;
constexpr std::array kMethods = {ConfirmMethod::epson_process_id, ConfirmMethod::sii_execution,
                                 ConfirmMethod::paper_sensor};

void append(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

class EscposDialect final : public Dialect {
 public:
  Protocol protocol() const override { return Protocol::escpos; }
  std::span<const ConfirmMethod> confirm_methods() const override { return kMethods; }

  Bytes set_up() const override {
    auto out = escpos::enable_asb();
    append(out, {kEsc, 'c', '4', 0});  // near end stops nothing
    append(out, {kEsc, 'c', '5', 1});  // the FEED button is not for visitors
    return out;
  }

  Bytes begin_ticket() const override { return escpos::initialize(); }
  Bytes end_ticket() const override { return {}; }

  Encoded encode(const Bitmap& picture, const EncodeOptions& options) const override {
    return escpos::encode(picture, options);
  }

  std::optional<EncodedText> encode_text(const TextPage& page) const override {
    return escpos::encode_text(page, false);
  }

  Bytes cut() const override { return {kGs, 'V', 'B', 0}; }

  Question ask_state() const override {
    Question question{
        .bytes = {},
        .answers = {Asked::printer, Asked::offline_cause, Asked::error_cause, Asked::paper}};
    for (int n = 1; n <= 4; ++n) append(question.bytes, escpos::ask_status(n));
    return question;
  }

  // ESC @ first: an SII printer answers it with its own sign.
  Question ask_identity() const override {
    return {.bytes = {kEsc, '@', kGs, 'I', 66, kGs, 'I', 67, kGs, 'I', 65},
            .answers = {Asked::maker, Asked::model, Asked::firmware}};
  }

  Bytes confirm_request(ConfirmMethod method, ProcessId id) const override {
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
  Bytes clear_buffer() const override {
    Bytes out{0x10, 0x05, 0x02};
    append(out, escpos::clear_buffer());
    return out;
  }
  bool clears_in_order() const override { return false; }

  std::unique_ptr<ReplyReader> make_reader() const override { return make_escpos_reader(); }
};

}  // namespace

const Dialect& escpos_dialect() {
  static const EscposDialect dialect;
  return dialect;
}

}  // namespace matanai::printer
