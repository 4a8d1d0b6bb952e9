// A printer of which only the wire is known, and one that is exchanged while the program runs.
#include "printer/job/any_printer.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>

#include "printer/emulator/script.hpp"
#include "printer/emulator/server.hpp"
#include "tests/unit/printer/memory_journal.hpp"
#include "tests/unit/support/coroutine.hpp"

namespace matanai::printer {
namespace {

namespace asio = boost::asio;
using emulator::DeviceOptions;
using emulator::Family;

class AnyPrinterTest : public testing::Test {
 protected:
  void TearDown() override {
    printer_.reset();
    server_.reset();
    context_.restart();
    context_.run();  // every coroutine comes to its end
  }
  // A printer at the same address as the one before.
  void stand(DeviceOptions device) {
    const std::uint16_t port = server_ ? server_->port() : 0;
    server_.reset();
    server_.emplace(context_.get_executor(),
                    emulator::ServerOptions{.port = port, .device = std::move(device)});
    setup_.to = "tcp:127.0.0.1:" + std::to_string(server_->port());
  }
  void start() {
    printer_ = std::make_unique<AnyPrinter>(context_.get_executor(), setup_, options_);
  }
  template <class T>
  T run(asio::awaitable<T> work) {
    return tests::run(context_, std::move(work));
  }
  PrinterState status() { return run(printer_->status()); }
  // Asks until it is heard that the printer can print: a broken line is noticed at one question and
  // opened at the next.
  void until_ready() {
    while (!can_print(status())) {
    }
  }
  PrintOutcome print() { return run(printer_->print(sample_ticket("ja"), JobId("j"), journal_)); }
  int width_of_last() const { return server_->papers().back().bitmap.width(); }

  PrinterSetup setup_;
  PrinterOptions options_{.timings = {.connect = std::chrono::milliseconds(500),
                                      .hello = std::chrono::milliseconds(100),
                                      .stall = std::chrono::milliseconds(200),
                                      .confirm = std::chrono::milliseconds(500),
                                      .poll = std::chrono::milliseconds(10),
                                      .slowest_mm_per_s = 1000}};
  asio::io_context context_{1};
  std::optional<emulator::Server> server_;
  std::unique_ptr<AnyPrinter> printer_;
  MemoryJournal journal_;
};

const DeviceOptions kM30{.dots = 576, .model = "TM-m30"};
const DeviceOptions kT88{.dots = 512, .dpi = 180, .model = "TM-T88V"};
const DeviceOptions kStar{.dialect = Family::star, .dots = 576};

TEST_F(AnyPrinterTest, FindsTheLanguageAndTheHead) {
  stand(kT88);
  start();
  EXPECT_FALSE(printer_->protocol());
  until_ready();
  EXPECT_EQ(printer_->protocol(), Protocol::escpos);
  ASSERT_NE(printer_->model(), nullptr);
  EXPECT_EQ(printer_->model()->name, "TM-T88V");
  EXPECT_EQ(printer_->head().dots, 512);
  EXPECT_EQ(printer_->head().dpi, 180);
  EXPECT_TRUE(print().is_confirmed());
}

TEST_F(AnyPrinterTest, OneThatAnotherHostHeldFromTheStartIsTakenUntilItLeaves) {
  stand(kM30);
  asio::ip::tcp::socket other(context_);
  other.connect({asio::ip::make_address("127.0.0.1"), server_->port()});
  while (!server_->has_client()) context_.run_one();
  start();
  EXPECT_EQ(status(), PrinterState::taken);
  other.close();
  until_ready();
  EXPECT_TRUE(print().is_confirmed());
}

TEST_F(AnyPrinterTest, OneOfTheOtherLanguageInItsPlaceIsFound) {
  stand(kM30);
  start();
  until_ready();
  ASSERT_TRUE(print().is_confirmed());
  for (const auto& [device, protocol] :
       {std::pair{kStar, Protocol::starprnt}, std::pair{kM30, Protocol::escpos}}) {
    stand(device);
    EXPECT_EQ(print().state, JobState::failed) << "not a byte of the wrong language";
    until_ready();
    EXPECT_EQ(printer_->protocol(), protocol);
    const auto outcome = print();
    EXPECT_TRUE(outcome.is_confirmed()) << outcome.detail;
    EXPECT_EQ(outcome.strength, ConfirmStrength::printed);
    EXPECT_EQ(server_->cut_count(), 1);
  }
}

TEST_F(AnyPrinterTest, AnotherModelInItsPlaceGetsTicketsForItsOwnHead) {
  stand(kM30);
  start();
  until_ready();
  ASSERT_TRUE(print().is_confirmed());
  stand(kT88);
  EXPECT_EQ(print().state, JobState::failed) << "made for the other head";
  EXPECT_EQ(print().state, JobState::failed) << "made for the other head";
  EXPECT_EQ(server_->cut_count(), 0);
  until_ready();
  EXPECT_EQ(printer_->head().dots, 512);
  ASSERT_TRUE(print().is_confirmed());
  EXPECT_EQ(server_->papers().back().bitmap,
            TicketRenderer({512, 180}).render(sample_ticket("ja")));
}

TEST_F(AnyPrinterTest, OneThatConfirmsLessInItsPlaceIsProvedAgain) {
  stand(kM30);
  start();
  until_ready();
  ASSERT_EQ(print().strength, ConfirmStrength::printed);
  stand({.dialect = Family::epson_old, .dots = 576, .model = "TM-T20"});
  print();
  until_ready();
  const auto outcome = print();
  EXPECT_TRUE(outcome.is_confirmed()) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::processed);
}

TEST_F(AnyPrinterTest, TheSamePrinterAgainIsNotAskedWhatItConfirms) {
  stand(kM30);
  start();
  until_ready();
  ASSERT_TRUE(print().is_confirmed());
  stand(kM30);
  EXPECT_EQ(print().state, JobState::failed) << "the line is dead";
  EXPECT_TRUE(print().is_confirmed()) << "and opened again";
}

TEST_F(AnyPrinterTest, ALanguageThatIsConfiguredIsKept) {
  setup_.protocol = Protocol::escpos;
  stand(kStar);
  start();
  EXPECT_FALSE(can_print(status()));
  EXPECT_FALSE(can_print(status()));
  EXPECT_EQ(printer_->protocol(), Protocol::escpos);
  EXPECT_EQ(print().state, JobState::failed);
  EXPECT_EQ(server_->cut_count(), 0);
}

TEST_F(AnyPrinterTest, WhatHungInThePrinterIsCutAlsoAfterItWasExchanged) {
  stand(kM30);
  start();
  until_ready();
  server_->load_script(emulator::parse_script("row 100 paper_out"));
  EXPECT_EQ(print().state, JobState::failed);
  EXPECT_TRUE(journal_.has_rest);
  stand(kStar);
  until_ready();
  EXPECT_TRUE(print().is_confirmed());
  EXPECT_FALSE(journal_.has_rest);
}

}  // namespace
}  // namespace matanai::printer
