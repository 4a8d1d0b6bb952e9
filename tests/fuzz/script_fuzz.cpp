// A script of faults, as its file or page brings it: refused with a reason, or read the same again
// from the lines it keeps.
#include <stdexcept>
#include <string>

#include "printer/emulator/script.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matanai::printer::emulator;
  using matanai::fuzz::must;
  try {
    std::string text;
    const auto lines = parse_script(matanai::fuzz::text_of(data, size));
    for (const auto& line : lines) text += line.text + "\n";
    const auto again = parse_script(text);
    must(again.size() == lines.size(), "as many lines");
    for (std::size_t i = 0; i < lines.size(); ++i) {
      must(again[i].value == lines[i].value && again[i].job == lines[i].job &&
               again[i].action.kind == lines[i].action.kind,
           "the same line");
    }
  } catch (const std::invalid_argument& refused) {
    must(*refused.what() != 0, "a reason");
  }
  return 0;
}
