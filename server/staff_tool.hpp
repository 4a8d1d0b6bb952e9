// `matanai-server staff …`: accounts from the command line, for the one who runs the server. Works
// on the database while the server is stopped.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "server/config.hpp"

namespace matanai {

class StaffTool {
 public:
  // Adds the command `staff` to `app`, which outlives this.
  explicit StaffTool(CLI::App& app);
  StaffTool(const StaffTool&) = delete;
  StaffTool& operator=(const StaffTool&) = delete;

  // Whether the parsed command line asks for it.
  bool is_asked() const { return staff_->parsed(); }
  // Does what was asked. Throws db::StartError when the data cannot be opened (the server runs), or
  // another std::exception, both with one sentence for the operator.
  void run(const ServerConfig& config) const;

 private:
  CLI::App* staff_;
  CLI::App* list_;
  CLI::App* add_;
  CLI::App* reset_;
  CLI::App* remove_;
  std::string name_{};
  std::string office_{};
  std::string role_ = "clerk";
  std::string shown_as_{};
};

}  // namespace matanai
