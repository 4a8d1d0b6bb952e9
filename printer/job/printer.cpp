#include "printer/job/printer.hpp"

#include <utility>

#include "printer/job/session.hpp"

namespace matanai::printer {
namespace asio = boost::asio;

Printer::Printer(asio::any_io_executor executor, std::unique_ptr<Transport> transport,
                 PaperSpec paper, PrinterTimings timings)
    : session_(std::make_shared<Session>(executor, std::move(transport), paper, timings)) {}

Printer::~Printer() { close(); }

asio::awaitable<PrinterState> Printer::status() { return session_->status(); }

PrinterState Printer::last_state() const { return session_->last_state(); }

bool Printer::confirms_with_identity() const { return session_->confirms_with_identity(); }

asio::awaitable<PrintOutcome> Printer::print(Ticket ticket, JobId job, Journal& journal) {
  return session_->print(std::move(ticket), std::move(job), &journal);
}

void Printer::close() { session_->close(); }

}  // namespace matanai::printer
