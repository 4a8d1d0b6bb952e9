// Files that are compiled into the programs: the words of every locale and the numbered SQL
// migrations. Names are paths below schema/, e.g. "words/ja.json" or "sql/city/0001_booking.sql".
// Read-only, any thread.
#pragma once

#include <span>
#include <string_view>

namespace matanai::embedded {

struct File {
  std::string_view name;
  std::string_view text;
};

std::span<const File> words();
std::span<const File> sql();
std::span<const File> pages();  // "../server/web/pages/ticket.html"

}  // namespace matanai::embedded
