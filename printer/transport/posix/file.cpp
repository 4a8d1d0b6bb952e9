#include "printer/transport/posix/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "printer/transport/posix/device_os.hpp"

namespace matanai::printer {
namespace asio = boost::asio;
namespace fs = std::filesystem;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::size_t kPiece = 65536;

ErrorCode last_error() { return {errno, boost::system::system_category()}; }

ErrorCode sync_folder(const fs::path& folder) {
  const OwnedFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) return last_error();
  return {};
}

}  // namespace

// The file that is being written. Only the worker touches it.
struct FileTransport::Document {
  explicit Document(const std::string& target)
      : path(target), folder(path.parent_path().empty() ? "." : path.parent_path()) {}

  fs::path path;
  fs::path folder;
  OwnedFd fd;

  fs::path part() const { return folder / (path.filename().string() + ".part"); }

  ErrorCode check() const {
    return ::access(folder.c_str(), W_OK | X_OK) == 0 ? ErrorCode() : last_error();
  }

  WriteResult write(std::span<const std::uint8_t> bytes) {
    WriteResult result;
    if (fd.get() < 0)
      fd = OwnedFd(::open(part().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (fd.get() < 0) result.error = last_error();
    while (!result.error && result.accepted < bytes.size()) {
      const auto rest = bytes.subspan(result.accepted);
      const auto count = ::write(fd.get(), rest.data(), rest.size());
      if (count >= 0) result.accepted += static_cast<std::size_t>(count);
      if (count < 0 && errno != EINTR) result.error = last_error();
    }
    return result;
  }

  ErrorCode finish() {
    if (fd.get() < 0) return {};
    if (::fsync(fd.get()) != 0) return last_error();
    fd = OwnedFd();
    if (::rename(part().c_str(), target().c_str()) != 0) return last_error();
    return sync_folder(folder);
  }

  void discard() {
    if (fd.get() < 0) return;
    fd = OwnedFd();
    ::unlink(part().c_str());
  }

 private:
  fs::path target() {
    if (path.has_filename()) return path;
    while (true) {
      std::array<char, 16> name{};
      std::snprintf(name.data(), name.size(), "%04u.bin", next_++);
      if (auto free = folder / name.data(); !fs::exists(free)) return free;
    }
  }
  unsigned next_ = 1;
};

FileTransport::FileTransport(asio::any_io_executor executor, std::string path)
    : path_(std::move(path)), worker_(executor), document_(std::make_shared<Document>(path_)) {}

FileTransport::~FileTransport() { close(); }

asio::awaitable<ErrorCode> FileTransport::open(std::chrono::milliseconds deadline) {
  std::function<ErrorCode()> job = [document = document_] { return document->check(); };
  const auto answer = co_await worker_.run(std::move(job), deadline);
  const ErrorCode error = answer ? *answer : asio::error::timed_out;
  is_open_ = !error;
  co_return error;
}

void FileTransport::close() {
  if (!is_open_) return;
  is_open_ = false;
  worker_.post([document = document_] { document->discard(); });
}

asio::awaitable<WriteResult> FileTransport::write(std::span<const std::uint8_t> bytes,
                                                  std::chrono::milliseconds stall) {
  co_return co_await write_in_pieces(worker_, is_open_, bytes, kPiece, stall,
                                     [document = document_](std::span<const std::uint8_t> piece) {
                                       return document->write(piece);
                                     });
}

asio::awaitable<ReadResult> FileTransport::read(std::span<std::uint8_t>) {
  co_return ReadResult{asio::error::operation_not_supported, 0};
}

asio::awaitable<ErrorCode> FileTransport::finish(std::chrono::milliseconds deadline) {
  if (!is_open_) co_return asio::error::bad_descriptor;
  std::function<ErrorCode()> job = [document = document_] { return document->finish(); };
  const auto answer = co_await worker_.run(std::move(job), deadline);
  co_return answer ? *answer : asio::error::timed_out;
}

}  // namespace matanai::printer
