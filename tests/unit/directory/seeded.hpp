// The Kitakyushu seed as a Directory, and small changes to it, for tests.
#pragma once

#include <filesystem>
#include <string>

#include "server/directory/rules.hpp"
#include "server/directory/seed.hpp"

namespace matanai::directory {

inline const std::filesystem::path kSeed = MATANAI_SOURCE_DIR "/schema/seed/kitakyushu";
inline const OfficeId kKokura("kokurakita");
inline const OfficeId kMoji("moji");

inline Tables seed_tables() {
  static const Tables tables = read_seed(kSeed);
  return tables;
}
inline const Directory& seeded() {
  static const Directory directory(seed_tables());
  return directory;
}

inline LocalDay day(const char* text) { return parse_day(text).value(); }
inline TimeOfDay at(const char* text) { return parse_time_of_day(text).value(); }
inline LocalizedText text(const char* ja) {
  LocalizedText out;
  out.set(Locale::ja, ja);
  return out;
}

}  // namespace matanai::directory
