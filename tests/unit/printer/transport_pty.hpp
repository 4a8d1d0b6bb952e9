// A serial line: our end is a pty's device file behind a link, as udev makes one; the printer's end
// is here.
#pragma once

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>

#include <filesystem>

#include "printer/transport/posix/device_os.hpp"
#include "transport_support.hpp"

namespace matanai::printer::testing_support {

class Pty {
 public:
  Pty() {
    std::string pattern = (std::filesystem::temp_directory_path() / "serial-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    plug();
  }
  ~Pty() { std::filesystem::remove_all(folder_); }

  std::string path() const { return (folder_ / "printer").string(); }
  void plug() {
    printer = OwnedFd(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    ::grantpt(printer.get());
    ::unlockpt(printer.get());
    std::filesystem::remove(path());
    std::filesystem::create_symlink(::ptsname(printer.get()), path());
  }
  void unplug() { printer = OwnedFd(); }
  void answer(const Bytes& bytes) {
    ASSERT_EQ(::write(printer.get(), bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
  }
  termios settings() const {
    termios line{};
    ::tcgetattr(printer.get(), &line);
    return line;
  }

  OwnedFd printer;

 private:
  std::filesystem::path folder_;
};

}  // namespace matanai::printer::testing_support
