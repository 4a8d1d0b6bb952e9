// What USB and serial device files have in common: opened on the wire's own thread, then read and
// written without waiting, by the executor's poll. Not for use by itself. Thread rule:
// ../transport.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <string>

#include "printer/transport/posix/device_os.hpp"
#include "printer/transport/transport.hpp"
#include "printer/transport/worker.hpp"

namespace matanai::printer {

class DeviceTransport : public Transport {
 public:
  boost::asio::awaitable<boost::system::error_code> open(
      std::chrono::milliseconds deadline) override;
  bool is_open() const override;
  void close() override;
  boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                            std::chrono::milliseconds stall) override;
  boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) override;

 protected:
  using Clock = std::chrono::steady_clock;
  using ErrorCode = boost::system::error_code;

  // `os` must outlive the transport.
  DeviceTransport(boost::asio::any_io_executor executor, DeviceOs& os);

  // Runs on the worker; the descriptor it returns is ready for use. Owns all it needs.
  using Opener = std::function<ErrorCode(OwnedFd& fd)>;
  virtual Opener make_opener() = 0;
  // Bytes that may be given to the kernel now; 0: try again after pause().
  virtual std::size_t room() { return SIZE_MAX; }
  virtual std::chrono::milliseconds pause() const { return std::chrono::milliseconds(10); }
  // Throws away what the kernel holds; called before closing.
  virtual void discard() {}
  // Why nothing was accepted for so long.
  virtual boost::asio::awaitable<ErrorCode> why_stalled();
  // A read was refused as "not possible here".
  virtual void on_one_way() {}

  // Waits until poll() says so; false when it is `until` or the wire was closed.
  boost::asio::awaitable<bool> wait_writable(Clock::time_point until);
  boost::asio::awaitable<void> sleep(Clock::duration time);

  int fd() { return descriptor_.native_handle(); }
  DeviceOs& os() { return os_; }
  Worker& worker() { return worker_; }
  // Counts openings and closings: who waited sees that the wire is another one now.
  std::uint64_t generation() const { return generation_; }
  boost::asio::any_io_executor executor() { return descriptor_.get_executor(); }

 private:
  boost::asio::awaitable<ErrorCode> write_all(std::span<const std::uint8_t> bytes,
                                              std::chrono::milliseconds stall,
                                              std::size_t& accepted);
  DeviceOs& os_;
  boost::asio::posix::stream_descriptor descriptor_;
  Worker worker_;
  std::uint64_t generation_ = 0;
  bool had_io_error_ = false;
};

}  // namespace matanai::printer
