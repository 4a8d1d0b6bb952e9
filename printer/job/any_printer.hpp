// A printer of which perhaps only the wire is known. Finds out the language it answers and, from
// the model that it names, how wide and how dense it prints; then keeps one Printer made for that,
// until another model or one of the other language stands in its place. Thread rule: printer.hpp.
// Must outlive its coroutines.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "printer/job/printer.hpp"
#include "printer/protocol/models.hpp"

namespace matanai::printer {

// What is known beforehand; the rest is asked.
struct PrinterSetup {
  std::string to = "tcp:127.0.0.1:9100";  // make_transport.hpp
  std::optional<Protocol> protocol = std::nullopt;
  std::string model{};  // a name of the table; empty: as the printer says
  std::optional<int> dots = std::nullopt;
  std::optional<int> dpi = std::nullopt;
  bool is_narrow = false;  // 58 mm paper: the model's dots for that
  std::optional<TicketForm> form = std::nullopt;
};

// The model that is meant, or nullptr: the one configured, else the one that the printer named.
// Throws std::invalid_argument when the configured one is not in the table.
const Model* model_of(const PrinterSetup& setup, const PrinterIdentity& identity);
// What is configured wins, then the model's, then 576 (384 narrow) dots at 203 dpi.
PaperSpec head_of(const PrinterSetup& setup, const Model* model);
// What is configured wins, but a model that has no kanji prints images always. Not configured: text
// when the wire is serial and at most 19200 baud and the model has kanji.
TicketForm form_of(const PrinterSetup& setup, const Model* model);

class AnyPrinter {
 public:
  // Opens nothing yet. options: protocol, raster, band_limit and form are found out, and
  // may_double and may_place are further limited by the model. Throws std::invalid_argument with
  // one sentence when the setup makes no sense.
  AnyPrinter(boost::asio::any_io_executor executor, PrinterSetup setup,
             PrinterOptions options = {});
  ~AnyPrinter();
  AnyPrinter(const AnyPrinter&) = delete;
  AnyPrinter& operator=(const AnyPrinter&) = delete;

  // As Printer::status(); until the printer answered once, each language is tried, and when it is
  // silent the other one, unless the setup names the language or the model (connect + hello for
  // each). A printer that was exchanged is noticed here.
  boost::asio::awaitable<PrinterState> status();
  // As Printer::print(). Fails before the first byte while another model stands there than the
  // last status() heard.
  boost::asio::awaitable<PrintOutcome> print(Ticket ticket, JobId job, Journal& journal);
  // Prints what `draw` makes for the head found; not called when the printer cannot print.
  boost::asio::awaitable<PrintOutcome> print_page(std::function<Bitmap(const AnyPrinter&)> draw,
                                                  JobId job, Journal& journal);
  void close();

  // not_answering until it is known what stands there.
  PrinterState last_state() const;
  std::optional<ConfirmMethod> confirm_method() const;  // as Printer::confirm_method()
  const PrinterIdentity& identity() const;
  const Model* model() const;                // nullptr: none of the table
  std::optional<Protocol> protocol() const;  // nullopt: none was answered yet
  PaperSpec head() const;
  TicketForm form() const;  // of tickets whose language allows it
  PaperCount paper() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::printer
