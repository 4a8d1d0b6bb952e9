// ESC/POS as Epson prints it, and the families that speak it differently (old, SII, clone). Byte
// numbers as in Epson's command reference and research printer.md §2. Thread rule: machine.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "printer/emulator/machine.hpp"
#include "printer/emulator/text_line.hpp"

namespace matanai::printer::emulator {

// Of all that Epson's printers say about themselves these answer DLE EOT and GS r alone.
inline bool is_bare(Family family) { return family == Family::clone || family == Family::primex; }

class EpsonParser final : public Parser {
 public:
  void watch(Machine& machine, std::uint8_t byte) override;
  bool step(Machine& machine) override;
  void tell_change(Machine& machine) override;
  void on_error(Machine& machine) override;
  bool is_dropping() const override { return job_ == Job::dropped; }
  std::optional<double> mm_to_store() const override;
  bool is_in_image() const override { return rows_left_ > 0; }
  void forget_command() override;
  void reset() override;
  void reset_by_other(Machine& machine) override { initialize(machine); }

 private:
  // Settings that ESC @ takes back.
  struct Settings {
    int unit_x = 0, unit_y = 0;  // motion units an inch; 0 = dots
    int margin = 0;
    int align = 0;    // 0 left, 1 middle, 2 right
    int spacing = 0;  // dots from line to line, 0 = 1/6 inch
    int code_module = 3;
    std::string code_data;
  };

  // --- real time (epson_status.cpp)
  int realtime_length(const Machine& machine) const;
  void execute_realtime(Machine& machine);
  bool is_image_data(std::uint8_t byte);
  void answer_status(Machine& machine, int n) const;
  std::vector<std::uint8_t> notice(const Machine& machine) const;
  void send_notice(Machine& machine);

  // --- commands in order; each is called when its bytes are there and returns its length, or
  // nothing when some are missing
  using Length = std::optional<std::size_t>;
  Length escape(Machine& machine);
  Length group(Machine& machine);
  Length kanji(Machine& machine);
  Length block(Machine& machine);
  Length code_block(Machine& machine, std::size_t length);
  Length cut(Machine& machine);
  Length raster(Machine& machine);
  Length graphics(Machine& machine);
  Length stored(Machine& machine, std::size_t length);
  Length bit_image(Machine& machine);
  Length own_kanji(Machine& machine);
  Length counter(Machine& machine);
  Length skip_realtime(Machine& machine);
  Length character(Machine& machine);
  void identify(Machine& machine, int n) const;
  void initialize(Machine& machine);
  bool take_image_row(Machine& machine);
  void end_line(Machine& machine, int feed);
  void print_picture(Machine& machine, const Bitmap& picture, int x);
  int indent(const Machine& machine, int width) const;
  int spacing(const Machine& machine) const;

  // --- jobs of a storage printer (primex_jobs.cpp)
  enum class Job { none, stored, dropped };
  Length job_mark(Machine& machine);
  bool drop_rest(Machine& machine);
  void forget_work();  // half a command, half a line

  std::vector<std::uint8_t> realtime_;  // a real-time command of which the beginning has arrived
  std::array<std::uint8_t, 8> tail_{};  // the newest bytes, to see pictures begin on arrival
  std::size_t data_left_ = 0;           // of a picture, on arrival
  std::uint8_t notice_mask_ = 0;
  bool tells_offline_ = false;
  bool was_online_ = true;
  std::vector<std::uint8_t> last_notice_;

  Settings settings_;
  TextLine line_;
  int x_ = 0;
  int rows_left_ = 0;  // of the picture being received
  std::size_t stride_ = 0;
  bool is_storing_ = false;
  int scale_x_ = 1, scale_y_ = 1;
  Bitmap stored_;  // by GS 8 L, until it is printed
  int stored_rows_ = 0;
  std::map<int, std::int64_t> counters_from_;  // GS g 0: they count from here
  Job job_ = Job::none;
  std::array<std::uint8_t, 4> job_id_{};
};

}  // namespace matanai::printer::emulator
