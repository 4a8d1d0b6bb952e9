#include <gmock/gmock.h>

#include "printer/transport/posix/usb_device.hpp"
#include "transport_fake_usblp.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;
namespace errc = boost::system::errc;
using testing::ElementsAre;

class UsbDevice : public testing::Test {
 protected:
  void SetUp() override { path_ = os_.plug("lp0", "J5XZ001"); }
  void TearDown() override {
    wire_.reset();
    loop_.drain();
  }
  void use(UsbSpec spec) {
    wire_ = std::make_unique<UsbDeviceTransport>(loop_.executor(), std::move(spec), os_);
  }
  ErrorCode open(UsbSpec spec) {
    use(std::move(spec));
    return loop_.run(wire_->open(kLong));
  }
  ErrorCode open() { return open({path_, ""}); }
  ErrorCode reopen() {
    wire_->close();
    return loop_.run(wire_->open(kLong));
  }
  WriteResult write(const Bytes& bytes, milliseconds stall = kLong) {
    return loop_.run(wire_->write(bytes, stall));
  }

  Loop loop_;
  FakeUsblp os_;
  std::string path_;
  std::unique_ptr<UsbDeviceTransport> wire_;
};

TEST_F(UsbDevice, AsksTheKernelToGiveUpWithoutPaper) {
  ASSERT_FALSE(open());
  EXPECT_TRUE(os_.aborts);
}

TEST_F(UsbDevice, ForgetsAnswersFromBeforeItWasOpened) {
  os_.stale = text("old");
  ASSERT_FALSE(open());
  os_.answer(text("new"));
  EXPECT_EQ(loop_.run(read_some(*wire_)), text("new"));
}

TEST_F(UsbDevice, SaysThatAnotherProgramHoldsThePrinter) {
  os_.open_error = EBUSY;
  EXPECT_EQ(open(), errc::device_or_resource_busy);
  EXPECT_FALSE(wire_->is_open());
}

TEST_F(UsbDevice, ReadsOnAfterOneFailedTransfer) {
  ASSERT_FALSE(open());
  os_.read_errors = 1;
  os_.answer(text("alive"));
  EXPECT_EQ(loop_.run(read_some(*wire_)), text("alive"));
}

TEST_F(UsbDevice, ReportsTransfersThatFailAgainAndAgain) {
  ASSERT_FALSE(open());
  os_.read_errors = 2;
  Bytes buffer(16);
  EXPECT_EQ(loop_.run(wire_->read(buffer)).error, errc::io_error);
}

TEST_F(UsbDevice, KnowsAOneWayPortWhenItIsOpen) {
  os_.is_one_way = true;
  ASSERT_FALSE(open());
  EXPECT_FALSE(wire_->is_two_way());
  Bytes buffer(16);
  EXPECT_EQ(loop_.run(wire_->read(buffer)).error, asio::error::operation_not_supported);
  EXPECT_FALSE(write(text("still prints")).error);
  EXPECT_EQ(os_.received(), text("still prints"));
}

TEST_F(UsbDevice, IsTwoWayAgainWhenTheNextPrinterIs) {
  os_.is_one_way = true;
  ASSERT_FALSE(open());
  os_.is_one_way = false;
  ASSERT_FALSE(reopen());
  EXPECT_TRUE(wire_->is_two_way());
}

TEST_F(UsbDevice, FindsItsPrinterAtANewNumberBySerialNumber) {
  ASSERT_FALSE(open());
  os_.unplug("lp0");
  EXPECT_EQ(write(text("gone")).error, errc::no_such_device);
  os_.plug("lp0", "OTHER");
  os_.plug("lp3", "J5XZ001");
  ASSERT_FALSE(reopen());
  EXPECT_THAT(os_.opened, ElementsAre("lp0", "lp3"));
  EXPECT_FALSE(write(text("back")).error);
  EXPECT_EQ(os_.received(), text("back"));
}

TEST_F(UsbDevice, FindsAPrinterWithoutSerialNumberByWhatItIs) {
  os_.unplug("lp0");
  path_ = os_.plug("lp1", "", "MFG:SII;MDL:RP-F10;");
  ASSERT_FALSE(open());
  os_.unplug("lp1");
  os_.plug("lp0", "", "MFG:EPSON;MDL:TM-T20;");
  os_.plug("lp2", "", "MFG:SII;MDL:RP-F10;");
  ASSERT_FALSE(reopen());
  EXPECT_THAT(os_.opened, ElementsAre("lp1", "lp2"));
}

TEST_F(UsbDevice, TakesThePrinterThatReplacedItAtItsPath) {
  ASSERT_FALSE(open());
  os_.unplug("lp0");
  os_.plug("lp0", "NEW");
  ASSERT_FALSE(reopen());
  EXPECT_THAT(os_.opened, ElementsAre("lp0", "lp0"));
}

TEST_F(UsbDevice, StaysAtItsPathAmongTwins) {
  os_.plug("lp1", "", "MFG:SII;MDL:RP-F10;");
  const auto second = os_.plug("lp2", "", "MFG:SII;MDL:RP-F10;");
  ASSERT_FALSE(open({second, ""}));
  ASSERT_FALSE(reopen());
  EXPECT_THAT(os_.opened, ElementsAre("lp2", "lp2"));
}

TEST_F(UsbDevice, OpensBySerialNumberAlone) {
  os_.plug("lp1", "B2");
  ASSERT_FALSE(open({"", "B2"}));
  EXPECT_THAT(os_.opened, ElementsAre("lp1"));
  EXPECT_EQ(open({"", "ABSENT"}), errc::no_such_device);
}

TEST_F(UsbDevice, EndsAReadWhenItIsUnplugged) {
  ASSERT_FALSE(open());
  Bytes buffer(16);
  const auto result = loop_.start(wire_->read(buffer));
  loop_.context().poll();
  os_.unplug("lp0");
  loop_.turn_until([&] { return result->has_value(); });
  EXPECT_EQ((*result)->error, errc::no_such_device);
}

TEST_F(UsbDevice, TellsWhyThePrinterTakesNothing) {
  ASSERT_FALSE(open());
  os_.is_full = true;
  EXPECT_EQ(write(text("x"), kShort).error, asio::error::timed_out);
  os_.status = LP_PSELECD | LP_PERRORP | LP_POUTPA;
  EXPECT_EQ(write(text("x"), kShort).error, errc::no_space_on_device);
}

TEST_F(UsbDevice, ReportsEnospcOfTheKernelAsNoPaper) {
  ASSERT_FALSE(open());
  os_.left = 8192;
  os_.fails_with = ENOSPC;
  const auto result = write(ticket());
  EXPECT_EQ(result.error, errc::no_space_on_device);
  EXPECT_EQ(result.accepted, 8192U);
}

TEST_F(UsbDevice, ReadsThePortStatus) {
  ASSERT_FALSE(open());
  const auto status = [&] { return loop_.run(wire_->port_status(kLong)); };
  EXPECT_EQ(status(), PortStatus{});
  os_.status = LP_PSELECD | LP_PERRORP | LP_POUTPA;
  EXPECT_EQ(status(), PortStatus{.is_paper_out = true});
  os_.status = LP_PERRORP;
  EXPECT_EQ(status(), PortStatus{.is_offline = true});
  os_.status = LP_PSELECD;
  EXPECT_EQ(status(), PortStatus{.has_error = true});
}

TEST_F(UsbDevice, DoesNotWaitForAPortThatHangs) {
  ASSERT_FALSE(open());
  os_.status_hangs = true;
  {
    const std::lock_guard hang(os_.hang);
    EXPECT_EQ(loop_.run(wire_->port_status(kShort)), std::nullopt);
    EXPECT_FALSE(write(text("goes on")).error);
  }
  EXPECT_EQ(os_.received(), text("goes on"));
}

TEST_F(UsbDevice, FinishesWhenTheLastPieceHasLeft) {
  ASSERT_FALSE(open());
  // The printer takes no more: what was written still waits.
  while (!write(ticket(), kShort).error) continue;
  EXPECT_EQ(loop_.run(wire_->finish(kShort)), asio::error::timed_out);
  const auto finished = loop_.start(wire_->finish(kLong));
  loop_.context().poll();
  os_.received();
  loop_.turn_until([&] { return finished->has_value(); });
  EXPECT_FALSE(**finished);
}

}  // namespace
}  // namespace matanai::printer
