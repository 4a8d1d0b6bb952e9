#include "server/staff/first_passwords.hpp"

#include <algorithm>
#include <fstream>

#include "server/db/durable_file.hpp"

namespace matanai::staff {

void FirstPasswords::write(const std::vector<FirstPassword>& passwords) const {
  std::string text;
  for (const auto& [name, password] : passwords) text += name + " " + password + "\n";
  db::write_durably(file_, text);
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
