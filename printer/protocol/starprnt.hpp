// StarPRNT behind the seam: documents that are thrown away whole after a fault, and the end of
// printing confirmed by ESC GS ETX. Bytes as in Star's StarPRNT command specification. Thread rule:
// dialect.hpp.
#pragma once

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

namespace starprnt {
// The print-end mark that clear_buffer() asks for; no ticket has it.
inline constexpr ProcessId kClearMark = 0xFFFF;
}  // namespace starprnt

class StarprntDialect final : public Dialect {
 public:
  Protocol protocol() const override { return Protocol::starprnt; }
  std::span<const ConfirmMethod> confirm_methods() const override;
  Bytes set_up() const override;
  Bytes begin_ticket() const override;
  Bytes end_ticket() const override;
  Encoded encode(const Bitmap& picture, const EncodeOptions& options) const override;
  Bytes cut() const override;
  Question ask_state() const override;
  Question ask_identity() const override;
  Bytes confirm_request(ConfirmMethod method, ProcessId id) const override;
  Bytes clear_buffer() const override;
  bool clears_in_order() const override { return true; }
  Bytes interrupt() const override { return Bytes(kBandLimit, 0); }
  std::unique_ptr<ReplyReader> make_reader() const override;
};

}  // namespace matanai::printer
