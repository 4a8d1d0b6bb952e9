#include "printer/layout/fonts.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace matanai::printer {
namespace {

struct FontFile {
  const char* name;
  const char* package;
};
constexpr std::array kFiles = {
    FontFile{"BIZUDPGothic-Bold.ttf", "fonts-morisawa-bizud-gothic"},
    FontFile{"BIZUDGothic-Bold.ttf", "fonts-morisawa-bizud-gothic"},
    FontFile{"NotoSansCJK-Bold.ttc", "fonts-noto-cjk"},
};
constexpr std::array kFolders = {
    "/usr/share/fonts/truetype/bizud-gothic",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/morisawa-bizud-gothic",
    "/usr/share/fonts/noto-cjk",
    "/usr/local/share/fonts",
};

std::string find(const FontFile& file) {
  for (const char* folder : kFolders) {
    auto path = std::filesystem::path(folder) / file.name;
    if (std::filesystem::exists(path)) return path.string();
  }
  throw std::runtime_error(std::string("font file ") + file.name + " is missing: install " +
                           file.package);
}

struct ConfigRelease {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};

std::unique_ptr<FcConfig, ConfigRelease> make_config() {
  std::unique_ptr<FcConfig, ConfigRelease> config(FcConfigCreate());
  if (!config) throw std::runtime_error("fontconfig: no memory");
  for (const auto& file : kFiles) {
    const auto path = find(file);
    if (!FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(path.c_str()))) {
      throw std::runtime_error("font file " + path + " cannot be read");
    }
  }
  return config;
}

struct OptionsRelease {
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

}  // namespace

Fonts::Fonts() : map_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
  if (!map_) throw std::runtime_error("Pango was built without FreeType");
  const auto config = make_config();
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), config.get());
  context_.reset(pango_font_map_create_context(map_.get()));
  std::unique_ptr<cairo_font_options_t, OptionsRelease> options(cairo_font_options_create());
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options.get());
  pango_cairo_context_set_resolution(context_.get(), 72);  // all sizes are given in dots
}

Fonts::~Fonts() = default;

const char* text_families(Locale locale) {
  switch (locale) {
    case Locale::ja:
    case Locale::ja_x_easy:
      return "BIZ UDPGothic, Noto Sans CJK JP";
    case Locale::zh_Hans:
      return "Noto Sans CJK SC";
    case Locale::ko:
      return "Noto Sans CJK KR";
    case Locale::en:
    case Locale::vi:
      break;
  }
  return "Noto Sans CJK JP";
}

const char* number_families() { return "BIZ UDGothic, Noto Sans CJK JP"; }

}  // namespace matanai::printer
