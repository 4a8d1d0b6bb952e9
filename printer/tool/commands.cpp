#include "printer/tool/commands.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "printer/job/printer.hpp"
#include "printer/layout/png.hpp"
#include "printer/transport/tcp.hpp"
#include "schema/types/json.hpp"
#include "schema/types/locale.hpp"

namespace matanai::printer::tool {
namespace asio = boost::asio;

namespace {

std::string read_all(const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_all(const std::string& file, std::string_view bytes) {
  if (file == "-") {
    std::cout << bytes;
    return;
  }
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file);
}

Ticket read_ticket(const std::string& file) {
  auto ticket = read_json<Ticket>(read_all(file));
  if (ticket.has_value()) return *ticket;
  std::string message = file + " is not a ticket";
  for (const auto& field : ticket.error().fields)
    message += "\n  " + field.pointer + ": " + field.code;
  if (ticket.error().fields.empty()) message += ": not JSON";
  throw std::runtime_error(message);
}

RenderedTicket render(const FileOptions& options) {
  const TicketRenderer renderer({.dots = options.paper.dots, .dpi = options.paper.dpi});
  return renderer.render_measured(read_ticket(options.ticket));
}

int report_glyphs(const RenderedTicket& rendered) {
  if (rendered.unknown_glyphs == 0) return kDone;
  std::cerr << "matanai-print: " << rendered.unknown_glyphs << " characters have no glyph\n";
  return kNoGlyph;
}

// The tool keeps no journal: it prints one ticket, and its exit code tells what became of it.
class NoJournal final : public Journal {
 public:
  asio::awaitable<void> record(JobId, JobState) override { co_return; }
};

template <class T>
T run(asio::io_context& context, asio::awaitable<T> work) {
  std::exception_ptr failure;
  T result{};
  asio::co_spawn(context, std::move(work), [&](std::exception_ptr error, T value) {
    failure = error;
    result = std::move(value);
    context.stop();
  });
  context.run();
  if (failure) std::rethrow_exception(failure);
  return result;
}

}  // namespace

int sample(const std::string& locale) {
  std::cout << write_json(sample_ticket(locale)) << '\n';
  return kDone;
}

int preview(const FileOptions& options) {
  const auto rendered = render(options);
  write_all(options.output, png_of(rendered.bitmap));
  return report_glyphs(rendered);
}

int encode(const FileOptions& options) {
  const auto rendered = render(options);
  const auto encoded = escpos::encode(rendered.bitmap, {.dpi = options.paper.dpi});
  write_all(options.output,
            {reinterpret_cast<const char*>(encoded.bytes.data()), encoded.bytes.size()});
  return report_glyphs(rendered);
}

int print(const FileOptions& options, const PrinterAddress& address) {
  auto ticket = read_ticket(options.ticket);
  asio::io_context context(1);
  auto wire = std::make_unique<TcpTransport>(context.get_executor(), address.host, address.port);
  Printer printer(context.get_executor(), std::move(wire),
                  {.dots = options.paper.dots, .dpi = options.paper.dpi});
  NoJournal journal;
  const auto outcome = run(context, printer.print(std::move(ticket), JobId("tool"), journal));
  std::cout << boost::describe::enum_to_string(outcome.state, "?");
  if (outcome.is_confirmed())
    std::cout << " (" << boost::describe::enum_to_string(outcome.strength, "?") << ')';
  std::cout << ", printer: " << code_of(outcome.printer);
  if (!outcome.detail.empty()) std::cout << ", " << outcome.detail;
  std::cout << '\n';
  if (outcome.is_confirmed()) return kDone;
  return outcome.state == JobState::failed ? kNotPrinted : kNotKnown;
}

int status(const PrinterAddress& address) {
  asio::io_context context(1);
  auto wire = std::make_unique<TcpTransport>(context.get_executor(), address.host, address.port);
  Printer printer(context.get_executor(), std::move(wire), PaperSpec{});
  const auto state = run(context, printer.status());
  std::cout << code_of(state) << ": " << words(Locale::en, "paper.printer." + code_of(state))
            << '\n';
  if (can_print(state)) {
    std::cout << "confirms tickets: "
              << (printer.confirms_with_identity() ? "printed, with identity" : "processed only")
              << '\n';
  }
  return can_print(state) ? kDone : kNotPrinted;
}

}  // namespace matanai::printer::tool
