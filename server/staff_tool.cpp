#include "server/staff_tool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "server/access.hpp"
#include "server/directory/store.hpp"
#include "server/program.hpp"
#include "server/staff/accounts.hpp"
#include "server/staff/rules.hpp"
#include "server/staff/store.hpp"

namespace matanai {
namespace {

constexpr const char* kAbout =
    "list, add and remove accounts, make up passwords; stop the server first";
constexpr const char* kFooter =
    "The first accounts are made when the server first starts: kanri (administrator) and a clerk "
    "per "
    "office,\n"
    "with their passwords in first-password.txt of the data folder. A made-up password must be "
    "changed at the\n"
    "first sign-in.\n"
    "Exit code: 0 done; 1 refused, with the reason; 2 wrong usage; 3 the data cannot be opened, "
    "mostly because\n"
    "the server runs.";

void print_list(const std::vector<staff::Account>& accounts) {
  std::size_t width = 4;
  for (const auto& account : accounts) width = std::max(width, account.name.size());
  const auto print = [width](std::string_view name, std::string_view role, std::string_view office,
                             std::string_view password, std::string_view shown_as) {
    fmt::print("{:<{}}  {:<5}  {:<16}  {:<8}  {}\n", name, width, role, office, password, shown_as);
  };
  print("NAME", "ROLE", "OFFICE", "PASSWORD", "SHOWN AS");
  for (const auto& account : accounts) {
    print(account.name, account.role, account.office.value_or("(every)"),
          account.must_change_password ? "made up" : "own", account.display_name);
  }
}

void check_office(db::Transaction& tx, const std::string& office) {
  const auto directory = directory::load(tx);
  std::string known;
  for (const auto& one : directory.offices()) {
    if (one.id.value == office) return;
    known += (known.empty() ? "" : ", ") + one.id.value;
  }
  throw std::invalid_argument("there is no office " + office + "; there are " + known);
}

}  // namespace

StaffTool::StaffTool(CLI::App& app)
    : staff_(app.add_subcommand("staff", kAbout)),
      list_(staff_->add_subcommand("list", "print every account")),
      add_(staff_->add_subcommand("add", "add an account and print its made-up password")),
      reset_(staff_->add_subcommand(
          "reset", "make up a new password for NAME and print it; NAME is signed out everywhere")),
      remove_(
          staff_->add_subcommand("remove", "remove the account NAME; what it did stays recorded")) {
  staff_->require_subcommand(1);
  staff_->footer(kFooter);
  for (auto* command : {add_, reset_, remove_})
    command->add_option("NAME", name_, "login name")->required();
  add_->add_option(
      "--office", office_,
      "the one office it works in, e.g. kokurakita; an administrator without works in all");
  add_->add_option("--role", role_, "clerk or admin")
      ->check(CLI::IsMember({"clerk", "admin"}))
      ->capture_default_str();
  add_->add_option("--shown-as", shown_as_, "the name that colleagues see (default: NAME)");
}

void StaffTool::run(const ServerConfig& config) const {
  const auto options = database_options(config.data, {});
  const std::string early = "in " + config.data.string() + ": start the server once first";
  if (!std::filesystem::exists(options.file)) throw std::runtime_error("no database " + early);
  db::Database database(options);
  const auto now = OffsetClock().now();
  const auto name = staff::to_login_name(name_);
  std::vector<staff::Account> accounts;
  const auto done =
      database.write_blocking<std::string>([&](db::Transaction& tx) -> Result<std::string> {
        accounts = staff::all_accounts(tx);
        if (accounts.empty()) throw std::runtime_error("no accounts " + early);
        if (reset_->parsed()) return staff::reset_password(tx, name, now);
        if (remove_->parsed()) staff::remove_account(tx, name, now);
        if (!add_->parsed()) return std::string();
        if (!office_.empty()) check_office(tx, office_);
        const auto office = office_.empty() ? std::nullopt : std::optional(office_);
        return staff::add_account(tx, {name, shown_as_.empty() ? name : shown_as_, office, role_},
                                  now);
      });
  if (done.has_error()) throw std::runtime_error("the database cannot be written: see the disk");
  if (list_->parsed()) return print_list(accounts);
  if (!done->empty()) fmt::print("{}\n", *done);
  first_passwords(config.data).forget(name);  // what it says of NAME is no longer so
}

}  // namespace matanai
