// A whole text file, unpacked when its name ends in ".xz". Any thread.
#pragma once

#include <filesystem>
#include <string>

namespace matanai::twin {

// Throws std::runtime_error that names the file: it cannot be read, is not xz, or is damaged.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace matanai::twin
