// A floor on a real database file with the Kitakyushu directory and a clock moved by hand.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <span>

#include "schema/types/codes.hpp"
#include "server/db/database.hpp"
#include "server/directory/seed.hpp"
#include "server/floor/boards.hpp"
#include "server/floor/commands.hpp"
#include "server/floor/issue.hpp"
#include "server/floor/store.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::floor {

inline const OfficeId kOffice("kokurakita");

class FloorTest : public testing::Test {
 protected:
  FloorTest() { open(); }

  void open(std::span<const embedded::File> migrations = embedded::sql()) {
    db::Options options;
    options.migrations = migrations;
    options.file = folder_->path() / "matanai.db";
    options.migration_sets = {"common", "city", "office"};
    database_ = std::make_unique<db::Database>(std::move(options));
  }
  void reopen() {
    database_.reset();
    open();
  }
  // A new file, as a program made it that knew the office's migrations below `next`, e.g. "0010".
  void open_older(std::string_view next) {
    database_.reset();
    folder_.emplace();
    std::vector<embedded::File> older;
    for (const auto& file : embedded::sql())
      if (!file.name.starts_with("sql/office/") || file.name.substr(11) < next)
        older.push_back(file);
    open(older);
  }

  template <class T>
  Result<T> write(std::function<Result<T>(db::Transaction&)> work) {
    return database_->write_blocking<T>(std::move(work));
  }

  Result<IssuedTicket> issue(const std::string& service, bool priority = false,
                             std::string message = "") {
    TicketRequest request{"desk",
                          message.empty() ? "m" + std::to_string(++messages_) : message,
                          ServiceId(service),
                          {},
                          priority,
                          {}};
    return write<IssuedTicket>([=, this](db::Transaction& tx) {
      return issue_ticket(tx, context_, kOffice, request, "desk", clock_.now());
    });
  }
  Result<IssuedTicket> check_in_code(const std::string& code) {
    CheckInRequest request{"kiosk", "c" + std::to_string(++messages_), code, {}, {}};
    return write<IssuedTicket>([=, this](db::Transaction& tx) {
      return check_in(tx, context_, kOffice, request, "kiosk", clock_.now());
    });
  }
  Result<WindowState> press(int window, WindowCommand command,
                            const std::string& clerk = "yamamoto") {
    const WindowId id(std::to_string(window));
    return write<WindowState>([=, this](db::Transaction& tx) -> Result<WindowState> {
      auto done = apply_command(tx, context_, kOffice, id, command, {clerk, clerk}, clock_.now());
      if (done.has_error()) return done.error();
      return floor::read_window(tx, context_, kOffice, id, clock_.now());
    });
  }
  Result<WindowState> press(int window, CommandName name, const std::string& clerk = "yamamoto") {
    WindowCommand command;
    command.command = name;
    return press(window, command, clerk);
  }
  void expect_visit(const std::string& reservation, const std::string& code, Instant start,
                    const std::string& service = "move_in") {
    ASSERT_TRUE(write<bool>([=](db::Transaction& tx) -> Result<bool> {
                  store::put_expected(tx, {reservation,
                                           kOffice,
                                           code,
                                           "hash-" + reservation,
                                           ServiceId(service),
                                           GroupId("A"),
                                           start,
                                           "booked",
                                           "ja",
                                           {},
                                           1});
                  return true;
                }).has_value());
  }
  Floor floor_now() {
    return *write<Floor>([this](db::Transaction& tx) {
      return Result<Floor>(read_floor(tx, context_, kOffice, clock_.now()));
    });
  }
  Board board_now() {
    return *write<Board>([this](db::Transaction& tx) {
      return Result<Board>(read_board(tx, context_, kOffice, clock_.now()));
    });
  }

  std::optional<tests::Folder> folder_{std::in_place};
  directory::Directory directory_{
      directory::read_seed(MATANAI_SOURCE_DIR "/schema/seed/kitakyushu")};
  // Tuesday 24 November 2026, 10:00 in Kitakyushu.
  ManualClock clock_{*parse_instant("2026-11-24T01:00:00Z")};
  Estimates estimates_{directory_};
  std::vector<Attendance> attendance_;
  Context context_{directory_,
                   clock_,
                   estimates_,
                   db::ServerKey{},
                   db::system_random(),
                   "http://127.0.0.1:8080",
                   [this](db::Transaction&, const Attendance& a) { attendance_.push_back(a); }};
  std::unique_ptr<db::Database> database_;
  int messages_ = 0;
};

inline RefusalCode code_of(const auto& result) {
  return result.has_error() ? result.error().code : RefusalCode::internal_error;
}

}  // namespace matanai::floor
