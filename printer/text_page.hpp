// A ticket as lines of characters, for printers that set type themselves. Not for pictures
// (bitmap.hpp). A value, any thread.
#pragma once

#include <string>
#include <vector>

namespace matanai::printer {

struct TextPage {
  struct Line {
    std::string text;  // UTF-8, short enough for the paper
    int width = 1;     // times the size of the printer's own characters, 1…8
    int height = 1;
  };
  std::vector<Line> head;  // above the code
  std::string url;         // empty = no code
  int module = 6;          // dots of the code's modules
  int code_side = 0;       // of the whole code
  std::vector<Line> foot;  // below it
};

}  // namespace matanai::printer
