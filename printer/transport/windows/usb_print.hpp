// A USB printer by the Windows class driver usbprint.sys, two-way, without changing its driver: no
// queue may hold the port. The device path contains the serial number, so open() finds the printer
// again after it was unplugged. Thread rule: ../transport.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/windows/stream_handle.hpp>
#include <string>
#include <vector>

#include "printer/transport/transport.hpp"
#include "printer/transport/worker.hpp"

namespace matanai::printer {

class UsbPrintTransport final : public Transport {
 public:
  // `path` as usb_printers() tells it; empty: the first one there is.
  UsbPrintTransport(boost::asio::any_io_executor executor, std::string path);
  ~UsbPrintTransport() override;

  boost::asio::awaitable<boost::system::error_code> open(
      std::chrono::milliseconds deadline) override;
  bool is_open() const override;
  void close() override;
  boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                            std::chrono::milliseconds stall) override;
  boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) override;
  // Nothing is held back: a write ends when the printer has taken it.
  boost::asio::awaitable<boost::system::error_code> finish(
      std::chrono::milliseconds deadline) override;
  boost::asio::awaitable<std::optional<PortStatus>> port_status(
      std::chrono::milliseconds deadline) override;
  std::string name() const override;

 private:
  std::string path_;
  boost::asio::windows::stream_handle handle_;
  Worker worker_;
  std::uint64_t generation_ = 0;
};

// The device paths of the USB printers that are plugged in, UTF-8.
std::vector<std::string> usb_printers();

}  // namespace matanai::printer
