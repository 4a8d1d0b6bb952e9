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

// The file that is being written.
class FileTransport::File final : public Document {
 public:
  explicit File(const std::string& target)
      : path_(target), folder_(path_.parent_path().empty() ? "." : path_.parent_path()) {}

  ErrorCode open() override {
    return ::access(folder_.c_str(), W_OK | X_OK) == 0 ? ErrorCode() : last_error();
  }

  WriteResult write(std::span<const std::uint8_t> bytes) override {
    WriteResult result;
    if (fd_.get() < 0)
      fd_ = OwnedFd(::open(part().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (fd_.get() < 0) result.error = last_error();
    while (!result.error && result.accepted < bytes.size()) {
      const auto rest = bytes.subspan(result.accepted);
      const auto count = ::write(fd_.get(), rest.data(), rest.size());
      if (count >= 0) result.accepted += static_cast<std::size_t>(count);
      if (count < 0 && errno != EINTR) result.error = last_error();
    }
    return result;
  }

  ErrorCode finish() {
    if (fd_.get() < 0) return {};
    if (::fsync(fd_.get()) != 0) return last_error();
    fd_ = OwnedFd();
    if (::rename(part().c_str(), target().c_str()) != 0) return last_error();
    return sync_folder(folder_);
  }

  void close() override {
    if (fd_.get() < 0) return;
    fd_ = OwnedFd();
    ::unlink(part().c_str());
  }

 private:
  fs::path part() const { return folder_ / (path_.filename().string() + ".part"); }
  fs::path target() {
    if (path_.has_filename()) return path_;
    while (true) {
      std::array<char, 16> name{};
      std::snprintf(name.data(), name.size(), "%04u.bin", next_++);
      if (auto free = folder_ / name.data(); !fs::exists(free)) return free;
    }
  }

  fs::path path_;
  fs::path folder_;
  OwnedFd fd_;
  unsigned next_ = 1;
};

FileTransport::FileTransport(asio::any_io_executor executor, std::string path)
    : FileTransport(std::move(executor), path, std::make_shared<File>(path)) {}

FileTransport::FileTransport(asio::any_io_executor executor, std::string path,
                             std::shared_ptr<File> file)
    : DocumentTransport(std::move(executor), file, kPiece),
      path_(std::move(path)),
      file_(std::move(file)) {}

asio::awaitable<ErrorCode> FileTransport::finish(std::chrono::milliseconds deadline) {
  if (!is_open()) co_return asio::error::bad_descriptor;
  std::function<ErrorCode()> job = [file = file_] { return file->finish(); };
  const auto answer = co_await worker().run(std::move(job), deadline);
  co_return answer ? *answer : asio::error::timed_out;
}

}  // namespace matanai::printer
