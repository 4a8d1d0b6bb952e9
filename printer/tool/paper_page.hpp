// The paper roll of the virtual printer as a web page: tickets as pictures, the printer's state,
// faults to try. For loopback and tests only: whoever reaches it may break the (virtual) printer.
// Network thread.
#pragma once

#include "printer/emulator/server.hpp"
#include "server/http/hub.hpp"
#include "server/http/router.hpp"

namespace matanai::printer::tool {

// GET / · /page/… (its files) · /papers · /papers/{id}.png · /hanging.png (the piece not yet cut
// off) · /state · WebSocket /live (state frames) · POST /faults {"paper_out":true,…} (fields left
// out stay as they are) · POST /script {"text":"row 120 paper_out"} (replaces the script; 422 with
// the line that is wrong) · POST /do {"action":"rst"} (one action of a script, now) · POST
// /power-cycle. All arguments must outlive the router's use; on_change of the printer is taken.
void add_paper_routes(http::Router& router, http::Hub& hub, emulator::Server& printer);

}  // namespace matanai::printer::tool
