// The commands of matanai-print, one function each. They print for people, return the exit code,
// and throw std::runtime_error for what main reports as "usage or file error". One call per
// process.
#pragma once

#include <cstdint>
#include <string>

namespace matanai::printer::tool {

inline constexpr int kDone = 0, kUsage = 1, kNotPrinted = 2, kNotKnown = 3, kNoGlyph = 4;

struct PaperOptions {
  int dots = 576;
  int dpi = 203;
};
struct FileOptions {
  std::string ticket;
  std::string output;
  PaperOptions paper;
};
struct PrinterAddress {
  std::string host = "127.0.0.1";
  std::uint16_t port = 9100;
};

int sample(const std::string& locale);
int preview(const FileOptions& options);
int encode(const FileOptions& options);
int print(const FileOptions& options, const PrinterAddress& address);
int status(const PrinterAddress& address);

}  // namespace matanai::printer::tool
