#include "server/staff/first_passwords.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "server/db/durable_file.hpp"

namespace matanai::staff {

void FirstPasswords::write(const std::vector<FirstPassword>& passwords) const {
  std::string text;
  for (const auto& [name, password] : passwords) text += name + " " + password + "\n";
  db::write_durably(file_, text);
}

void FirstPasswords::remove_foreign() const {
  std::ifstream in(file_);
  bool is_foreign = false;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string name, password, more;
    is_foreign = is_foreign || !(words >> name >> password) || words >> more;
  }
  if (!is_foreign) return;
  spdlog::warn("{} was of an earlier version and is removed; \"staff reset\" makes new passwords",
               file_.string());
  db::remove_durably(file_);
}

void FirstPasswords::forget(std::string_view name) const {
  std::ifstream in(file_);
  std::vector<FirstPassword> left;
  for (FirstPassword one; in >> one.name >> one.password;) left.push_back(one);
  if (std::erase_if(left, [&](const auto& one) { return one.name == name; }) == 0) return;
  if (left.empty())
    db::remove_durably(file_);
  else
    write(left);
}

}  // namespace matanai::staff
