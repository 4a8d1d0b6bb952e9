// A folder that goes with the object.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace matanai::tests {

class Folder {
 public:
  explicit Folder(const std::filesystem::path& base = std::filesystem::temp_directory_path()) {
    std::string name = (base / "matanai-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path file() const { return path_ / "test.db"; }

 private:
  std::filesystem::path path_;
};

}  // namespace matanai::tests
