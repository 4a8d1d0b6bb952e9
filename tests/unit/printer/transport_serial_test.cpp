#include <gmock/gmock.h>
#include <sys/ioctl.h>

#include "printer/transport/posix/serial.hpp"
#include "transport_pty.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;

// A line whose driver tells how much it still holds, and sends only what the test lets it.
class SlowLine final : public DeviceOs {
 public:
  ssize_t write(int fd, std::span<const std::uint8_t> bytes) override {
    const auto count = DeviceOs::write(fd, bytes);
    if (count > 0) held += static_cast<int>(count);
    most = std::max(most, held);
    return count;
  }
  int ioctl(int fd, unsigned long request, std::uintptr_t argument) override {
    if (request == TCFLSH && argument == TCOFLUSH) held = 0;
    if (request != TIOCOUTQ) return DeviceOs::ioctl(fd, request, argument);
    held -= std::min(held, sends);
    *reinterpret_cast<int*>(argument) = held;
    return 0;
  }
  int held = 0;
  int most = 0;
  int sends = 0;  // bytes that leave between two questions
};

class Serial : public testing::Test {
 protected:
  ErrorCode open(int baud, Handshake handshake = Handshake::rts_cts) {
    const SerialSpec spec{pty_.path(), baud, handshake};
    wire_ = std::make_unique<SerialTransport>(loop_.executor(), spec, os_);
    return loop_.run(wire_->open(kLong));
  }
  void TearDown() override {
    wire_.reset();
    loop_.drain();
  }

  Loop loop_;
  Pty pty_;
  SlowLine os_;
  std::unique_ptr<SerialTransport> wire_;
};

TEST_F(Serial, IsRawEightBitsWithoutSoftwareHandshake) {
  auto before = pty_.settings();
  before.c_iflag |= IXON | IXOFF | IXANY;
  before.c_cflag |= CSTOPB | HUPCL;
  ASSERT_EQ(::tcsetattr(pty_.printer.get(), TCSANOW, &before), 0);
  ASSERT_FALSE(open(38400));
  const auto line = pty_.settings();
  EXPECT_EQ(line.c_cflag & CSIZE, static_cast<tcflag_t>(CS8));
  EXPECT_EQ(line.c_cflag & (CSTOPB | HUPCL), 0U);
  EXPECT_NE(line.c_cflag & CRTSCTS, 0U);
  EXPECT_EQ(line.c_iflag & (IXON | IXOFF | IXANY | ICRNL | ISTRIP), 0U);
  EXPECT_EQ(line.c_oflag & OPOST, 0U);
  EXPECT_EQ(line.c_lflag & (ECHO | ICANON | ISIG), 0U);
}

TEST_F(Serial, HasEverySpeed) {
  const std::pair<int, speed_t> speeds[] = {
      {9600, B9600}, {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200}};
  for (const auto& [baud, speed] : speeds) {
    ASSERT_FALSE(open(baud)) << baud;
    const auto line = pty_.settings();
    EXPECT_EQ(::cfgetospeed(&line), speed) << baud;
    EXPECT_EQ(::cfgetispeed(&line), speed) << baud;
  }
  EXPECT_EQ(open(1200), asio::error::invalid_argument);
}

TEST_F(Serial, RefusesWhatIsNoSerialLine) {
  wire_ = std::make_unique<SerialTransport>(loop_.executor(), SerialSpec{"/dev/null"});
  EXPECT_EQ(loop_.run(wire_->open(kLong)), boost::system::errc::inappropriate_io_control_operation);
}

TEST_F(Serial, StaysWithin256BytesWithoutHandshake) {
  os_.sends = 40;
  ASSERT_FALSE(open(115200, Handshake::unknown));
  const auto bytes = ticket(4000);
  const auto result = loop_.start(wire_->write(bytes, kLong));
  Bytes received;
  loop_.turn_until([&] {
    const auto more = take(pty_.printer.get());
    received.insert(received.end(), more.begin(), more.end());
    return result->has_value();
  });
  EXPECT_FALSE((*result)->error);
  const auto rest = take(pty_.printer.get());
  received.insert(received.end(), rest.begin(), rest.end());
  EXPECT_TRUE(received == bytes);
  EXPECT_EQ(os_.most, 256);
}

TEST_F(Serial, GivesUpOnALineThatSendsNothing) {
  ASSERT_FALSE(open(115200, Handshake::unknown));
  const auto result = loop_.run(wire_->write(ticket(4000), kShort));
  EXPECT_EQ(result.error, asio::error::timed_out);
  EXPECT_EQ(result.accepted, 256U);
}

TEST_F(Serial, TakesBackWhatTheLineHasNotSentWhenClosed) {
  ASSERT_FALSE(open(115200));
  ASSERT_FALSE(loop_.run(wire_->write(ticket(100), kLong)).error);
  ASSERT_EQ(os_.held, 100);
  wire_->close();
  EXPECT_EQ(os_.held, 0);
}

TEST_F(Serial, FinishesWhenTheLineHasSentEverything) {
  ASSERT_FALSE(open(115200));
  ASSERT_FALSE(loop_.run(wire_->write(ticket(100), kLong)).error);
  EXPECT_EQ(loop_.run(wire_->finish(kShort)), asio::error::timed_out);
  os_.sends = 40;
  EXPECT_FALSE(loop_.run(wire_->finish(kLong)));
}

}  // namespace
}  // namespace matanai::printer
