// Tickets as files: each finish() puts a whole ticket under its name, and half a ticket never has
// one (written beside it, fsync, rename). For tests, previews and hot folders. One-way. Thread
// rule: transport.hpp; the disk is waited for on the wire's own thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "printer/transport/document_transport.hpp"

namespace matanai::printer {

class FileTransport final : public DocumentTransport {
 public:
  // "a/b.bin": each ticket replaces the one before. "a/b/": 0001.bin, 0002.bin … in that folder,
  // after those that are there. The folder must exist.
  FileTransport(boost::asio::any_io_executor executor, std::string path);

  boost::asio::awaitable<ErrorCode> finish(std::chrono::milliseconds deadline) override;
  std::string name() const override { return path_; }

 private:
  class File;
  FileTransport(boost::asio::any_io_executor executor, std::string path,
                std::shared_ptr<File> file);

  std::string path_;
  std::shared_ptr<File> file_;  // the worker's alone
};

}  // namespace matanai::printer
