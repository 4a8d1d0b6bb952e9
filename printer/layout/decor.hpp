// What an office adds to its paper: a mark at the top and a notice at the bottom. A value, any
// thread.
#pragma once

#include <map>
#include <string>

namespace matanai::printer {

struct PaperDecor {
  std::string logo_png;  // a PNG file's bytes, dark on white or transparent; empty = no mark
  // By language tag; "ja" stands in for a language that is missing. '|' marks phrase borders.
  std::map<std::string, std::string> notice;
};

}  // namespace matanai::printer
