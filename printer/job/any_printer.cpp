#include "printer/job/any_printer.hpp"

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <stdexcept>
#include <utility>

#include "printer/transport/make_transport.hpp"

namespace matanai::printer {
namespace asio = boost::asio;

namespace {

constexpr int kWideDots = 576, kNarrowDots = 384, kDpi = 203;
constexpr int kSlowBaud = 19200;  // a picture takes 10 s and more

// What a Printer is made for; another answer makes another one.
struct Make {
  Protocol protocol = Protocol::escpos;
  RasterCommand raster = RasterCommand::gs_v_0;
  std::size_t band_limit = kBandLimit;
  bool may_double = false;  // a printer that is not in the table may ignore it
  bool may_place = false;   // and this, if it speaks StarPRNT
  TicketForm form = TicketForm::image;
  int dots = 0;
  int dpi = 0;
  bool operator==(const Make&) const = default;
};

bool is_slow(const std::string& to) {
  const auto wire = parse_wire(to);
  const auto* serial = std::get_if<SerialWire>(&wire);
  return serial != nullptr && serial->baud <= kSlowBaud;
}

// All answers to the state question of this language within the time. `heard` counts the bytes.
asio::awaitable<bool> answers(asio::any_io_executor executor, Transport& wire,
                              const Dialect& dialect, PrinterTimings timings, std::size_t& heard) {
  const auto reader = dialect.make_reader();
  const auto question = dialect.ask_state();
  reader->expect(question);
  // Of a ticket that was interrupted half a command may be there: NULs end it.
  Bytes bytes(8, 0);
  bytes.insert(bytes.end(), question.bytes.begin(), question.bytes.end());
  if ((co_await wire.write(bytes, timings.hello)).error) co_return false;
  asio::steady_timer timer(executor, timings.hello);
  const auto alive = std::make_shared<bool>(true);
  timer.async_wait([&wire, weak = std::weak_ptr(alive)](boost::system::error_code error) {
    if (!error && !weak.expired()) wire.close();
  });
  std::size_t due = question.answers.size();
  std::array<std::uint8_t, 64> buffer{};
  while (due > 0) {
    const auto result = co_await wire.read(buffer);
    if (result.error) co_return false;
    heard += result.bytes;
    for (const auto& reply : reader->feed(std::span(buffer).first(result.bytes))) {
      if (std::holds_alternative<reply::Answered>(reply) && due > 0) --due;
    }
  }
  co_return true;
}

bool is_silent(PrinterState state) {
  return state == PrinterState::not_answering || state == PrinterState::taken;
}

}  // namespace

const Model* model_of(const PrinterSetup& setup, const PrinterIdentity& identity) {
  if (setup.model.empty()) return find_model(identity.maker, identity.model);
  const auto* model = model_named(setup.model);
  if (model == nullptr)
    throw std::invalid_argument("no printer model is called \"" + setup.model + "\"");
  return model;
}

PaperSpec head_of(const PrinterSetup& setup, const Model* model) {
  int dots = setup.is_narrow ? kNarrowDots : kWideDots;
  if (model != nullptr && !setup.is_narrow) dots = model->dots.value;
  if (model != nullptr && setup.is_narrow && model->dots_58_mm.value > 0)
    dots = model->dots_58_mm.value;
  const int dpi = model == nullptr ? kDpi : model->dpi.value;
  return {.dots = setup.dots.value_or(dots), .dpi = setup.dpi.value_or(dpi)};
}

TicketForm form_of(const PrinterSetup& setup, const Model* model) {
  const bool has_kanji = model != nullptr && model->has_kanji.value;
  const bool is_possible = model == nullptr || has_kanji;
  if (setup.form == TicketForm::text && is_possible) return TicketForm::text;
  const bool is_better = !setup.form && has_kanji && is_slow(setup.to);
  return is_better ? TicketForm::text : TicketForm::image;
}

struct AnyPrinter::State {
  State(asio::any_io_executor runs_on, PrinterSetup given, PrinterOptions its_options)
      : executor(std::move(runs_on)), setup(std::move(given)), options(std::move(its_options)) {}

  asio::any_io_executor executor;
  PrinterSetup setup;
  PrinterOptions options;
  std::optional<Protocol> protocol;
  PrinterIdentity identity;
  std::optional<ConfirmMethod> method;  // that it proved
  std::shared_ptr<Printer> printer;     // nullptr: no language was answered yet
  Make made;
  bool is_final = false;  // made for what the printer told
  PrinterState absence = PrinterState::not_answering;
  bool is_held = false;  // the last line was given and not one byte came: another host has it
  int printing = 0;

  const Model* model() const { return model_of(setup, identity); }

  TicketForm form() const {
    return protocol == Protocol::starprnt ? TicketForm::image : form_of(setup, model());
  }

  Make wanted() const {
    const auto* one = model();
    const auto head = head_of(setup, one);
    Make make{.protocol = protocol.value_or(Protocol::escpos),
              .form = form(),
              .dots = head.dots,
              .dpi = head.dpi};
    if (one != nullptr) {
      make.raster = one->raster.value;
      make.band_limit = one->band_limit.value;
      make.may_double = one->doubles.value;
      make.may_place = one->places.value;
    }
    return make;
  }

  // is_last: for what the printer told; before that it is asked what it can confirm.
  void build(bool is_last) {
    made = wanted();
    is_final = false;
    auto its = options;
    its.protocol = made.protocol;
    its.raster = made.raster;
    its.band_limit = made.band_limit;
    its.may_double = options.may_double && made.may_double;
    its.form = made.form;
    its.may_place = options.may_place && made.may_place;
    // A weaker one is proved again: a better one may have answered late.
    const bool is_best = method && strength_of(*method) == ConfirmStrength::printed;
    if (!is_last || !options.confirm) its.confirm = is_best ? method : std::nullopt;
    if (printer) {
      its.paper = printer->paper();
      its.was_interrupted = is_interrupted();
      printer->close();
    }
    printer = std::make_shared<Printer>(executor, make_transport(executor, setup.to),
                                        PaperSpec{made.dots, made.dpi}, std::move(its));
  }

  // A wire that cannot be read cannot be asked either.
  asio::awaitable<bool> speaks(Protocol candidate, bool if_unreadable) {
    const auto wire = make_transport(executor, setup.to);
    is_held = false;
    if (co_await wire->open(options.timings.connect)) co_return false;
    bool is_it = if_unreadable;
    std::size_t heard = 0;
    if (wire->is_two_way())
      is_it = co_await answers(executor, *wire, dialect_for(candidate), options.timings, heard);
    is_held = wire->is_two_way() && wire->is_shared() && heard == 0;
    wire->close();
    co_return is_it;
  }

  // Where nothing can be asked: the language that most printers speak.
  asio::awaitable<void> find_protocol() {
    for (const auto candidate : {Protocol::escpos, Protocol::starprnt}) {
      if (!co_await speaks(candidate, true)) continue;
      if (!protocol) protocol = candidate;
      co_return;
    }
    absence = is_held ? PrinterState::taken : PrinterState::not_answering;
  }

  bool is_protocol_fixed() const { return setup.protocol || !setup.model.empty(); }

  // Of a printer that is silent, although it may be there: one of the other language may stand in
  // its place.
  asio::awaitable<void> try_other_protocol() {
    const auto silent = printer;
    const auto other = made.protocol == Protocol::escpos ? Protocol::starprnt : Protocol::escpos;
    if (!co_await speaks(other, false) || silent != printer || printing > 0) co_return;
    protocol = other;
    begin_anew({});
  }

  asio::awaitable<void> prepare() {
    if (!protocol) protocol = setup.protocol;
    if (!protocol) {
      const auto* one = model();
      if (one != nullptr) protocol = one->protocol.value;
    }
    if (!protocol) co_await find_protocol();
    if (protocol && !printer) build(false);
  }

  bool is_interrupted() const {
    return printer ? printer->is_interrupted() : options.was_interrupted;
  }

  void learn(const Printer& from) {
    identity = from.identity();
    method = from.confirm_method();
  }

  asio::awaitable<PrinterState> status() {
    if (!printer) co_await prepare();
    if (!printer) co_return absence;
    auto asked = printer;
    auto state = co_await asked->status();
    if (asked == printer && printing == 0) {
      if (is_silent(state) && !is_protocol_fixed()) co_await try_other_protocol();
      if (asked == printer && asked->is_exchanged()) begin_anew(asked->identity());
    }
    if (asked != printer) {
      asked = printer;
      state = co_await asked->status();
    }
    if (asked != printer || !can_print(state) || is_final || printing > 0) co_return state;
    co_return co_await settle(state);
  }

  // Nothing of what the printer before it proved is true of this one.
  void begin_anew(const PrinterIdentity& of) {
    identity = of;
    method = std::nullopt;
    build(false);
  }

  // The printer has told what it is: from now on it is printed on as such.
  asio::awaitable<PrinterState> settle(PrinterState state) {
    learn(*printer);
    is_final = made == wanted() && !options.confirm;
    if (!is_final) build(true);
    printer->expect(identity);
    if (!is_final) {
      is_final = true;
      const auto asked = printer;
      state = co_await asked->status();
    }
    co_return state;
  }

  // One that is ready for tickets; nullptr: there is none.
  asio::awaitable<std::shared_ptr<Printer>> ready() {
    if (!is_final) co_await status();
    co_return printer;
  }
};

AnyPrinter::AnyPrinter(asio::any_io_executor executor, PrinterSetup setup, PrinterOptions options)
    : state_(std::make_shared<State>(std::move(executor), std::move(setup), std::move(options))) {
  parse_wire(state_->setup.to);
  model_of(state_->setup, {});
}

AnyPrinter::~AnyPrinter() { close(); }

asio::awaitable<PrinterState> AnyPrinter::status() {
  const auto state = state_;
  co_return co_await state->status();
}

asio::awaitable<PrintOutcome> AnyPrinter::print(Ticket ticket, JobId job, Journal& journal) {
  const auto state = state_;
  const auto printer = co_await state->ready();
  if (!printer) {
    co_await journal.record(job, JobState::failed, state->is_interrupted());
    co_return PrintOutcome{
        .state = JobState::failed, .printer = state->absence, .detail = "no printer answered"};
  }
  struct Count {
    int& of;
    explicit Count(int& counted) : of(counted) { ++of; }
    ~Count() { --of; }
    Count(const Count&) = delete;
    Count& operator=(const Count&) = delete;
  } const count(state->printing);
  co_return co_await printer->print(std::move(ticket), std::move(job), journal);
}

asio::awaitable<PrintOutcome> AnyPrinter::print_page(std::function<Bitmap(const AnyPrinter&)> draw,
                                                     JobId job, Journal& journal) {
  const auto state = state_;
  const auto heard = co_await state->status();
  if (!can_print(heard)) {
    co_await journal.record(job, JobState::failed, state->is_interrupted());
    co_return PrintOutcome{
        .state = JobState::failed, .printer = heard, .detail = "refused before the first byte"};
  }
  const auto printer = state->printer;
  co_return co_await printer->print(draw(*this), std::move(job), journal);
}

void AnyPrinter::close() {
  if (state_->printer) state_->printer->close();
}

PrinterState AnyPrinter::last_state() const {
  if (!state_->printer) return state_->absence;
  const auto heard = state_->printer->last_state();
  return can_print(heard) && !state_->is_final ? state_->absence : heard;
}
std::optional<ConfirmMethod> AnyPrinter::confirm_method() const {
  const auto known = state_->printer ? state_->printer->confirm_method() : std::nullopt;
  return known ? known : state_->method;
}
const PrinterIdentity& AnyPrinter::identity() const { return state_->identity; }
const Model* AnyPrinter::model() const { return state_->model(); }
std::optional<Protocol> AnyPrinter::protocol() const { return state_->protocol; }
TicketForm AnyPrinter::form() const { return state_->form(); }
PaperSpec AnyPrinter::head() const { return head_of(state_->setup, state_->model()); }
PaperCount AnyPrinter::paper() const {
  return state_->printer ? state_->printer->paper() : state_->options.paper;
}

}  // namespace matanai::printer
