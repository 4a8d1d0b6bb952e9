// ESC/POS behind the seam: Epson's command set and everybody who follows it, with SII's own
// confirmation. Thread rule: dialect.hpp.
#pragma once

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

class EscposDialect final : public Dialect {
 public:
  Protocol protocol() const override { return Protocol::escpos; }
  std::span<const ConfirmMethod> confirm_methods() const override;
  Bytes set_up() const override;
  Bytes begin_ticket() const override;
  Bytes end_ticket() const override { return {}; }
  Encoded encode(const Bitmap& picture, const EncodeOptions& options) const override;
  Bytes cut() const override;
  Question ask_state() const override;
  Question ask_identity() const override;
  Bytes confirm_request(ConfirmMethod method, ProcessId id) const override;
  Bytes clear_buffer() const override;
  bool clears_in_order() const override { return false; }
  Bytes interrupt() const override { return Bytes(kBandLimit, 0); }
  std::unique_ptr<ReplyReader> make_reader() const override;
};

}  // namespace matanai::printer
