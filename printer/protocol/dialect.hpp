// The seam between a print job and the languages of printers: one stateless object per protocol
// makes the bytes, one reader per connection understands the answers. Not for deciding what an
// answer means for a ticket (printer/job). Dialects: any thread; a reader: one thread.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "printer/bitmap.hpp"
#include "printer/protocol/encoded.hpp"
#include "printer/protocol/state.hpp"
#include "printer/text_page.hpp"

namespace matanai::printer {

enum class Protocol { escpos, starprnt };
BOOST_DESCRIBE_ENUM(Protocol, escpos, starprnt)

// How a printer says that a ticket came out.
enum class ConfirmMethod {
  epson_process_id,  // GS ( H 48: four characters echoed when everything before is printed
  star_print_end,    // ESC GS ETX 1: 16 bits echoed when the motor stands
  sii_execution,     // DC2 q: 4 bits echoed when the command before has ended
  paper_sensor,      // GS r 1: answered when parsed, carries nothing
  none,              // the printer says nothing
};
BOOST_DESCRIBE_ENUM(ConfirmMethod, epson_process_id, star_print_end, sii_execution, paper_sensor,
                    none)

using matanai::ConfirmStrength;
ConfirmStrength strength_of(ConfirmMethod method);

// Counts what was asked to be confirmed.
using ProcessId = std::uint32_t;
// The part of `id` that comes back by this method (4 bits for SII, 16 for Star, 95⁴ for Epson).
ProcessId carried_by(ConfirmMethod method, ProcessId id);

// What an answer will be about. Answers do not say it themselves: they come in order.
enum class Asked { printer, offline_cause, error_cause, paper, notice, firmware, maker, model };

// A question and the answers it brings, in order.
struct Question {
  Bytes bytes;
  std::vector<Asked> answers;
};

namespace reply {
struct Flags {  // what is known about the printer now, all of it
  PrinterFlags flags;
};
struct Answered {  // one answer of a Question arrived (after the Flags it brought)
  Asked what{};
};
struct Confirmed {
  ConfirmMethod method{};
  ProcessId id = 0;  // as carried_by() leaves it
};
struct Sensor {  // GS r 1
  bool is_near_end = false;
};
struct Cleared {};  // the buffer was thrown away
struct Identity {   // maker, model or firmware
  Asked what{};
  std::string text;
};
}  // namespace reply
using Reply = std::variant<reply::Flags, reply::Answered, reply::Confirmed, reply::Sensor,
                           reply::Cleared, reply::Identity>;

class ReplyReader {
 public:
  virtual ~ReplyReader() = default;
  // Tells that this question goes out now.
  virtual void expect(const Question& question) = 0;
  // Takes bytes as they came, in any packets; returns what they complete. After any noise it is
  // back in step within 8 bytes.
  virtual std::vector<Reply> feed(std::span<const std::uint8_t> bytes) = 0;
  // Bytes that were no reply, since the start.
  virtual std::size_t noise() const = 0;
  // Forgets half a reply, the questions asked and the flags known (new connection).
  virtual void reset() = 0;
};

class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual Protocol protocol() const = 0;
  // Methods worth probing, the strongest first; never `none`. sii_execution only when the printer
  // named itself as one (Identity).
  virtual std::span<const ConfirmMethod> confirm_methods() const = 0;

  // Notices whenever something changes, buttons off, near end stops nothing: once per connection,
  // and after begin_ticket(), which undoes some of it.
  virtual Bytes set_up() const = 0;
  // Before a picture: a clean state; for Star also the start of a document, so that after a fault
  // the rest of it is thrown away.
  virtual Bytes begin_ticket() const = 0;
  // After the last byte of a ticket, its confirm request included.
  virtual Bytes end_ticket() const = 0;
  virtual Encoded encode(const Bitmap& picture, const EncodeOptions& options) const = 0;
  // The same in the printer's own characters, without a cut; nullopt: not in this language.
  virtual std::optional<EncodedText> encode_text(const TextPage&) const { return std::nullopt; }
  virtual Bytes cut() const = 0;

  virtual Question ask_state() const = 0;
  virtual Question ask_identity() const = 0;
  // In order with the data; `method` is one of confirm_methods().
  virtual Bytes confirm_request(ConfirmMethod method, ProcessId id) const = 0;

  // Throws away everything received and not printed, and ends an error that needs a word for it. A
  // printer that understood says reply::Cleared.
  virtual Bytes clear_buffer() const = 0;
  // True when clear_buffer() works in order with the data: it waits until the printer is able
  // again, which has thrown the rest of a document away by then or printed it. False: it acts at
  // once, even while the printer is stopped.
  virtual bool clears_in_order() const = 0;
  // Ends a graphics command of which only a part arrived; prints nothing but white.
  Bytes interrupt() const { return Bytes(kBandLimit, 0); }

  virtual std::unique_ptr<ReplyReader> make_reader() const = 0;
};

// Lives as long as the program.
const Dialect& dialect_for(Protocol protocol);

}  // namespace matanai::printer
