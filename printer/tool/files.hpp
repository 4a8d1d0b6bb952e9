// Files of the tool: "-" is standard input or output. One thread.
#pragma once

#include <string>
#include <string_view>

#include "printer/layout/decor.hpp"
#include "printer/layout/ticket.hpp"

namespace matanai::printer::tool {

// Throws std::runtime_error that names the file.
std::string read_all(const std::string& file);
void write_all(const std::string& file, std::string_view bytes);
// Throws std::runtime_error that names each faulty field.
Ticket read_ticket(const std::string& file);
// logo: a file, empty = none; notice: for every language, empty = none.
PaperDecor read_decor(const std::string& logo, const std::string& notice);

}  // namespace matanai::printer::tool
