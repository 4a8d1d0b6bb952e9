// The board that halls and kiosks follow, as schema/openapi.yaml has it. Plain values; JSON by
// description (json.hpp).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/messages_wait.hpp"
#include "schema/types/time.hpp"

namespace matanai {

struct BoardCall {
  std::int64_t call = 0;
  std::string number;
  std::string window;
  std::string zone;
  Instant called_at;
  int times = 0;
  std::string locale;
  bool is_current = false;
};
BOOST_DESCRIBE_STRUCT(BoardCall, (),
                      (call, number, window, zone, called_at, times, locale, is_current))

struct BoardGroup {
  GroupId group;
  std::string name;
  std::string name_en;
  std::string zone;
  int waiting = 0;
  std::optional<std::string> latest;
  std::optional<WaitRange> estimate;  // of somebody who takes a ticket now
};
BOOST_DESCRIBE_STRUCT(BoardGroup, (), (group, name, name_en, zone, waiting, latest, estimate))

struct Board {
  std::string epoch;
  std::int64_t seq = 0;
  OfficeId office;
  std::string office_name;
  std::optional<std::string> office_name_en;
  Instant as_of;
  bool is_open = false;
  std::optional<std::string> opens;
  std::optional<std::string> closes;
  std::vector<BoardCall> calls;
  std::vector<BoardGroup> waiting;
  std::vector<std::string> absent;
  std::vector<std::int64_t> answered_calls;  // ids: somebody is on the way to that kiosk
  std::vector<std::int64_t> dropped_calls;   // ids: nobody is there any more to come
};
BOOST_DESCRIBE_STRUCT(Board, (),
                      (epoch, seq, office, office_name, office_name_en, as_of, is_open, opens,
                       closes, calls, waiting, absent, answered_calls, dropped_calls))

}  // namespace matanai
