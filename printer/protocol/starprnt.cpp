#include "printer/protocol/starprnt.hpp"

#include <array>

#include "printer/protocol/starprnt_raster.hpp"
#include "printer/protocol/starprnt_status.hpp"

namespace matanai::printer {
namespace {

constexpr std::uint8_t kEsc = 0x1B, kGs = 0x1D, kEtx = 0x03, kRs = 0x1E, kAck = 0x06;
constexpr std::array kMethods = {ConfirmMethod::star_print_end};

// ESC GS ETX: function 1 asks for the end of printing, 3 starts a document, 4 ends it.
Bytes document(int function, ProcessId mark) {
  return {kEsc,
          kGs,
          kEtx,
          static_cast<std::uint8_t>(function),
          static_cast<std::uint8_t>(mark & 0xFF),
          static_cast<std::uint8_t>(mark >> 8)};
}

class StarprntDialect final : public Dialect {
 public:
  Protocol protocol() const override { return Protocol::starprnt; }
  std::span<const ConfirmMethod> confirm_methods() const override { return kMethods; }

  // ESC RS a 1: status notices on.
  Bytes set_up() const override { return {kEsc, kRs, 'a', 1}; }

  Bytes begin_ticket() const override {
    Bytes out{kEsc, '@'};
    const auto start = document(3, 0);
    out.insert(out.end(), start.begin(), start.end());
    return out;
  }
  Bytes end_ticket() const override { return document(4, 0); }

  Encoded encode(const Bitmap& picture, const EncodeOptions& options) const override {
    return encode_starprnt(picture, options);
  }

  // ESC d 3: feed to the blade, partial cut.
  Bytes cut() const override { return {kEsc, 'd', 3}; }

  // ESC ACK SOH: one notice now.
  Question ask_state() const override {
    return {.bytes = {kEsc, kAck, 0x01}, .answers = {Asked::notice}};
  }

  // ESC # * LF NUL: model and firmware in one text.
  Question ask_identity() const override {
    return {.bytes = {kEsc, '#', '*', 0x0A, 0x00}, .answers = {Asked::model}};
  }

  Bytes confirm_request(ConfirmMethod method, ProcessId id) const override {
    if (method != ConfirmMethod::star_print_end) return {};
    return document(1, carried_by(method, id));
  }

  // Ends the document of which the rest is thrown away; the echo of the mark tells that this is
  // done.
  Bytes clear_buffer() const override {
    auto out = document(4, 0);
    const auto mark = document(1, starprnt::kClearMark);
    out.insert(out.end(), mark.begin(), mark.end());
    return out;
  }
  bool clears_in_order() const override { return true; }

  std::unique_ptr<ReplyReader> make_reader() const override { return make_starprnt_reader(); }
};

}  // namespace

const Dialect& starprnt_dialect() {
  static const StarprntDialect dialect;
  return dialect;
}

}  // namespace matanai::printer
