#include "printer/protocol/models.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace matanai::printer {
namespace {

// Where cells are from.
constexpr std::string_view kReference = "Epson ESC/POS command reference, GS ( H: list of models";
constexpr std::string_view kProfiles =
    "receipt-print-hq printer-db (CC BY 4.0), profile of the model";
constexpr std::string_view kEpsonRaster =
    "Epson ESC/POS command reference: GS 8 L function 112, up to 2400 x 2400 dots";
constexpr std::string_view kEpsonDoubles =
    "Epson ESC/POS command reference: GS v 0 m, GS 8 L function 112 bx by";
constexpr std::string_view kEscposPlaces = "Epson ESC/POS command reference: ESC $";
// In dots; the specification of ESC GS S itself was not read.
constexpr std::string_view kStarPlaces =
    "Star, StarPRNT command specification: ESC GS A; Star's SDK for StarPRNT has "
    "appendBitmapWithAbsolutePosition, receiptline places ESC GS S by margin and alignment";
constexpr std::string_view kStarLine =
    "assumed: Star's SDK drives it in Star Line mode, where nothing read shows a placed ESC GS S; "
    "false is safe";
constexpr std::string_view kUntried = "assumed: not said in what we read; false is safe";
constexpr std::string_view kStarSpec = "Star, StarPRNT command specification";
constexpr std::string_view kSiiSpec = "SII RP-F10 technical reference, 6.4";
constexpr std::string_view kBand =
    "our rule: 8192 NULs end an interrupted command, buffers of 4 KB are common";
constexpr std::string_view kSpeed = "assumed: data sheet from memory";
constexpr std::string_view kSheet = "assumed: ticket class of the maker, not read in a data sheet";
constexpr std::string_view kKanji =
    "assumed: Japanese market version (FS & and FS C of the Epson reference)";
constexpr std::string_view kClone =
    "assumed: what clones have in common; GS v 0 is their one raster";
constexpr std::string_view kNarrow = "printer-db and Epson APG: T88 series, narrow paper setting";

constexpr std::array kEpson = {ConfirmMethod::epson_process_id, ConfirmMethod::paper_sensor};
constexpr std::array kStar = {ConfirmMethod::star_print_end};
constexpr std::array kSii = {ConfirmMethod::sii_execution, ConfirmMethod::paper_sensor};
constexpr std::array kUnknown = {ConfirmMethod::epson_process_id, ConfirmMethod::paper_sensor};

struct Head {
  Fact<int> dpi, dots, dots_58_mm;
};

constexpr Model epson(std::string_view name, std::string_view key, Head head, Fact<int> speed) {
  return {.name = name,
          .maker = "EPSON",
          .key = key,
          .protocol = {Protocol::escpos, kReference},
          .dpi = head.dpi,
          .dots = head.dots,
          .dots_58_mm = head.dots_58_mm,
          .confirm = {kEpson, kReference},
          .raster = {RasterCommand::gs_8_l, kEpsonRaster},
          .doubles = {true, kEpsonDoubles},
          .places = {true, kEscposPlaces},
          .band_limit = {kBandLimit, kBand},
          .mm_per_s = speed,
          .has_cutter = {true, kProfiles},
          .has_near_end_sensor = {true, kSheet},
          .has_kanji = {true, kKanji}};
}

constexpr Model star(std::string_view name, std::string_view key, Fact<bool> places,
                     Fact<int> speed) {
  return {.name = name,
          .maker = "STAR",
          .key = key,
          .protocol = {Protocol::starprnt, kStarSpec},
          .dpi = {203, kProfiles},
          .dots = {576, kProfiles},
          .dots_58_mm = {384, "assumed: 48 mm of a 203 dpi head"},
          .confirm = {kStar, kStarSpec},
          .raster = {RasterCommand::gs_v_0, "not used: StarPRNT has ESC GS S only"},
          .doubles = {false, "not used: ESC GS S has no scale"},
          .places = places,
          .band_limit = {kBandLimit, kBand},
          .mm_per_s = speed,
          .has_cutter = {true, kProfiles},
          .has_near_end_sensor = {true, "assumed: an option of some versions"},
          .has_kanji = {true, "assumed: Japanese market version"}};
}

constexpr Model generic(std::string_view name, int dots, int dots_58_mm) {
  return {.name = name,
          .maker = "",
          .key = "",
          .protocol = {Protocol::escpos, kClone},
          .dpi = {203, kClone},
          .dots = {dots, kClone},
          .dots_58_mm = {dots_58_mm, kClone},
          .confirm = {kUnknown, "some clones list GS ( H: the probe decides"},
          .raster = {RasterCommand::gs_v_0, kClone},
          .doubles = {false, "assumed: not all clones obey m of GS v 0"},
          .places = {true, kClone},
          .band_limit = {4096, "assumed: the smallest receive buffer seen (4 KB)"},
          .mm_per_s = {150, kClone},
          .has_cutter = {dots > 500, "assumed: 58 mm clones have a tear bar"},
          .has_near_end_sensor = {false, kClone},
          .has_kanji = {false, "raster prints every language alike"}};
}

constexpr Head kT88{{180, kProfiles}, {512, kProfiles}, {420, kNarrow}};
constexpr Head kT88New{
    {180, "assumed: as TM-T88V"}, {512, "assumed: as TM-T88V"}, {420, "assumed: as TM-T88V"}};
constexpr Head k203{{203, kProfiles}, {576, kProfiles}, {420, "assumed: 52.5 mm of the head"}};

constexpr std::array kModels = {
    epson("TM-T88V", "TM-T88V", kT88, {300, kSpeed}),
    epson("TM-T88VI", "TM-T88VI", kT88New, {350, kSpeed}),
    epson("TM-T88VII", "TM-T88VII", kT88New, {500, kSpeed}),
    epson("TM-T70", "TM-T70", {{180, kProfiles}, {512, kProfiles}, {0, kProfiles}}, {170, kSpeed}),
    epson("TM-T20", "TM-T20", k203, {250, kSpeed}),
    epson("TM-m30", "TM-m30", k203, {250, kSpeed}),
    epson("EU-m30", "EU-m30",
          {{203, "assumed: the kiosk unit of the TM-m30"},
           {576, "assumed: the kiosk unit of the TM-m30"},
           {420, "assumed: the kiosk unit of the TM-m30"}},
          {250, kSpeed}),
    star("TSP650", "TSP65", {false, kStarLine}, {300, kSpeed}),
    star("mC-Print3", "MCP3", {true, kStarPlaces}, {250, kSpeed}),
    Model{.name = "CT-S651",
          .maker = "CITIZEN",
          .key = "CT-S651",
          .protocol = {Protocol::escpos, kProfiles},
          .dpi = {203, "assumed: printer-db says 640 dots, which no 80 mm head has"},
          .dots = {576, "assumed: printer-db says 640 dots, which no 80 mm head has"},
          .dots_58_mm = {432, kSheet},
          .confirm = {kUnknown, "assumed: 37h blocks are used otherwise; the probe decides"},
          .raster = {RasterCommand::gs_8_l,
                     "receiptline 4: one image of 1662 rows in one graphics command"},
          .doubles = {false, kUntried},
          .places = {true, kEscposPlaces},
          .band_limit = {kBandLimit, kBand},
          .mm_per_s = {200, kSpeed},
          .has_cutter = {true, kProfiles},
          .has_near_end_sensor = {true, kSheet},
          .has_kanji = {true, kKanji}},
    Model{.name = "RP-F10",
          .maker = "SII",
          .key = "RP-F10",
          .protocol = {Protocol::escpos, kSiiSpec},
          .dpi = {203, kProfiles},
          .dots = {576, kProfiles},
          .dots_58_mm = {432, kProfiles},
          .confirm = {kSii, kSiiSpec},
          .raster = {RasterCommand::gs_8_l, "receiptline 4: images of 1662 rows"},
          .doubles = {false, kUntried},
          .places = {true, kEscposPlaces},
          .band_limit = {4096, "SII RP-F10 technical reference: receive buffer"},
          .mm_per_s = {250, kSpeed},
          .has_cutter = {true, kProfiles},
          .has_near_end_sensor = {true, kSheet},
          .has_kanji = {true, kKanji}},
    generic("generic-80", 576, 384),
    generic("generic-58", 384, 384),
};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

bool is_maker(std::string_view said, std::string_view listed) {
  // A StarPRNT printer names its model only.
  return said.empty() || upper(said).find(upper(listed)) != std::string::npos;
}

}  // namespace

std::span<const Model> models() { return kModels; }

const Model* find_model(std::string_view maker, std::string_view model) {
  const auto said = upper(model);
  const Model* best = nullptr;
  for (const auto& one : kModels) {
    if (one.key.empty() || !is_maker(maker, one.maker)) continue;
    if (said.find(upper(one.key)) == std::string::npos) continue;
    if (best == nullptr || one.key.size() > best->key.size()) best = &one;
  }
  return best;
}

const Model* model_named(std::string_view name) {
  const auto found = std::find_if(kModels.begin(), kModels.end(),
                                  [&](const Model& one) { return one.name == name; });
  return found == kModels.end() ? nullptr : &*found;
}

}  // namespace matanai::printer
