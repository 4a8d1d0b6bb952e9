#include "printer/job/printer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "printer/emulator/server.hpp"
#include "printer/transport/tcp.hpp"
#include "tests/unit/printer/memory_journal.hpp"
#include "tests/unit/support/coroutine.hpp"

namespace matanai::printer {
namespace {

namespace asio = boost::asio;
using emulator::Faults;
using testing::ElementsAre;

class PrinterTest : public testing::Test {
 protected:
  void start(emulator::DeviceOptions device = {}) {
    server_.emplace(context_.get_executor(), emulator::ServerOptions{.device = device});
    printer_ = make_printer();
  }
  std::unique_ptr<Printer> make_printer() {
    auto wire =
        std::make_unique<TcpTransport>(context_.get_executor(), "127.0.0.1", server_->port());
    return std::make_unique<Printer>(context_.get_executor(), std::move(wire), kPaper, options_);
  }
  void TearDown() override {
    printer_.reset();
    server_.reset();
    context_.restart();
    context_.run();  // every coroutine comes to its end
  }

  template <class T>
  T run(asio::awaitable<T> work) {
    return tests::run(context_, std::move(work));
  }
  // Turns the loop until it is so.
  template <class Condition>
  void run_until(Condition is_true) {
    while (!is_true()) context_.run_one();
  }
  PrintOutcome print(const std::string& job) {
    return run(printer_->print(sample_ticket("ja"), JobId(job), journal_));
  }
  // Does something once this many bytes have reached the printer.
  void when_received(std::uint64_t bytes, std::function<void()> action) {
    server_->on_change([this, bytes, action] {
      if (server_->received() < bytes) return;
      server_->on_change(nullptr);
      asio::post(context_, action);
    });
  }
  Bitmap expected() const { return TicketRenderer(kPaper).render(sample_ticket("ja")); }

  static constexpr PaperSpec kPaper{384, 203};
  PrinterOptions options_{.timings = {.connect = std::chrono::milliseconds(500),
                                      .hello = std::chrono::milliseconds(200),
                                      .stall = std::chrono::milliseconds(200),
                                      .confirm = std::chrono::milliseconds(200),
                                      .poll = std::chrono::milliseconds(10),
                                      .slowest_mm_per_s = 1000}};
  asio::io_context context_{1};
  std::optional<emulator::Server> server_;
  std::unique_ptr<Printer> printer_;
  MemoryJournal journal_;
};

TEST_F(PrinterTest, ConfirmsATicketWithItsIdentity) {
  start({.dots = 384});
  const auto outcome = print("j1");
  EXPECT_EQ(outcome.state, JobState::confirmed);
  EXPECT_EQ(outcome.strength, ConfirmStrength::printed);
  EXPECT_EQ(outcome.printer, PrinterState::ready);
  EXPECT_THAT(journal_.lines, ElementsAre("j1 sending", "j1 sent", "j1 confirmed"));
  ASSERT_EQ(server_->cut_count(), 1);
  EXPECT_EQ(server_->papers().front().bitmap, expected());
}

TEST_F(PrinterTest, ConfirmsWithoutIdentityOnAnOldPrinter) {
  start({.dialect = emulator::Family::epson_old, .dots = 384});
  const auto outcome = print("j1");
  EXPECT_EQ(outcome.state, JobState::confirmed);
  EXPECT_EQ(outcome.strength, ConfirmStrength::processed);
  EXPECT_FALSE(printer_->confirms_with_identity());
  EXPECT_EQ(server_->cut_count(), 1);
}

TEST_F(PrinterTest, StatusNamesEveryFaultAndItsEnd) {
  start({.dots = 384});
  EXPECT_EQ(printer_->last_state(), PrinterState::not_answering);
  const std::vector<std::pair<Faults, PrinterState>> cases = {
      {{}, PrinterState::ready},
      {{.near_end = true}, PrinterState::paper_near_end},
      {{.paper_out = true}, PrinterState::paper_out},
      {{.cover_open = true}, PrinterState::cover_open},
      {{.offline = true}, PrinterState::offline},
      {{}, PrinterState::ready},
  };
  for (const auto& [faults, state] : cases) {
    server_->set_faults(faults);
    EXPECT_EQ(run(printer_->status()), state) << code_of(state);
    EXPECT_EQ(printer_->last_state(), state);
  }
}

TEST_F(PrinterTest, NoticesKeepTheStateFreshWithoutAsking) {
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  server_->set_faults({.cover_open = true});
  run_until([&] { return printer_->last_state() == PrinterState::cover_open; });
  server_->set_faults({});
  run_until([&] { return printer_->last_state() == PrinterState::ready; });
}

TEST_F(PrinterTest, SendsNothingToAPrinterThatCannotPrint) {
  const std::vector<std::pair<Faults, PrinterState>> cases = {
      {{.paper_out = true}, PrinterState::paper_out},
      {{.cover_open = true}, PrinterState::cover_open},
      {{.offline = true}, PrinterState::offline},
  };
  start({.dots = 384});
  for (const auto& [faults, state] : cases) {
    journal_.lines.clear();
    server_->set_faults(faults);
    const auto before = server_->received();
    const auto outcome = print("j1");
    EXPECT_EQ(outcome.state, JobState::failed);
    EXPECT_EQ(outcome.printer, state);
    EXPECT_THAT(journal_.lines, ElementsAre("j1 failed"));
    EXPECT_LE(server_->received() - before, 20u) << "eight NULs and status questions only";
  }
  server_->set_faults({});
  EXPECT_TRUE(print("j2").is_confirmed());
  EXPECT_EQ(server_->cut_count(), 1) << "nothing old comes out";
}

TEST_F(PrinterTest, NearEndOfPaperDoesNotStopATicket) {
  start({.dots = 384});
  server_->set_faults({.near_end = true});
  const auto outcome = print("j1");
  EXPECT_TRUE(outcome.is_confirmed());
  EXPECT_EQ(outcome.printer, PrinterState::paper_near_end);
}

TEST_F(PrinterTest, ClosedPortFailsBeforeTheFirstByte) {
  start({.dots = 384});
  server_->stop();
  const auto outcome = print("j1");
  EXPECT_EQ(outcome.state, JobState::failed);
  EXPECT_EQ(outcome.printer, PrinterState::not_answering);
  EXPECT_THAT(journal_.lines, ElementsAre("j1 failed"));
}

TEST_F(PrinterTest, SilenceFromTheStartFails) {
  start({.dots = 384});
  server_->set_faults({.silent = true});
  const auto outcome = print("j1");
  EXPECT_EQ(outcome.state, JobState::failed);
  EXPECT_EQ(outcome.printer, PrinterState::taken) << "a line was given and not one byte came";
  EXPECT_EQ(server_->cut_count(), 0);
}

TEST_F(PrinterTest, SilenceAfterTheBytesIsUnknown) {
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  when_received(server_->received() + 5000, [&] { server_->set_faults({.silent = true}); });
  const auto outcome = print("j1");
  EXPECT_EQ(outcome.state, JobState::unknown);
  EXPECT_EQ(outcome.printer, PrinterState::not_answering);
  EXPECT_THAT(journal_.lines, ElementsAre("j1 sending", "j1 sent", "j1 unknown"));
  server_->set_faults({});
  EXPECT_TRUE(print("j2").is_confirmed()) << "a new connection finds the printer well";
}

TEST_F(PrinterTest, PowerCycleWhilePrintingIsNoConfirmationAndTheNextTicketIsWhole) {
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  when_received(server_->received() + 5000, [&] { server_->power_cycle(); });
  const auto outcome = print("j1");
  // Failed if the line broke before the last bytes were on it.
  EXPECT_FALSE(outcome.is_confirmed());
  EXPECT_EQ(outcome.printer, PrinterState::not_answering);
  EXPECT_EQ(journal_.lines.front(), "j1 sending");
  EXPECT_EQ(server_->cut_count(), 0);

  EXPECT_TRUE(print("j2").is_confirmed());
  ASSERT_EQ(server_->cut_count(), 2) << "the piece of the first, and the second";
  EXPECT_LT(server_->papers()[0].bitmap.height(), expected().height());
  EXPECT_EQ(server_->papers()[1].bitmap, expected());
}

TEST_F(PrinterTest, PaperOutInTheMiddleFailsAndNothingOldComesOut) {
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  server_->set_paper_left(300);
  const auto outcome = print("j1");
  EXPECT_EQ(outcome.state, JobState::failed) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::paper_out);
  server_->set_faults({});
  EXPECT_EQ(run(printer_->status()), PrinterState::ready);
  EXPECT_EQ(server_->cut_count(), 0) << "the new roll starts empty";

  EXPECT_TRUE(print("j1").is_confirmed());
  ASSERT_EQ(server_->cut_count(), 2) << "the fragment, then the whole ticket";
  EXPECT_LT(server_->papers()[0].bitmap.height(), expected().height());
  EXPECT_EQ(server_->papers()[1].bitmap, expected());
  EXPECT_LT(printer_->paper().used_mm, 150) << "counted from the new roll on";
}

TEST_F(PrinterTest, CoverOpenedInTheMiddleFails) {
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  when_received(server_->received() + 3000, [&] { server_->set_faults({.cover_open = true}); });
  const auto outcome = print("j1");
  EXPECT_EQ(outcome.printer, PrinterState::cover_open);
  // The bytes may have come in one packet: then the ticket was whole before the cover opened.
  if (server_->cut_count() == 0) {
    EXPECT_EQ(outcome.state, JobState::failed) << outcome.detail;
  } else {
    EXPECT_TRUE(outcome.is_confirmed()) << outcome.detail;
  }
}

TEST_F(PrinterTest, SlowPrinterIsWaitedForAsLongAsItsPaperNeeds) {
  options_.timings.confirm = std::chrono::seconds(30);
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  server_->set_faults({.slow = true});
  EXPECT_TRUE(print("j1").is_confirmed());
}

TEST_F(PrinterTest, TicketsComeOutInTheOrderOfTheirCalls) {
  start({.dots = 384});
  int done = 0;
  for (const char* job : {"j1", "j2", "j3"}) {
    asio::co_spawn(context_, printer_->print(sample_ticket("ja"), JobId(job), journal_),
                   [&](std::exception_ptr, PrintOutcome outcome) {
                     done += outcome.is_confirmed() ? 1 : 100;
                   });
  }
  run_until([&] { return done >= 3; });
  EXPECT_EQ(done, 3);
  EXPECT_THAT(journal_.lines,
              ElementsAre("j1 sending", "j1 sent", "j1 confirmed", "j2 sending", "j2 sent",
                          "j2 confirmed", "j3 sending", "j3 sent", "j3 confirmed"));
  EXPECT_EQ(server_->cut_count(), 3);
}

TEST_F(PrinterTest, NothingIsSentThatTheJournalDidNotTake) {
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  const auto before = server_->received();
  journal_.fail_at = JobState::sending;
  EXPECT_THROW(print("j1"), std::runtime_error);
  EXPECT_LE(server_->received() - before, 12u);
  journal_.fail_at.reset();
  EXPECT_TRUE(print("j2").is_confirmed());
  EXPECT_EQ(server_->cut_count(), 1);
}

TEST_F(PrinterTest, SecondHostWaitsUntilTheFirstLeaves) {
  start({.dots = 384});
  ASSERT_EQ(run(printer_->status()), PrinterState::ready);
  const auto other = make_printer();
  EXPECT_EQ(run(other->status()), PrinterState::taken);
  printer_->close();
  run_until([&] { return !server_->has_client(); });
  EXPECT_EQ(run(other->status()), PrinterState::ready);
}

}  // namespace
}  // namespace matanai::printer
