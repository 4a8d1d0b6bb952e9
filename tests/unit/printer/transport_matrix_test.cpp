// What every wire must do, wire by wire; each test ends within its deadlines.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>

#include "printer/transport/posix/file.hpp"
#include "printer/transport/posix/serial.hpp"
#include "printer/transport/posix/usb_device.hpp"
#include "printer/transport/tcp.hpp"
#include "transport_fake_usblp.hpp"
#include "transport_pty.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;

// The printer's end of a wire.
class Printer {
 public:
  virtual ~Printer() = default;
  virtual std::unique_ptr<Transport> wire(asio::any_io_executor executor) = 0;
  // What has arrived since the last call.
  virtual Bytes received() = 0;
  virtual void answer(const Bytes& bytes) = 0;
  // Gone from one moment to the next; the wire finds it again after come_back().
  virtual void vanish() = 0;
  virtual void come_back() = 0;
};

class TcpPrinter final : public Printer {
 public:
  TcpPrinter() { listen(0); }
  std::unique_ptr<Transport> wire(asio::any_io_executor executor) override {
    return std::make_unique<TcpTransport>(executor, "127.0.0.1", port_);
  }
  Bytes received() override {
    const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) client_ = OwnedFd(fd);
    return client_.get() < 0 ? Bytes() : take(client_.get());
  }
  void answer(const Bytes& bytes) override {
    received();
    ::send(client_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  void vanish() override {
    received();
    const linger abort{1, 0};
    ::setsockopt(client_.get(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    client_ = OwnedFd();
    listener_ = OwnedFd();
  }
  void come_back() override { listen(port_); }

 private:
  void listen(std::uint16_t port) {
    listener_ = OwnedFd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int yes = 1;
    const int small = 4096;
    ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    ::setsockopt(listener_.get(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listener_.get(), generic, size), 0);
    EXPECT_EQ(::listen(listener_.get(), 4), 0);
    ::getsockname(listener_.get(), generic, &size);
    port_ = ntohs(address.sin_port);
  }
  OwnedFd listener_, client_;
  std::uint16_t port_ = 0;
};

class SerialPrinter final : public Printer {
 public:
  std::unique_ptr<Transport> wire(asio::any_io_executor executor) override {
    return std::make_unique<SerialTransport>(executor,
                                             SerialSpec{pty_.path(), 115200, Handshake::rts_cts});
  }
  Bytes received() override { return take(pty_.printer.get()); }
  void answer(const Bytes& bytes) override { pty_.answer(bytes); }
  void vanish() override { pty_.unplug(); }
  void come_back() override { pty_.plug(); }

 private:
  Pty pty_;
};

class UsbPrinter final : public Printer {
 public:
  UsbPrinter() { path_ = os_.plug("lp0", "A1"); }
  std::unique_ptr<Transport> wire(asio::any_io_executor executor) override {
    return std::make_unique<UsbDeviceTransport>(executor, UsbSpec{path_, ""}, os_);
  }
  Bytes received() override { return os_.printer.get() < 0 ? Bytes() : take(os_.printer.get()); }
  void answer(const Bytes& bytes) override { os_.answer(bytes); }
  void vanish() override { os_.unplug("lp0"); }
  void come_back() override { os_.plug("lp5", "A1"); }
  FakeUsblp& os() { return os_; }

 private:
  FakeUsblp os_;
  std::string path_;
};

// Takes at most this many bytes in one call.
class ShortUsbPrinter final : public Printer {
 public:
  ShortUsbPrinter() { inner_.os().longest = 37; }
  std::unique_ptr<Transport> wire(asio::any_io_executor executor) override {
    return inner_.wire(executor);
  }
  Bytes received() override { return inner_.received(); }
  void answer(const Bytes& bytes) override { inner_.answer(bytes); }
  void vanish() override { inner_.vanish(); }
  void come_back() override { inner_.come_back(); }

 private:
  UsbPrinter inner_;
};

struct Kind {
  const char* name;
  std::unique_ptr<Printer> (*make)();
};
template <class T>
std::unique_ptr<Printer> make() {
  return std::make_unique<T>();
}

class EveryWire : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    printer_ = GetParam().make();
    wire_ = printer_->wire(loop_.executor());
    ASSERT_FALSE(loop_.run(wire_->open(kLong)));
  }
  void TearDown() override {
    wire_->close();
    loop_.drain();
    wire_.reset();
  }
  Bytes receive(std::size_t size) {
    Bytes all;
    loop_.turn_until([&] {
      const auto more = printer_->received();
      all.insert(all.end(), more.begin(), more.end());
      return all.size() >= size;
    });
    return all;
  }
  // Writes until the printer takes no more.
  WriteResult fill(milliseconds stall) { return loop_.run(wire_->write(ticket(8'000'000), stall)); }

  Loop loop_;
  std::unique_ptr<Printer> printer_;
  std::unique_ptr<Transport> wire_;
};

TEST_P(EveryWire, BringsAWholeTicketInOrder) {
  const auto bytes = ticket();
  const auto result = loop_.start(wire_->write(bytes, kLong));
  EXPECT_TRUE(receive(bytes.size()) == bytes);
  loop_.turn_until([&] { return result->has_value(); });
  EXPECT_FALSE((*result)->error);
  EXPECT_EQ((*result)->accepted, bytes.size());
  EXPECT_FALSE(loop_.run(wire_->finish(kLong)));
}

TEST_P(EveryWire, BringsAnswersBesideAWrite) {
  ASSERT_TRUE(wire_->is_two_way());
  const auto bytes = ticket();
  const auto answer = loop_.start(read_some(*wire_));
  const auto result = loop_.start(wire_->write(bytes, kLong));
  receive(1000);
  printer_->answer(text("half way"));
  loop_.turn_until([&] { return answer->has_value(); });
  EXPECT_EQ(**answer, text("half way"));
  loop_.turn_until([&] {
    printer_->received();
    return result->has_value();
  });
  EXPECT_FALSE((*result)->error);
}

TEST_P(EveryWire, IsOpenOnce) {
  EXPECT_TRUE(wire_->is_open());
  EXPECT_FALSE(loop_.run(wire_->open(kLong)));
}

TEST_P(EveryWire, GivesUpOnAPrinterThatTakesNothing) {
  const auto result = fill(kShort);
  EXPECT_EQ(result.error, asio::error::timed_out);
  EXPECT_GT(result.accepted, 0U);
  EXPECT_LT(result.accepted, 8'000'000U);
}

TEST_P(EveryWire, ThrowsAwayWhatWasNotTakenWhenClosed) {
  const auto accepted = fill(kShort).accepted;
  wire_->close();
  EXPECT_FALSE(wire_->is_open());
  loop_.drain();
  EXPECT_LT(printer_->received().size(), accepted + 1);
  ASSERT_FALSE(loop_.run(wire_->open(kLong)));
  // What was in flight may come; then the new ticket and nothing old behind it.
  printer_->received();
  ASSERT_FALSE(loop_.run(wire_->write(text("new"), kLong)).error);
  ASSERT_FALSE(loop_.run(wire_->finish(kLong)));
  loop_.drain();
  EXPECT_EQ(printer_->received(), text("new"));
}

TEST_P(EveryWire, EndsWhatWaitsWhenClosed) {
  Bytes buffer(16);
  const auto bytes = ticket(8'000'000);
  const auto read = loop_.start(wire_->read(buffer));
  const auto written = loop_.start(wire_->write(bytes, kLong));
  loop_.drain();
  ASSERT_FALSE(read->has_value());
  ASSERT_FALSE(written->has_value());
  wire_->close();
  loop_.turn_until([&] { return read->has_value() && written->has_value(); });
  EXPECT_EQ((*read)->error, asio::error::operation_aborted);
  EXPECT_EQ((*written)->error, asio::error::operation_aborted);
}

TEST_P(EveryWire, TellsAtOnceThatThePrinterVanished) {
  Bytes buffer(16);
  printer_->received();
  const auto read = loop_.start(wire_->read(buffer));
  loop_.drain();
  printer_->vanish();
  loop_.turn_until([&] { return read->has_value(); });
  EXPECT_TRUE((*read)->error);
  EXPECT_TRUE(loop_.run(wire_->write(text("x"), kLong)).error);
}

TEST_P(EveryWire, FindsItsPrinterAgain) {
  printer_->vanish();
  wire_->close();
  EXPECT_TRUE(loop_.run(wire_->open(kLong)));
  EXPECT_FALSE(wire_->is_open());
  printer_->come_back();
  ASSERT_FALSE(loop_.run(wire_->open(kLong)));
  ASSERT_FALSE(loop_.run(wire_->write(text("back"), kLong)).error);
  EXPECT_EQ(receive(4), text("back"));
  printer_->answer(text("yes"));
  EXPECT_EQ(loop_.run(read_some(*wire_)), text("yes"));
}

TEST_P(EveryWire, RefusesToWriteWhenClosed) {
  wire_->close();
  const auto result = loop_.run(wire_->write(text("x"), kLong));
  EXPECT_TRUE(result.error);
  EXPECT_EQ(result.accepted, 0U);
}

INSTANTIATE_TEST_SUITE_P(Transport, EveryWire,
                         testing::Values(Kind{"Tcp", make<TcpPrinter>},
                                         Kind{"Serial", make<SerialPrinter>},
                                         Kind{"Usb", make<UsbPrinter>},
                                         Kind{"ShortUsb", make<ShortUsbPrinter>}),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace matanai::printer
