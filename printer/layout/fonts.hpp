// The faces of the paper from their own font configuration: no system settings, no user settings,
// no hinting, so that the same text gives the same dots everywhere. One object per thread.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string_view>

#include "schema/types/locale.hpp"

namespace matanai::printer {

struct GObjectRelease {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GPointer = std::unique_ptr<T, GObjectRelease>;

class Fonts {
 public:
  // Throws std::runtime_error that names the missing file and the Debian package that brings it.
  Fonts();
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  PangoContext* context() const { return context_.get(); }

 private:
  GPointer<PangoFontMap> map_;
  GPointer<PangoContext> context_;
};

// Families in order of preference: Japanese in BIZ UD, every other language wholly in Noto, so that
// no word mixes faces.
const char* text_families(Locale locale);
// Digits of equal width, for what is read digit by digit.
const char* number_families();

}  // namespace matanai::printer
