#include "server/booking/types.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace matanai::booking {
namespace {

template <class Enum>
Enum enum_from(std::string_view name) {
  Enum value{};
  if (!boost::describe::enum_from_string(std::string(name).c_str(), value)) {
    throw std::logic_error("unknown value in a booking table: " + std::string(name));
  }
  return value;
}

}  // namespace

std::string_view name_of(State state) { return boost::describe::enum_to_string(state, "?"); }
std::string_view name_of(Channel channel) { return boost::describe::enum_to_string(channel, "?"); }
State state_from(std::string_view name) { return enum_from<State>(name); }
Channel channel_from(std::string_view name) { return enum_from<Channel>(name); }

bool may_move(State from, State to) {
  constexpr std::array<std::pair<State, State>, 8> kMoves{{
      {State::held, State::booked},
      {State::held, State::expired},
      {State::booked, State::checked_in},
      {State::booked, State::cancelled},
      {State::booked, State::no_show},
      {State::checked_in, State::served},
      {State::checked_in, State::no_show},
      {State::served, State::checked_in},
  }};
  for (const auto& move : kMoves) {
    if (move.first == from && move.second == to) return true;
  }
  return false;
}

std::string to_text(const std::vector<Help>& help) {
  std::string text;
  for (const auto item : help) {
    if (!text.empty()) text += ',';
    text += boost::describe::enum_to_string(item, "?");
  }
  return text;
}

std::vector<Help> help_from(std::string_view text) {
  std::vector<Help> help;
  while (!text.empty()) {
    const auto comma = text.find(',');
    help.push_back(enum_from<Help>(text.substr(0, comma)));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return help;
}

}  // namespace matanai::booking
