// matanai-print print, status, self-test: what talks to a printer.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "printer/job/any_printer.hpp"
#include "printer/tool/commands.hpp"
#include "printer/tool/files.hpp"
#include "schema/types/json.hpp"
#include "schema/types/locale.hpp"

namespace matanai::printer::tool {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds kLookEvery{500};

// The tool keeps no journal: it prints one ticket, and its exit code tells what became of it.
class NoJournal final : public Journal {
 public:
  asio::awaitable<void> record(JobId, JobState, bool) override { co_return; }
};

// A file that can never be written is an error of the caller, not a printer that does not answer.
void check_folder(const std::string& to) {
  constexpr std::string_view kFile = "file:";
  if (!to.starts_with(kFile)) return;
  const std::filesystem::path path = to.substr(kFile.size());
  const auto folder = path.parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder)) return;
  throw std::runtime_error("cannot write " + path.string() + ": there is no folder " +
                           folder.string());
}

PrinterSetup setup_of(const PrinterChoice& choice) {
  PrinterSetup setup;
  check_folder(choice.to);
  setup.to = choice.to;
  Protocol protocol{};
  if (boost::describe::enum_from_string(choice.protocol.c_str(), protocol))
    setup.protocol = protocol;
  setup.model = choice.model;
  setup.dots = choice.dots;
  setup.dpi = choice.dpi;
  setup.is_narrow = choice.is_narrow;
  TicketForm form{};
  if (boost::describe::enum_from_string(choice.mode.c_str(), form)) setup.form = form;
  return setup;
}

PaperCount read_count(const PrinterChoice& choice) {
  PaperCount count;
  count.roll_mm = std::int64_t{1000} * choice.roll_metres;
  if (choice.count.empty() || !std::filesystem::exists(choice.count)) return count;
  const auto kept = read_json<PaperCount>(read_all(choice.count));
  if (kept.has_error()) throw std::runtime_error(choice.count + " is not a paper count");
  count.used_mm = kept->used_mm;
  return count;
}

PrinterOptions options_of(const PrinterChoice& choice, PaperDecor decor) {
  PrinterOptions options;
  ConfirmMethod method{};
  if (boost::describe::enum_from_string(choice.confirm.c_str(), method)) options.confirm = method;
  options.paper = read_count(choice);
  options.decor = std::move(decor);
  return options;
}

// One printer with the loop that serves it.
struct Line {
  Line(const PrinterChoice& chosen, PaperDecor decor)
      : choice(chosen),
        printer(context.get_executor(), setup_of(chosen), options_of(chosen, std::move(decor))) {
    keep_count();  // what cannot be written is told before anything is printed
  }

  const PrinterChoice& choice;
  asio::io_context context{1};
  AnyPrinter printer;

  template <class T>
  T run(asio::awaitable<T> work) {
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

  void keep_count() const {
    if (!choice.count.empty()) write_all(choice.count, write_json(printer.paper()) + "\n");
  }
};

std::string sentence(PrinterState state) {
  return code_of(state) + ": " + words(Locale::en, "paper.printer." + code_of(state));
}

std::string confirms(const AnyPrinter& printer, Locale locale) {
  const auto method = printer.confirm_method();
  if (!method) return words(locale, "paper.printer.confirms.unknown");
  const std::string strength = boost::describe::enum_to_string(strength_of(*method), "");
  return strength + ", " + boost::describe::enum_to_string(*method, "") + ": " +
         words(locale, "paper.printer.confirms." + strength);
}

void tell_about(const Line& line) {
  const auto& printer = line.printer;
  const auto& identity = printer.identity();
  const auto* model = printer.model();
  std::string name = identity.maker + (identity.maker.empty() ? "" : " ") + identity.model;
  if (name.empty()) name = "did not name itself";
  if (!identity.firmware.empty()) name += ", firmware " + identity.firmware;
  const auto head = printer.head();
  std::cout << "printer:  " << name << '\n'
            << "model:    " << (model ? std::string(model->name) : "not in the table") << '\n'
            << "protocol: " << boost::describe::enum_to_string(printer.protocol().value(), "")
            << '\n'
            << "head:     " << head.dots << " dots, " << head.dpi << " dpi\n"
            << "tickets:  " << boost::describe::enum_to_string(printer.form(), "")
            << (printer.form() == TicketForm::text ? ", where every character is known to it" : "")
            << '\n'
            << "confirms: " << confirms(printer, Locale::en) << '\n';
  if (!line.choice.count.empty())
    std::cout << "paper:    about " << printer.paper().metres_left() << " m left\n";
}

int tell_outcome(const PrintOutcome& outcome) {
  std::cout << boost::describe::enum_to_string(outcome.state, "?");
  if (outcome.is_confirmed())
    std::cout << " (" << boost::describe::enum_to_string(outcome.strength, "?") << ')';
  std::cout << ", printer: " << code_of(outcome.printer);
  if (!outcome.detail.empty()) std::cout << ", " << outcome.detail;
  std::cout << std::endl;
  if (outcome.is_confirmed()) return kDone;
  return outcome.state == JobState::failed ? kNotPrinted : kNotKnown;
}

// A line for each change until a signal comes.
asio::awaitable<int> watch(Line& line) {
  asio::signal_set signals(line.context, SIGINT, SIGTERM);
  asio::steady_timer timer(line.context);
  bool is_over = false;
  signals.async_wait([&](boost::system::error_code error, int) {
    if (error) return;
    is_over = true;
    timer.cancel();
  });
  std::string last;
  while (!is_over) {
    auto told = sentence(co_await line.printer.status());
    if (!line.choice.count.empty())
      told += ", about " + std::to_string(line.printer.paper().metres_left()) + " m of paper left";
    if (told != last) std::cout << told << std::endl;
    last = told;
    if (is_over) break;
    timer.expires_after(kLookEvery);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return kDone;
}

// The page is drawn when it is known who the printer is.
Bitmap test_page(const AnyPrinter& printer, Locale locale, const std::string& to) {
  const TestPageFacts facts{
      .locale = locale,
      .maker = printer.identity().maker,
      .model = printer.identity().model,
      .firmware = printer.identity().firmware,
      .connection = to,
      .confirms = confirms(printer, locale),
      .printed_at = std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now())};
  return TicketRenderer(printer.head()).render_test_page(facts).bitmap;
}

}  // namespace

int print(const PrintOptions& options, const PrinterChoice& choice) {
  auto ticket = read_ticket(options.ticket);
  ticket.is_copy = ticket.is_copy || options.is_copy;
  Line line(choice, read_decor(options.logo, options.notice));
  NoJournal journal;
  const auto outcome = line.run(line.printer.print(std::move(ticket), JobId("tool"), journal));
  line.keep_count();
  return tell_outcome(outcome);
}

int status(const PrinterChoice& choice, bool is_watch) {
  Line line(choice, {});
  if (is_watch) {
    const int code = line.run(watch(line));
    line.keep_count();
    return code;
  }
  const auto state = line.run(line.printer.status());
  std::cout << sentence(state) << '\n';
  if (line.printer.protocol()) tell_about(line);
  line.keep_count();
  return can_print(state) ? kDone : kNotPrinted;
}

int self_test(const PrinterChoice& choice, const std::string& locale) {
  Line line(choice, {});
  NoJournal journal;
  const auto draw = [&](const AnyPrinter& printer) {
    return test_page(printer, locale_from_tag(locale), choice.to);
  };
  const auto outcome = line.run(line.printer.print_page(draw, JobId("self-test"), journal));
  line.keep_count();
  std::cout << sentence(outcome.printer) << '\n';
  if (line.printer.protocol()) tell_about(line);
  std::cout << "test page: ";
  const int code = tell_outcome(outcome);
  std::cout << "next: open the cover and close it while this runs:\n  matanai-print status --to "
            << choice.to << " --watch\nIt must say cover_open, then ready.\n";
  return code;
}

}  // namespace matanai::printer::tool
