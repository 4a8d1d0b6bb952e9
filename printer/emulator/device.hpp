// A virtual ticket printer without any I/O and without a clock: bytes and time in, answers and cut
// paper out. It reads byte by byte and never assumes packet borders; real-time commands act on
// arrival, everything else in order and only while the printer is able to print. The same calls
// give the same paper and answers. Not thread-safe: one thread per device.
#pragma once

#include <boost/describe.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "printer/bitmap.hpp"
#include "printer/emulator/faults.hpp"
#include "printer/emulator/paper_path.hpp"
#include "printer/emulator/script.hpp"
#include "printer/protocol/state.hpp"

namespace matanai::printer::emulator {

// What kind of printer it is (research printer.md §2).
enum class Family {
  epson,      // everything, GS ( H with an identity included
  epson_old,  // as TM-T88III: no GS ( H; GS r is answered when parsed
  star,       // StarPRNT: documents, print-end counter, its own notices
  sii,        // ESC/POS with tagged answers, DC2 q
  clone,      // answers DLE EOT and GS r; clears nothing, notices nothing, names nothing
  primex,     // a storage printer: a clone whose jobs, by GS G with an identity, are printed whole
};
BOOST_DESCRIBE_ENUM(Family, epson, epson_old, star, sii, clone, primex)

// A character as the head prints it, `width` × `height` dots; `code` is the byte, or both bytes of
// a kanji in the printer's character set (Shift_JIS).
using DrawGlyph = std::function<Bitmap(int code, int width, int height)>;
// A native QR code, `module` dots a cell, without quiet zone.
using DrawCode = std::function<Bitmap(const std::string& data, int module)>;

struct DeviceOptions {
  Family dialect = Family::epson;
  int dots = 576;
  int dpi = 203;
  std::size_t buffer_bytes = 65536;  // receive buffer, network card included; full = room() is 0.
                                     // Printers themselves have 4096.
  bool has_handshake = true;  // false: the wire does not tell that the buffer is full; what does
                              // not fit is lost, but real-time commands act all the same
  std::string maker{};        // empty: as the family is
  std::string model{};
  std::string firmware{};
  int mm_per_s = 0;                         // 0 = paper moves and is cut in no time
  int slow_mm_per_s = 30;                   // of the fault `slow`
  int baud = 0;                             // bytes arrive at baud/10 a second; 0 = in no time
  int rows_ahead = 256;                     // parsed, but not yet printed
  int roll_mm = 0;                          // 0 = endless
  int near_end_mm = 5000;                   // near_end comes by itself then
  bool has_near_end_sensor = true;          // without: near end is never told
  bool executes_realtime_in_images = true;  // as Epson's manuals say
  DrawGlyph draw_glyph{};                   // empty: a box
  DrawCode draw_code{};                     // empty: a frame
};

// What happens to the connection; for whoever owns it.
struct LinkEvent {
  enum class Kind { reset, closed, second_client };
  Kind kind{};
  std::chrono::milliseconds amount{0};  // second_client: it stays connected so long
};

class Device {
 public:
  explicit Device(DeviceOptions options = {});
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // Takes what arrived and works on as far as it can. More than room() is lost, but real-time
  // commands in it act: so a busy serial printer hears a host that sends on.
  void receive(std::span<const std::uint8_t> bytes);
  // Bytes that fit into the receive buffer now: a wire must not bring more. Real printers stop
  // reading here.
  std::size_t room() const;
  // Answers that have arrived since the last call, in order.
  std::vector<std::uint8_t> take_replies();
  std::vector<LinkEvent> take_link_events();
  // The answers under way are lost (the connection is another one now).
  void forget_replies();

  // Time begins at 0 and moves only here.
  void advance(std::chrono::microseconds by);
  std::chrono::microseconds now() const;
  // When something happens by time alone; nothing while only bytes or mended faults go on.
  std::optional<std::chrono::microseconds> next_event() const;

  // Pieces cut since the last call, oldest first; each piece comes out of one of the two once.
  std::vector<CutPiece> take_pieces();
  std::vector<Bitmap> take_tickets();
  // The uncut piece of paper that hangs out.
  const Bitmap& hanging_paper() const;
  double mm_used() const;
  std::optional<double> mm_left() const;

  const DeviceOptions& options() const;
  const Faults& faults() const;
  // What a person at the printer would say.
  PrinterState state() const;
  // The blade failed, and nobody has recovered it yet.
  bool has_cutter_error() const;
  // Tells the host by a notice when that is on; a printer that is able again goes on by itself.
  void set_faults(const Faults& faults);
  // Paper runs out after this many more rows (sets paper_out then); nullopt = never.
  void set_paper_left(std::optional<int> rows);
  // Buffer, settings and half a command are gone; the hanging paper stays.
  void power_cycle();

  // Replaces the script; its times, rows and bytes count from now.
  void load_script(std::vector<ScriptLine> lines);
  const std::vector<ScriptLine>& script() const;
  void perform(const Action& action);

  // Commands it did not know, since the start (a correct driver sends none).
  int unknown_commands() const;
  // Bytes that came when the buffer was full, since the start.
  std::int64_t bytes_lost() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace matanai::printer::emulator
