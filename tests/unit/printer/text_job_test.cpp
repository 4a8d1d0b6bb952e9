// Tickets in the printer's own characters: when they are chosen, and that they are confirmed,
// repeated and cut as pictures are. Over a serial line and over one that breaks at any byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "printer/emulator/device.hpp"
#include "printer/job/any_printer.hpp"
#include "printer/protocol/text_mode_encoding.hpp"
#include "tests/unit/printer/fake_wire.hpp"
#include "tests/unit/printer/memory_journal.hpp"
#include "tests/unit/printer/tickets.hpp"
#include "tests/unit/printer/transport_pty.hpp"
#include "tests/unit/support/coroutine.hpp"

namespace matanai::printer {
namespace {

namespace asio = boost::asio;
using emulator::CutPiece;
using emulator::Device;
using emulator::DeviceOptions;
using emulator::Family;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::run;
using enum JobState;

constexpr PrinterTimings kTimings{.connect = std::chrono::milliseconds(200),
                                  .hello = std::chrono::milliseconds(60),
                                  .stall = std::chrono::milliseconds(200),
                                  .confirm = std::chrono::milliseconds(200),
                                  .poll = std::chrono::milliseconds(5),
                                  .slowest_mm_per_s = 2000};

std::string in_shift_jis(std::string_view text) {
  const auto bytes = to_shift_jis(text).bytes;
  return {bytes.begin(), bytes.end()};
}

// A virtual printer at the other end of a serial line.
class SerialPrinter {
 public:
  SerialPrinter(asio::io_context& context, DeviceOptions options)
      : device(std::move(options)), line_(context, ::dup(pty_.printer.get())) {
    asio::co_spawn(context, serve(), asio::detached);
  }
  std::string spec(int baud) const {
    return "serial:" + pty_.path() + ":" + std::to_string(baud) + ":none";
  }
  void stop() { line_.close(); }

  Device device;

 private:
  asio::awaitable<void> serve() {
    std::array<std::uint8_t, 256> buffer{};
    while (true) {
      boost::system::error_code error;
      const auto count = co_await line_.async_read_some(
          asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
      if (error == asio::error::operation_aborted) co_return;
      if (error) {  // nobody has the other end open
        asio::steady_timer pause(line_.get_executor(), std::chrono::milliseconds(1));
        co_await pause.async_wait(asio::use_awaitable);
        continue;
      }
      device.receive(std::span(buffer).first(count));
      const auto replies = device.take_replies();
      co_await asio::async_write(line_, asio::buffer(replies),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
  }

  testing_support::Pty pty_;
  asio::posix::stream_descriptor line_;
};

class TextJobTest : public testing::Test {
 protected:
  void start(DeviceOptions device, std::optional<TicketForm> form = std::nullopt,
             int baud = 19200) {
    paper_.emplace(context_, std::move(device));
    printer_ = std::make_unique<AnyPrinter>(context_.get_executor(),
                                            PrinterSetup{.to = paper_->spec(baud), .form = form},
                                            PrinterOptions{.timings = kTimings});
    ASSERT_EQ(run(context_, printer_->status()), PrinterState::ready);
  }
  void TearDown() override {
    printer_.reset();
    if (paper_) paper_->stop();
    context_.restart();
    context_.run();
  }
  PrintOutcome print(const Ticket& ticket) {
    return run(context_, printer_->print(ticket, JobId("j"), journal_));
  }
  CutPiece only_piece() {
    auto pieces = paper_->device.take_pieces();
    EXPECT_EQ(pieces.size(), 1u);
    return pieces.empty() ? CutPiece() : std::move(pieces.front());
  }

  asio::io_context context_{1};
  std::optional<SerialPrinter> paper_;
  std::unique_ptr<AnyPrinter> printer_;
  MemoryJournal journal_;
};

TEST_F(TextJobTest, ASlowLineToAPrinterWithKanjiGetsTextAndIsConfirmed) {
  start({.dots = 512, .dpi = 180, .model = "TM-T88VI"});
  EXPECT_EQ(printer_->form(), TicketForm::text);
  const auto ticket = full_ticket("ja");
  const auto outcome = print(ticket);
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::printed);
  EXPECT_THAT(journal_.states, ElementsAre(sending, sent, confirmed));
  const auto piece = only_piece();
  EXPECT_THAT(piece.texts, Contains(ticket.number));
  EXPECT_THAT(piece.texts, Contains(in_shift_jis(ticket.service_ja)));
  EXPECT_THAT(piece.codes, ElementsAre(ticket.url));
  EXPECT_EQ(paper_->device.unknown_commands(), 0);
  // The count of paper knows about how long it is.
  const auto length_mm = piece.bitmap.height() * 25.4 / 180;
  const int waste_mm = PaperCount{}.waste_per_cut_mm;
  EXPECT_NEAR(static_cast<double>(printer_->paper().used_mm - waste_mm), length_mm, 10.0);
}

TEST_F(TextJobTest, ACopySaysThatItIsOne) {
  start({.model = "TM-m30"});
  auto ticket = full_ticket("en");
  ticket.is_copy = true;
  EXPECT_EQ(print(ticket).state, confirmed);
  EXPECT_THAT(only_piece().texts, Contains(in_shift_jis(words(Locale::en, "paper.copy"))));
}

TEST_F(TextJobTest, WhatItCannotWriteIsAPicture) {
  start({.model = "TM-m30"}, TicketForm::text);
  const TicketRenderer renderer(printer_->head());
  auto rare = full_ticket("ja"), strange = full_ticket("ja");
  rare.office = "髙松";  // not in JIS X 0208
  strange.service_ja = "여권";
  for (const auto& ticket :
       {full_ticket("ko"), full_ticket("vi"), full_ticket("zh-Hans"), rare, strange}) {
    EXPECT_EQ(print(ticket).state, confirmed);
    const auto piece = only_piece();
    EXPECT_THAT(piece.texts, IsEmpty()) << ticket.locale;
    EXPECT_EQ(piece.bitmap, renderer.render(ticket)) << ticket.locale;
  }
  EXPECT_EQ(print(full_ticket("ja-x-easy")).state, confirmed);
  EXPECT_FALSE(only_piece().texts.empty());
}

TEST_F(TextJobTest, AFastLineGetsPictures) {
  start({.model = "TM-m30"}, std::nullopt, 38400);
  EXPECT_EQ(printer_->form(), TicketForm::image);
  EXPECT_EQ(print(full_ticket("ja")).state, confirmed);
  EXPECT_THAT(only_piece().texts, IsEmpty());
}

TEST_F(TextJobTest, StarPrinterGetsPicturesWhateverIsSaid) {
  start({.dialect = Family::star}, TicketForm::text);
  EXPECT_EQ(printer_->form(), TicketForm::image);
  EXPECT_EQ(print(full_ticket("ja")).state, confirmed);
  EXPECT_EQ(paper_->device.unknown_commands(), 0);
}

TEST(TicketForm, FollowsTheWireAndTheModelUnlessItIsConfigured) {
  using enum TicketForm;
  const auto form = [](const char* wire, std::optional<TicketForm> wanted, const char* model) {
    return form_of({.to = wire, .form = wanted}, model ? model_named(model) : nullptr);
  };
  constexpr const char *kSlow = "serial:/dev/ttyS0:9600", *kFast = "serial:/dev/ttyS0:38400",
                       *kNet = "tcp:192.0.2.7";
  EXPECT_EQ(form(kSlow, std::nullopt, "TM-T20"), text);
  EXPECT_EQ(form(kSlow, std::nullopt, "generic-80"), image) << "it has no kanji";
  EXPECT_EQ(form(kSlow, std::nullopt, nullptr), image) << "nobody knows what it has";
  EXPECT_EQ(form(kSlow, image, "TM-T20"), image);
  EXPECT_EQ(form(kFast, std::nullopt, "TM-T20"), image);
  EXPECT_EQ(form(kNet, std::nullopt, "TM-T20"), image);
  EXPECT_EQ(form(kNet, text, "TM-T20"), text);
  EXPECT_EQ(form(kNet, text, nullptr), text) << "whoever says so knows it";
  EXPECT_EQ(form(kNet, text, "generic-80"), image);
}

// A visit as the kiosk does it: again after "failed", a marked copy after "unknown".
class Visit {
 public:
  explicit Visit(DeviceOptions options) : device(std::move(options)) {
    end.answer = [this](std::uint8_t byte) {
      device.receive(std::span(&byte, 1));
      return device.take_replies();
    };
  }
  // Prints until it is confirmed; `mend` after each try.
  void run_until_confirmed(const std::function<void()>& mend) {
    asio::io_context context(1);
    Printer printer(context.get_executor(), std::make_unique<FakeWire>(context.get_executor(), end),
                    {576, 203}, {.form = TicketForm::text, .timings = kTimings});
    auto ticket = full_ticket("ja");
    for (int i = 0; i < 5 && !is_confirmed; ++i) {
      const auto outcome = run(context, printer.print(ticket, JobId("j"), journal));
      is_confirmed = outcome.is_confirmed();
      ticket.is_copy = ticket.is_copy || outcome.state == unknown;
      mend();
    }
    printer.close();
    context.restart();
    context.run();
  }
  // Whole tickets without and with the mark of a copy; pieces that hold more than one ticket.
  void judge(const CutPiece& whole) {
    const auto mark = in_shift_jis(words(Locale::ja, "paper.copy"));
    for (const auto& piece : device.take_pieces()) {
      const bool is_copy = !piece.texts.empty() && piece.texts.front() == mark;
      const std::vector<std::string> body(piece.texts.begin() + (is_copy ? 1 : 0),
                                          piece.texts.end());
      const bool is_whole = body == whole.texts && piece.codes == whole.codes;
      if (is_whole) ++(is_copy ? copies : originals);
      if (!is_whole && body.size() >= whole.texts.size()) ++mixed;
    }
  }

  Device device;
  FakeEnd end;
  MemoryJournal journal;
  bool is_confirmed = false;
  int originals = 0, copies = 0, mixed = 0;
};

CutPiece undisturbed(std::size_t& bytes) {
  Visit visit({});
  visit.run_until_confirmed([] {});
  bytes = visit.end.received.size();
  auto pieces = visit.device.take_pieces();
  EXPECT_EQ(pieces.size(), 1u);
  return pieces.empty() ? CutPiece() : pieces.front();
}

void expect_one_ticket(Visit& visit, const CutPiece& whole, const std::string& where) {
  visit.judge(whole);
  EXPECT_TRUE(visit.is_confirmed) << where;
  EXPECT_GE(visit.originals + visit.copies, 1) << where;
  EXPECT_LE(visit.originals, 1) << where;
  EXPECT_EQ(visit.mixed, 0) << where;
}

TEST(TextJobFaults, TheLineBreaksAnywhere) {
  std::size_t bytes = 0;
  const auto whole = undisturbed(bytes);
  for (const auto family : {Family::epson, Family::clone}) {
    for (std::size_t at = 1; at < bytes; at += 37) {
      Visit visit({.dialect = family});
      visit.end.breaks_after = at;
      visit.run_until_confirmed([] {});
      expect_one_ticket(visit, whole, "byte " + std::to_string(at));
    }
  }
}

TEST(TextJobFaults, ThePaperEndsAnywhere) {
  std::size_t bytes = 0;
  const auto whole = undisturbed(bytes);
  for (int row = 0; row < whole.bitmap.height(); row += 57) {
    Visit visit({});
    visit.device.set_paper_left(row);
    visit.run_until_confirmed([&] {
      visit.device.set_paper_left(std::nullopt);
      visit.device.set_faults({});
      visit.device.take_replies();
    });
    expect_one_ticket(visit, whole, "row " + std::to_string(row));
  }
}

}  // namespace
}  // namespace matanai::printer
