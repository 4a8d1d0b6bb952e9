#include <gmock/gmock.h>

#include <future>
#include <mutex>
#include <stdexcept>

#include "printer/transport/make_transport.hpp"
#include "printer/transport/worker.hpp"
#include "transport_support.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(WireSpec, NamesEveryWire) {
  const std::pair<const char*, Wire> cases[] = {
      {"tcp:printer.ward", TcpWire{"printer.ward", 9100}},
      {"tcp:192.0.2.7:9101", TcpWire{"192.0.2.7", 9101}},
      {"tcp:[::1]", TcpWire{"::1", 9100}},
      {"tcp:[::1]:9101", TcpWire{"::1", 9101}},
      {"usb:/dev/usb/lp0", UsbWire{"/dev/usb/lp0", ""}},
      {"usb:serial=J5XZ001", UsbWire{"", "J5XZ001"}},
      {"serial:/dev/ttyS0", SerialWire{"/dev/ttyS0", 9600, true}},
      {"serial:/dev/ttyUSB0:115200", SerialWire{"/dev/ttyUSB0", 115200, true}},
      {"serial:/dev/ttyUSB0:19200:rtscts", SerialWire{"/dev/ttyUSB0", 19200, true}},
      {"serial:/dev/ttyUSB0:19200:none", SerialWire{"/dev/ttyUSB0", 19200, false}},
      {"file:/tmp/t.bin", FileWire{"/tmp/t.bin"}},
      {"file:tickets/", FileWire{"tickets/"}},
      {"spool:EPSON TM-T88", SpoolWire{"EPSON TM-T88"}},
      {"usbprint:", UsbPrintWire{""}},
      {R"(usbprint:\\?\usb#vid_04b8)", UsbPrintWire{R"(\\?\usb#vid_04b8)"}},
  };
  for (const auto& [spec, wire] : cases) EXPECT_EQ(parse_wire(spec), wire) << spec;
}

TEST(WireSpec, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "must begin with tcp:"},
      {"192.0.2.7", "must begin with tcp:"},
      {"lpt:1", "must begin with tcp:"},
      {"tcp:", "no host"},
      {"tcp::9100", "no host"},
      {"tcp:host:", "1 to 65535"},
      {"tcp:host:0", "1 to 65535"},
      {"tcp:host:65536", "1 to 65535"},
      {"tcp:host:91x", "1 to 65535"},
      {"tcp:::1", "in brackets"},
      {"tcp:[::1", "not closed"},
      {"tcp:[::1]9100", "only :PORT"},
      {"usb:", "usb:/dev/usb/lp0"},
      {"usb:serial=", "usb:serial=NUMBER"},
      {"serial:ttyS0", "serial:/dev/ttyUSB0"},
      {"serial:/dev/ttyS0:1200", "9600, 19200"},
      {"serial:/dev/ttyS0:9600:xonxoff", "rtscts or none"},
      {"serial:/dev/ttyS0:9600:none:x", "too many"},
      {"file:", "no path"},
      {"spool:", "no queue"},
  };
  for (const auto& row : cases) {
    EXPECT_THAT([&row] { parse_wire(row.first); },
                ThrowsMessage<std::invalid_argument>(HasSubstr(row.second)))
        << row.first;
  }
}

TEST(WireSpec, BecomesAWireThatIsNotOpenYet) {
  Loop loop;
  const std::pair<const char*, const char*> cases[] = {
      {"tcp:[::1]", "::1:9100"},
      {"usb:serial=A1", "USB printer A1"},
      {"usb:/dev/usb/lp0", "/dev/usb/lp0"},
      {"serial:/dev/ttyS0:19200", "/dev/ttyS0 at 19200 baud"},
      {"file:/tmp/t.bin", "/tmp/t.bin"},
  };
  for (const auto& [spec, name] : cases) {
    const auto wire = make_transport(loop.executor(), spec);
    EXPECT_EQ(wire->name(), name);
    EXPECT_FALSE(wire->is_open());
  }
  EXPECT_THAT([&] { make_transport(loop.executor(), "spool:Q"); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("Windows only")));
}

TEST(TransportWorker, GivesBackWhatTheJobReturned) {
  Loop loop;
  Worker worker(loop.executor());
  EXPECT_EQ(loop.run(worker.run<int>([] { return 42; }, kLong)), 42);
}

TEST(TransportWorker, LeavesAJobThatTakesTooLong) {
  auto hang = std::make_shared<std::mutex>();
  std::unique_lock lock(*hang);
  {
    Loop loop;
    Worker worker(loop.executor());
    std::function<int()> job = [hang] {
      const std::lock_guard wait(*hang);
      return 1;
    };
    EXPECT_EQ(loop.run(worker.run(job, kShort)), std::nullopt);
    // Its result comes when nobody waits for it any more.
    lock.unlock();
    EXPECT_EQ(loop.run(worker.run<int>([] { return 2; }, kLong)), 2);
  }
}

TEST(TransportWorker, OutlivesTheLoopOfItsCaller) {
  auto hang = std::make_shared<std::mutex>();
  std::unique_lock lock(*hang);
  auto loop = std::make_unique<Loop>();
  Worker worker(loop->executor());
  std::function<int()> job = [hang] {
    const std::lock_guard wait(*hang);
    return 1;
  };
  loop->start(worker.run(job, kLong));
  loop->context().poll();
  loop.reset();
  lock.unlock();
  std::promise<void> done;
  worker.post([&done] { done.set_value(); });
  EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

}  // namespace
}  // namespace matanai::printer
