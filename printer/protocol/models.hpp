// What is known beforehand about printers that stand in offices: only hints and limits. What a
// printer can really do it is asked itself (Dialect::ask_identity, probing). Constant data, any
// thread.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

// A value of the table and where it is from; a source that begins with "assumed" is to be measured
// on the device.
template <class T>
struct Fact {
  T value{};
  std::string_view source;
};

struct Model {
  std::string_view name;   // "TM-T88VI"
  std::string_view maker;  // as GS I 66 begins, any case: "EPSON"
  std::string_view key;    // as GS I 67 contains it: "TM-T88VI"; empty for the generic ones
  Fact<Protocol> protocol;
  Fact<int> dpi;
  Fact<int> dots;                                // of the head on the widest paper
  Fact<int> dots_58_mm;                          // on 58 mm paper, 0 = takes none
  Fact<std::span<const ConfirmMethod>> confirm;  // worth probing, strongest first
  Fact<RasterCommand> raster;
  Fact<bool> doubles;            // obeys double width and height of raster (EncodeOptions)
  Fact<bool> places;             // moves a picture from the left edge (EncodeOptions)
  Fact<std::size_t> band_limit;  // bytes of one graphics command
  Fact<int> mm_per_s;            // fastest print speed
  Fact<bool> has_cutter;
  Fact<bool> has_near_end_sensor;
  Fact<bool> has_kanji;  // Shift_JIS text mode, in the Japanese market version
};

std::span<const Model> models();

// The model that calls itself so, or nullptr. The longest key that the text contains wins:
// "TM-T88VII" is not a TM-T88V.
const Model* find_model(std::string_view maker, std::string_view model);
// The table's name, "generic-80" for one; nullptr when there is no such name.
const Model* model_named(std::string_view name);

}  // namespace matanai::printer
