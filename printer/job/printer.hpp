// One printer and its only owner: prints tickets one after the other and says what is known about
// each. Not for choosing numbers, for asking people, or for retrying: the kiosk does that with the
// outcome. Everything runs on the executor given, which must be single-threaded (or a strand);
// nothing blocks it but the rendering of a ticket (1 ms). The Printer must outlive its coroutines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/describe.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "printer/job/journal.hpp"
#include "printer/job/paper_count.hpp"
#include "printer/layout/renderer.hpp"
#include "printer/protocol/dialect.hpp"
#include "printer/transport/transport.hpp"

namespace matanai::printer {

struct PrintOutcome {
  JobState state = JobState::unknown;                // confirmed, failed or unknown
  PrinterState printer = PrinterState::ready;        // as last heard: why it failed, or near end
  ConfirmStrength strength = ConfirmStrength::sent;  // when confirmed
  bool is_cut = true;  // false: confirmed, but it hangs at the blade and must be torn off
  std::string detail;  // for the log, English: "paper out before the first byte"

  bool is_confirmed() const { return state == JobState::confirmed; }
};

struct PrinterTimings {
  std::chrono::milliseconds connect{1000};
  std::chrono::milliseconds hello{1000};      // an answer to a question
  std::chrono::milliseconds stall{3000};      // no byte accepted
  std::chrono::milliseconds confirm{2000};    // plus the paper's length at `slowest_mm_per_s`
  std::chrono::milliseconds pause{10'000};    // longer, when it waits: off line or too hot
  std::chrono::milliseconds poll{250};        // status while a ticket prints
  std::chrono::milliseconds recover{10'000};  // between two tries to end a cutter error
  int slowest_mm_per_s = 50;
  int slowest_bytes_per_s = 900;  // 9600 baud
};

// What a ticket is on the wire.
enum class TicketForm {
  image,  // dots: every language, the office's mark
  text,   // the printer's own characters: some 300 bytes
};
BOOST_DESCRIBE_ENUM(TicketForm, image, text)

struct PrinterOptions {
  Protocol protocol = Protocol::escpos;
  std::optional<ConfirmMethod> confirm = std::nullopt;  // nullopt: the best that the printer proves
  RasterCommand raster = RasterCommand::gs_v_0;
  std::size_t band_limit = kBandLimit;
  bool may_double = true;  // EncodeOptions; false for clones that ignore m of GS v 0
  bool may_place = true;   // EncodeOptions
  // text: tickets that lose no character by it (Japanese and English ones, as a rule), where the
  // printer's language has characters; the others are images all the same.
  TicketForm form = TicketForm::image;
  PrinterTimings timings{};
  // A part of an earlier process's ticket may be in the printer or hang out of it (has_rest of the
  // journal): what it holds is cleared and what hangs out is cut before anything else.
  bool was_interrupted = false;
  // Of the marks; nullopt: by chance, so that an answer to an earlier process is not taken for
  // ours.
  std::optional<ProcessId> first_id = std::nullopt;
  PaperCount paper{};
  PaperDecor decor{};  // on every ticket
};

// What the printer calls itself; empty when it did not say.
struct PrinterIdentity {
  std::string maker, model, firmware;

  bool is_same_kind(const PrinterIdentity& other) const {
    return maker == other.maker && model == other.model;
  }
};

class Printer {
 public:
  Printer(boost::asio::any_io_executor executor, std::unique_ptr<Transport> transport,
          PaperSpec paper, PrinterOptions options = {});
  ~Printer();
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;

  // Asks the printer, connecting if needed. Takes connect + hello at most; after an interrupted
  // ticket two hello more, and on a new connection one for its name and twice as many as there are
  // confirmations to probe, until the best was proved. While a job runs: what was heard last.
  boost::asio::awaitable<PrinterState> status();
  // What was heard last; not_answering before the first status().
  PrinterState last_state() const;
  // What this printer proved to be able to; nullopt before the first status() of a ready printer.
  std::optional<ConfirmMethod> confirm_method() const;
  bool confirms_with_identity() const;
  // Asked again on every new connection.
  const PrinterIdentity& identity() const;
  // Prints nothing from now on where a printer of another kind stands: such a ticket fails before
  // its first byte, and is_exchanged() tells why.
  void expect(const PrinterIdentity& kind);
  bool is_exchanged() const;
  // Paper used on this roll, by our own count; begins anew when the printer had run out and has
  // paper again.
  const PaperCount& paper() const;
  void set_paper(const PaperCount& paper);
  // A part of an earlier ticket may be in the printer or hang out of it: was_interrupted for the
  // next owner.
  bool is_interrupted() const;

  // Prints one ticket; calls queue up. Asks the status first and sends nothing to a printer that
  // cannot print. journal must outlive the call. Journal order: [sending, [sent]], then confirmed,
  // failed or unknown; a ticket that is refused before the first byte is recorded as failed at
  // once. Failed: no whole ticket came out and none will; a fragment is cut before the next ticket.
  // Unknown: the printer was asked, also over a new connection, and could not tell; its buffer is
  // cleared before anything else is printed. Throws only what the journal throws.
  boost::asio::awaitable<PrintOutcome> print(Ticket ticket, JobId job, Journal& journal);

  // A picture as wide as the head (the test page) in the same way.
  boost::asio::awaitable<PrintOutcome> print(Bitmap picture, JobId job, Journal& journal);

  // Closes the connection; running calls end soon. It opens again when needed.
  void close();

 private:
  class Session;
  std::shared_ptr<Session> session_;
};

}  // namespace matanai::printer
