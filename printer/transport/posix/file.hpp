// Tickets as files: each finish() puts a whole ticket under its name, and half a ticket never has
// one (written beside it, fsync, rename). For tests, previews and hot folders. One-way. Thread
// rule: transport.hpp; the disk is waited for on the wire's own thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "printer/transport/transport.hpp"
#include "printer/transport/worker.hpp"

namespace matanai::printer {

class FileTransport final : public Transport {
 public:
  // "a/b.bin": each ticket replaces the one before. "a/b/": 0001.bin, 0002.bin … in that folder,
  // after those that are there. The folder must exist.
  FileTransport(boost::asio::any_io_executor executor, std::string path);
  ~FileTransport() override;

  boost::asio::awaitable<boost::system::error_code> open(
      std::chrono::milliseconds deadline) override;
  bool is_open() const override { return is_open_; }
  bool is_two_way() const override { return false; }
  void close() override;
  boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                            std::chrono::milliseconds stall) override;
  boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) override;
  boost::asio::awaitable<boost::system::error_code> finish(
      std::chrono::milliseconds deadline) override;
  std::string name() const override { return path_; }

 private:
  struct Document;
  std::string path_;
  Worker worker_;
  std::shared_ptr<Document> document_;  // the worker's alone
  bool is_open_ = false;
};

}  // namespace matanai::printer
