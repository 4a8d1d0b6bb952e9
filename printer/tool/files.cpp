#include "printer/tool/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "schema/types/json.hpp"

namespace matanai::printer::tool {

std::string read_all(const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  if (std::filesystem::is_directory(file))
    throw std::runtime_error("cannot read " + file + ": it is a folder");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file + ": " + std::strerror(errno));
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_all(const std::string& file, std::string_view bytes) {
  if (file == "-") {
    std::cout << bytes << std::flush;
    if (!std::cout) throw std::runtime_error("cannot write to standard output");
    return;
  }
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file + ": " + std::strerror(errno));
}

Ticket read_ticket(const std::string& file) {
  auto ticket = read_json<Ticket>(read_all(file));
  if (ticket.has_value()) return *ticket;
  std::string message = (file == "-" ? "standard input" : file) + " is not a ticket";
  for (const auto& field : ticket.error().fields)
    message += "\n  " + field.pointer + ": " + field.code;
  if (ticket.error().fields.empty()) message += ": not JSON";
  throw std::runtime_error(message);
}

PaperDecor read_decor(const std::string& logo, const std::string& notice) {
  PaperDecor decor;
  if (!logo.empty()) decor.logo_png = read_all(logo);
  if (!logo.empty() && !decor.logo_png.starts_with("\x89PNG"))
    throw std::runtime_error(logo + " is not a PNG file");
  if (!notice.empty()) decor.notice["ja"] = notice;
  return decor;
}

}  // namespace matanai::printer::tool
