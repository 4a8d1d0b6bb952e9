#include "printer/transport/posix/serial.hpp"

#include <sys/ioctl.h>
#include <termios.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <utility>

namespace matanai::printer {
namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::size_t kAhead = 256;
constexpr int kPauseBytes = 64;

ErrorCode last_error() { return {errno, boost::system::system_category()}; }

speed_t speed_of(int baud) {
  constexpr std::pair<int, speed_t> kSpeeds[] = {
      {9600, B9600}, {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200}};
  const auto* found = std::find_if(std::begin(kSpeeds), std::end(kSpeeds),
                                   [baud](const auto& row) { return row.first == baud; });
  return found == std::end(kSpeeds) ? B0 : found->second;
}

ErrorCode set_up(int fd, const SerialSpec& spec) {
  const speed_t speed = speed_of(spec.baud);
  if (speed == B0) return asio::error::invalid_argument;
  termios line{};
  if (::tcgetattr(fd, &line) != 0) return last_error();
  ::cfmakeraw(&line);
  line.c_iflag &= ~static_cast<tcflag_t>(IXON | IXOFF | IXANY);
  // Without HUPCL the printer sees no reset when the port is opened again.
  line.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | PARENB | CRTSCTS | HUPCL | CSIZE);
  line.c_cflag |= static_cast<tcflag_t>(CS8 | CREAD | CLOCAL);
  if (spec.handshake == Handshake::rts_cts) line.c_cflag |= CRTSCTS;
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  ::cfsetispeed(&line, speed);
  ::cfsetospeed(&line, speed);
  if (::tcsetattr(fd, TCSANOW, &line) != 0) return last_error();
  // tcsetattr succeeds when it could set anything at all.
  termios now{};
  if (::tcgetattr(fd, &now) != 0) return last_error();
  if (::cfgetospeed(&now) != speed) return asio::error::invalid_argument;
  // What came before this connection answers nobody's question.
  ::tcflush(fd, TCIOFLUSH);
  return {};
}

}  // namespace

SerialTransport::SerialTransport(asio::any_io_executor executor, SerialSpec spec, DeviceOs& os)
    : DeviceTransport(std::move(executor), os), spec_(std::move(spec)) {}

DeviceTransport::Opener SerialTransport::make_opener() {
  return [spec = spec_, &os = os()](OwnedFd& fd) -> ErrorCode {
    const int opened = os.open(spec.path);
    if (opened < 0) return {-opened, boost::system::system_category()};
    fd = OwnedFd(opened);
    if (const auto error = set_up(fd.get(), spec)) return error;
    // One owner: a second program is refused (but root is not).
    os.ioctl(fd.get(), TIOCEXCL, 0);
    return {};
  };
}

std::size_t SerialTransport::held_back() {
  int count = 0;
  if (os().ioctl(fd(), TIOCOUTQ, reinterpret_cast<std::uintptr_t>(&count)) < 0) return 0;
  return static_cast<std::size_t>(std::max(count, 0));
}

std::size_t SerialTransport::room() {
  if (spec_.handshake == Handshake::rts_cts) return SIZE_MAX;
  return kAhead - std::min(held_back(), kAhead);
}

std::chrono::milliseconds SerialTransport::pause() const {
  return std::chrono::milliseconds(1 + kPauseBytes * 10 * 1000 / spec_.baud);
}

void SerialTransport::discard() {
  os().ioctl(fd(), TCFLSH, TCOFLUSH);
  os().ioctl(fd(), TIOCNXCL, 0);
}

asio::awaitable<ErrorCode> SerialTransport::finish(std::chrono::milliseconds deadline) {
  const auto before = generation();
  const auto until = Clock::now() + deadline;
  while (before == generation() && is_open()) {
    if (held_back() == 0) co_return ErrorCode();
    if (Clock::now() >= until) co_return asio::error::timed_out;
    co_await sleep(std::chrono::milliseconds(5));
  }
  co_return asio::error::operation_aborted;
}

std::string SerialTransport::name() const {
  return spec_.path + " at " + std::to_string(spec_.baud) + " baud";
}

}  // namespace matanai::printer
