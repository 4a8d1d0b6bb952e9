// The file of made-up first passwords: "NAME PASSWORD" a line, for its owner alone. It is written
// once and then only gets shorter: a line goes when that account gets another password, the file
// with its last line. One thread at a time; it waits for the disk.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace matanai::staff {

struct FirstPassword {
  std::string name;
  std::string password;
};

class FirstPasswords {
 public:
  explicit FirstPasswords(std::filesystem::path file) : file_(std::move(file)) {}

  // Replaces the file; on disk when this returns. Throws std::runtime_error when it cannot.
  void write(const std::vector<FirstPassword>& passwords) const;
  // Removes a file that has a line of another form: forget() would never find its account, and the
  // password would lie there for ever. Throws as above.
  void remove_foreign() const;
  // Removes the line of this account, if it has one. Throws as above.
  void forget(std::string_view name) const;

 private:
  std::filesystem::path file_;
};

}  // namespace matanai::staff
