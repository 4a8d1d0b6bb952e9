// The page of the virtual printer as text, and the facts that it shows. Values; any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "printer/emulator/server.hpp"
#include "schema/types/locale.hpp"

namespace matanai::printer::tool {

struct PaperEntry {
  std::int64_t id = 0;
  Instant at{};
  int rows = 0;
  int dots = 0;
  std::vector<std::string> codes;  // data of native QR codes
};
BOOST_DESCRIBE_STRUCT(PaperEntry, (), (id, at, rows, dots, codes))

struct PaperList {
  std::vector<PaperEntry> papers;  // newest first
};
BOOST_DESCRIBE_STRUCT(PaperList, (), (papers))

struct ScriptEntry {
  std::string text;
  bool has_fired = false;
};
BOOST_DESCRIBE_STRUCT(ScriptEntry, (), (text, has_fired))

struct StateFrame {
  std::string epoch;
  std::int64_t seq = 0;
  PrinterState state = PrinterState::ready;
  emulator::Faults faults;
  bool has_cutter_error = false;
  bool has_client = false;
  std::int64_t cut = 0;           // tickets cut since the start
  std::int64_t received = 0;      // bytes received since the start
  std::int64_t mm_used = 0;       // paper since the start
  std::optional<int> mm_left;     // nothing: an endless roll
  std::int64_t hanging_rows = 0;  // printed and not cut off
  int unknown_commands = 0;
  std::int64_t bytes_lost = 0;  // came when the buffer was full
  int dots = 0;
  std::vector<ScriptEntry> script;
};
BOOST_DESCRIBE_STRUCT(StateFrame, (),
                      (epoch, seq, state, faults, has_cutter_error, has_client, cut, received,
                       mm_used, mm_left, hanging_rows, unknown_commands, bytes_lost, dots, script))

// Of printer/tool/page; empty when there is none of this name.
std::string_view page_file(std::string_view name);
std::string render_paper_page(Locale locale, const emulator::Server& printer);
StateFrame state_frame(const emulator::Server& printer);

}  // namespace matanai::printer::tool
