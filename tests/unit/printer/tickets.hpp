// Tickets and heads for tests, and a foreign reader of the code on them.
#pragma once

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "printer/layout/png.hpp"
#include "printer/layout/renderer.hpp"

namespace matanai::printer {

inline constexpr std::array kHeads = {PaperSpec{576, 203}, PaperSpec{512, 180},
                                      PaperSpec{384, 203}, PaperSpec{416, 203},
                                      PaperSpec{420, 180}, PaperSpec{432, 203}};
inline constexpr std::array kLocales = {"ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"};

inline Instant at(const char* text) { return parse_instant(text).value(); }

// A ticket on which everything stands that usually can.
inline Ticket full_ticket(const std::string& locale) {
  auto ticket = sample_ticket(locale);
  ticket.reservation_at = at("2026-11-24T01:30:00.000Z");
  return ticket;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return text;
}

// What zbarimg reads, or nothing.
inline std::string read_qr(const Bitmap& bitmap) {
  const auto file =
      std::filesystem::path(testing::TempDir()) / ("ticket_" + std::to_string(getpid()) + ".png");
  std::ofstream(file, std::ios::binary) << png_of(bitmap);
  const std::string command = "zbarimg -q --raw --nodbus '" + file.string() + "' 2>/dev/null";
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 256> buffer{};
  while (pipe && fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) text += buffer.data();
  std::filesystem::remove(file);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace matanai::printer
