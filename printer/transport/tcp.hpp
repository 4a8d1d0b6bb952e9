// TCP port 9100: one connection, kept open, because a second client of most printers is accepted
// and then starves: it can write, and no answer ever comes, which is how "taken by another host" is
// told from "switched off". TCP_NODELAY and keep-alive are on; host may be a name or an address.
// finish() waits until the printer's network side has acknowledged everything, which proves nothing
// about paper. Thread rule: transport.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>

#include "printer/transport/transport.hpp"

namespace matanai::printer {

class TcpTransport final : public Transport {
 public:
  TcpTransport(boost::asio::any_io_executor executor, std::string host, std::uint16_t port);
  ~TcpTransport() override;

  boost::asio::awaitable<boost::system::error_code> open(
      std::chrono::milliseconds deadline) override;
  bool is_open() const override;
  bool is_shared() const override { return true; }
  void close() override;
  boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                            std::chrono::milliseconds stall) override;
  boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) override;
  boost::asio::awaitable<boost::system::error_code> finish(
      std::chrono::milliseconds deadline) override;
  std::string name() const override;

 private:
  boost::asio::any_io_executor executor_;
  std::string host_;
  std::uint16_t port_;
  boost::asio::ip::tcp::socket socket_;
};

}  // namespace matanai::printer
