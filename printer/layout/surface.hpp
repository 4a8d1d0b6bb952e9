// A grey picture that cairo draws into, and its dots: black where a dot is covered by half. One
// thread.
#pragma once

#include <cairo/cairo.h>

#include <memory>

#include "printer/bitmap.hpp"

namespace matanai::printer {

class Surface {
 public:
  // White. Throws std::runtime_error when cairo cannot.
  Surface(int width, int height);

  cairo_t* cairo() { return cairo_.get(); }
  Bitmap dots();

 private:
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface_;
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo_;
};

}  // namespace matanai::printer
