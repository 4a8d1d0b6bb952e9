// A serial port: 8 data bits, no parity, 1 stop bit. With RTS/CTS (the printer's DTR wired to our
// CTS) the printer stops us; without a known handshake no more than 256 bytes are ever ahead of the
// wire, so that a printer that is switched off or slow loses little. XON/XOFF is off in both
// directions: a disturbed line must not stop the output. The receive direction needs no handshake:
// answers are short. Thread rule: transport.hpp.
#pragma once

#include <string>

#include "printer/transport/posix/device_transport.hpp"

namespace matanai::printer {

enum class Handshake { rts_cts, unknown };

struct SerialSpec {
  std::string path;
  int baud = 9600;  // one of serial_speeds()
  Handshake handshake = Handshake::rts_cts;
};

class SerialTransport final : public DeviceTransport {
 public:
  SerialTransport(boost::asio::any_io_executor executor, SerialSpec spec,
                  DeviceOs& os = system_os());
  ~SerialTransport() override { close(); }

  // Waits until the kernel holds nothing: what tcdrain() does, without blocking. The bytes were
  // sent then, but for what a USB adapter buffers; they need not be received or printed.
  boost::asio::awaitable<boost::system::error_code> finish(
      std::chrono::milliseconds deadline) override;
  // "/dev/ttyUSB0 at 115200 baud".
  std::string name() const override;

 private:
  Opener make_opener() override;
  std::size_t room() override;
  std::chrono::milliseconds pause() const override;
  void discard() override;
  std::size_t held_back();

  SerialSpec spec_;
};

}  // namespace matanai::printer
