// One printer and its only owner: prints tickets one after the other and says what is known about
// each. Not for choosing numbers, for asking people, or for retrying: the kiosk does that with the
// outcome. Everything runs on the executor given, which must be single-threaded (or a strand);
// nothing blocks it but the rendering of a ticket (1 ms). The Printer must outlive its coroutines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/describe.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "printer/job/journal.hpp"
#include "printer/layout/renderer.hpp"
#include "printer/protocol/status.hpp"
#include "printer/transport/transport.hpp"

namespace matanai::printer {

// What a confirmation is worth.
enum class ConfirmStrength {
  printed,    // GS ( H: on paper and cut, with this job's identity
  processed,  // GS r: everything was parsed, and no fault came while it must have been printed
};
BOOST_DESCRIBE_ENUM(ConfirmStrength, printed, processed)

struct PrintOutcome {
  JobState state = JobState::unknown;          // confirmed, failed or unknown
  PrinterState printer = PrinterState::ready;  // as last heard: why it failed, or near end
  ConfirmStrength strength = ConfirmStrength::processed;  // when confirmed
  std::string detail;  // for the log, English: "paper out before the first byte"

  bool is_confirmed() const { return state == JobState::confirmed; }
};

struct PrinterTimings {
  std::chrono::milliseconds connect{1000};
  std::chrono::milliseconds hello{1000};    // an answer to a status question
  std::chrono::milliseconds stall{3000};    // no byte accepted
  std::chrono::milliseconds confirm{2000};  // plus the paper's length at `slowest_mm_per_s`
  std::chrono::milliseconds poll{250};      // status while a job without identity prints
  int slowest_mm_per_s = 50;
};

class Printer {
 public:
  Printer(boost::asio::any_io_executor executor, std::unique_ptr<Transport> transport,
          PaperSpec paper, PrinterTimings timings = {});
  ~Printer();
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;

  // Asks the printer (connecting if needed, ≤ connect + hello). While a job runs: what was heard
  // last.
  boost::asio::awaitable<PrinterState> status();
  // What was heard last; not_answering before the first status().
  PrinterState last_state() const;
  // True when this printer proved that it confirms with identity. Known after the first status().
  bool confirms_with_identity() const;

  // Prints one ticket; calls queue up. Asks the status first and sends nothing to a printer that
  // cannot print. journal must outlive the call. Journal order: [sending, [sent]], then confirmed,
  // failed or unknown; a ticket that is refused before the first byte is recorded as failed at
  // once. Throws only what the journal throws.
  boost::asio::awaitable<PrintOutcome> print(Ticket ticket, JobId job, Journal& journal);

  // Closes the connection; running calls end soon. It opens again when needed.
  void close();

 private:
  class Session;
  std::shared_ptr<Session> session_;
};

}  // namespace matanai::printer
