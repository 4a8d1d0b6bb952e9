#include "printer/job/printer.hpp"

#include <utility>

#include "printer/job/session.hpp"

namespace matanai::printer {
namespace asio = boost::asio;

Printer::Printer(asio::any_io_executor executor, std::unique_ptr<Transport> transport,
                 PaperSpec paper, PrinterOptions options)
    : session_(std::make_shared<Session>(executor, std::move(transport), paper, options)) {}

Printer::~Printer() { close(); }

asio::awaitable<PrinterState> Printer::status() { return session_->status(); }

PrinterState Printer::last_state() const { return session_->last_state(); }

std::optional<ConfirmMethod> Printer::confirm_method() const { return session_->confirm_method(); }

bool Printer::confirms_with_identity() const {
  const auto method = confirm_method();
  return method && strength_of(*method) == ConfirmStrength::printed;
}

const PrinterIdentity& Printer::identity() const { return session_->identity(); }

void Printer::expect(const PrinterIdentity& kind) { session_->expect(kind); }

bool Printer::is_exchanged() const { return session_->is_exchanged(); }

const PaperCount& Printer::paper() const { return session_->paper(); }

void Printer::set_paper(const PaperCount& paper) { session_->set_paper(paper); }

bool Printer::is_interrupted() const { return session_->is_interrupted(); }

asio::awaitable<PrintOutcome> Printer::print(Ticket ticket, JobId job, Journal& journal) {
  return session_->print(std::move(ticket), std::move(job), &journal);
}

asio::awaitable<PrintOutcome> Printer::print(Bitmap picture, JobId job, Journal& journal) {
  return session_->print_picture(std::move(picture), std::move(job), &journal);
}

void Printer::close() { session_->close(); }

}  // namespace matanai::printer
