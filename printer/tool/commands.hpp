// The commands of matanai-print, one function each (emulate: emulate.hpp). They print for people on
// standard output, what went wrong on standard error, return the exit code, and throw
// std::exception for what main reports as "usage or file error". One call per process.
#pragma once

#include <optional>
#include <string>

namespace matanai::printer::tool {

inline constexpr int kDone = 0, kUsage = 1, kNotPrinted = 2, kNotKnown = 3, kNoGlyph = 4;

struct PaperOptions {
  int dots = 576;
  int dpi = 203;
  std::string logo;    // a PNG file; empty = none
  std::string notice;  // at the foot of the ticket
};
struct PreviewOptions {
  std::string ticket, output;
  std::string format;  // png, svg or txt; empty = by the output's ending, else png
  PaperOptions paper;
};
struct EncodeOptions {
  std::string ticket, output;
  std::string protocol = "escpos";  // or starprnt, text
  std::string raster = "gs_v_0";    // or gs_8_l
  PaperOptions paper;
};
struct PrinterChoice {
  std::string to = "tcp:127.0.0.1:9100";
  std::string protocol = "auto", confirm = "auto", mode = "auto";
  std::string model;             // of the table; empty = as the printer says
  std::optional<int> dots, dpi;  // absent = the model's
  bool is_narrow = false;
  std::string count;  // a file that counts the paper used; empty = not counted
  int roll_metres = 80;
};
struct PrintOptions {
  std::string ticket, logo, notice;
  bool is_copy = false;
};

int sample(const std::string& locale);
int preview(const PreviewOptions& options);
int encode(const EncodeOptions& options);
int models(bool is_json);

int print(const PrintOptions& options, const PrinterChoice& choice);
// is_watch: until SIGINT or SIGTERM, a line for each change.
int status(const PrinterChoice& choice, bool is_watch);
int self_test(const PrinterChoice& choice, const std::string& locale);

}  // namespace matanai::printer::tool
