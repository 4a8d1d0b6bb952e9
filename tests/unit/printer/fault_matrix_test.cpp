// Every fault of the virtual printer at every place of a print, for every family of printers, with
// fixed seeds: what came out is counted on the paper. MATANAI_SEED chooses another course,
// MATANAI_ROUNDS more of them, MATANAI_ONLY="fault place" that cell alone, with its story.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>
#include <random>
#include <sstream>

#include "printer/protocol/dialect.hpp"
#include "tests/unit/printer/lobby.hpp"

namespace matanai::printer {
namespace {

using emulator::Family;
using testing::kRows;
using testing::Lobby;
using testing::Wrongs;

struct Fault {
  std::string name;
  std::vector<std::string> actions;  // all at the same moment
  Lobby::Kill kills = Lobby::Kill::never;
};

const std::vector<Fault>& faults() {
  static const std::vector<Fault> kFaults = {
      {"none", {"near_end 1ms"}},
      {"paper out", {"paper_out 1500ms"}},
      {"near end", {"near_end 1500ms"}},
      {"cover open", {"cover_open 1500ms"}},
      {"off line", {"offline 1500ms"}},
      {"off line long", {"offline 6s"}},
      {"jam before blade", {"jam_before_blade 1500ms"}},
      {"jam after blade", {"jam_after_blade 1500ms"}},
      {"overheated", {"overheat 1500ms"}},
      {"unrecoverable", {"unrecoverable"}},
      {"slow", {"slow 3000ms"}},
      {"power cycle", {"power_cycle"}},
      {"power off", {"power_cycle 1500ms"}},
      {"silent", {"silent 1500ms"}},
      {"late", {"late 150ms"}},
      {"too late", {"late 700ms", "@time 3000 heal"}},
      {"lost answer", {"lost_answer 1"}},
      {"lost answers", {"lost_answer 3"}},
      {"split answers", {"split_answers 3000ms"}},
      {"xon/xoff", {"xon_xoff 3000ms"}},
      {"half open", {"half_open 1500ms"}},
      {"never reads", {"never_read 1500ms"}},
      {"reset", {"rst"}},
      {"reset, refuses", {"rst", "refuse 1500ms"}},
      {"second client", {"second_client 1500ms"}},
      {"reset, second client", {"second_client 1500ms", "rst"}},
      {"ESC @ by other", {"es_at_by_other"}},
      {"kiosk killed", {"near_end 1ms"}, Lobby::Kill::with_script},
      {"killed, paper out", {"paper_out 1500ms"}, Lobby::Kill::with_script},
      {"killed, power cycle", {"power_cycle"}, Lobby::Kill::with_script},
      {"killed, cover open", {"cover_open 1500ms"}, Lobby::Kill::with_script},
      {"jam, killed after", {"jam_before_blade 1500ms"}, Lobby::Kill::when_confirmed},
  };
  return kFaults;
}

// Where the bytes of a ticket change their meaning, from the first one on.
struct Lengths {
  int head = 0, last_band = 0, image = 0, end = 0;
};
Lengths lengths_of(Family family) {
  const auto& dialect = dialect_for(family == Family::star ? Protocol::starprnt : Protocol::escpos);
  auto inked = testing::coded_picture(1, false);
  const auto encoded = dialect.encode(inked, {.dpi = 203, .cut = false, .band_limit = 700});
  const auto mark =
      static_cast<int>(dialect.confirm_request(dialect.confirm_methods().front(), 1).size());
  Lengths lengths;
  lengths.head = static_cast<int>(dialect.begin_ticket().size() + dialect.set_up().size());
  lengths.last_band = lengths.head + static_cast<int>(encoded.last_band) + mark;
  lengths.image = lengths.head + static_cast<int>(encoded.bytes.size()) + mark;
  lengths.end = lengths.image + 2 * mark + static_cast<int>(dialect.cut().size());
  return lengths;
}

const std::array kPlaces = {"idle",      "before byte 1", "head",        "mid image",
                            "mid paper", "last band",     "last rows",   "before cut",
                            "to blade",  "cut..answer",   "after answer"};

struct Moment {
  Lobby::Begin begins = Lobby::Begin::sending;
  std::string trigger;
};
Moment moment_of(std::size_t place, const Lengths& lengths, std::mt19937& random) {
  const auto between = [&](int from, int to) {
    return std::to_string(
        from + static_cast<int>(random() % static_cast<unsigned>(std::max(1, to - from))));
  };
  switch (place) {
    case 0:
      return {Lobby::Begin::before, "now"};
    case 1:
      return {Lobby::Begin::sending, "now"};
    case 2:
      return {Lobby::Begin::sending, "byte " + between(1, lengths.head + 12)};
    case 3:
      return {Lobby::Begin::sending, "byte " + between(lengths.head + 12, lengths.last_band)};
    case 4:
      return {Lobby::Begin::sending, "row " + between(1, kRows - 20)};
    case 5:
      return {Lobby::Begin::sending, "byte " + between(lengths.last_band, lengths.image)};
    case 6:
      return {Lobby::Begin::sending, "row " + between(kRows - 20, kRows)};
    case 7:
      return {Lobby::Begin::sending, "byte " + between(lengths.image, lengths.end)};
    case 8:
      return {Lobby::Begin::sending, "row " + between(kRows, kRows + 115)};
    case 9:
      return {Lobby::Begin::sending, "cut 1"};
    default:
      return {Lobby::Begin::confirmed, "now"};
  }
}

int number_from(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

struct Cell {
  int at_once = 0, again = 0, asked = 0, wrong = 0;
};

class FaultMatrix : public ::testing::TestWithParam<Family> {};

// All cells are visited in a random order on one day, so that each begins with what the one before
// has left.
void run_day(Family family, std::uint32_t seed,
             std::map<std::pair<std::size_t, std::size_t>, Cell>& table, Wrongs& all) {
  std::mt19937 random(seed);
  const auto lengths = lengths_of(family);
  const char* only = std::getenv("MATANAI_ONLY");
  std::vector<std::pair<std::size_t, std::size_t>> cases;
  for (std::size_t fault = 0; fault < faults().size(); ++fault) {
    for (std::size_t place = 0; place < kPlaces.size(); ++place) cases.emplace_back(fault, place);
  }
  std::ranges::shuffle(cases, random);
  Lobby lobby(family, seed);
  for (const auto& [fault, place] : cases) {
    const auto moment = moment_of(place, lengths, random);
    std::vector<std::string> script;
    for (const auto& action : faults()[fault].actions)
      script.push_back(action.starts_with('@') ? action.substr(1) : moment.trigger + " " + action);
    const auto name = faults()[fault].name + " " + kPlaces[place];
    if (only != nullptr && name != only) continue;
    const auto ticket = lobby.visit(moment.begins, script, faults()[fault].kills);
    lobby.mend();
    const auto wrongs = lobby.judge(ticket);
    auto& cell = table[{fault, place}];
    if (ticket.questions > 0) {
      ++cell.asked;
    } else {
      ++(ticket.jobs.size() == 1 ? cell.at_once : cell.again);
    }
    cell.wrong += wrongs.sum();
    all.add(wrongs);
    std::ostringstream story;
    story << boost::describe::enum_to_string(family, "?") << ", seed " << seed << ", number "
          << ticket.number << ", " << name << " (" << (script.empty() ? "" : script.front())
          << "): " << wrongs.text() << "; " << lobby.course();
    if (only != nullptr) std::cout << story.str() << "\n";
    EXPECT_EQ(wrongs.sum(), 0) << story.str();
  }
}

TEST_P(FaultMatrix, LosesNothingDoublesNothingSwapsNothing) {
  const auto seed = static_cast<std::uint32_t>(number_from("MATANAI_SEED", 20261122));
  const int rounds = number_from("MATANAI_ROUNDS", 2);
  std::map<std::pair<std::size_t, std::size_t>, Cell> table;
  Wrongs all;
  for (int round = 0; round < rounds; ++round)
    run_day(GetParam(), seed + static_cast<std::uint32_t>(round), table, all);

  int cases = 0;
  std::cout << boost::describe::enum_to_string(GetParam(), "?")
            << ": printed at once / again by itself / after asking\n"
            << std::setw(22) << "";
  for (const auto* place : kPlaces) std::cout << std::setw(14) << place;
  for (std::size_t fault = 0; fault < faults().size(); ++fault) {
    std::cout << "\n" << std::left << std::setw(22) << faults()[fault].name << std::right;
    for (std::size_t place = 0; place < kPlaces.size(); ++place) {
      const auto& cell = table[{fault, place}];
      cases += cell.at_once + cell.again + cell.asked;
      std::ostringstream text;
      text << cell.at_once << '/' << cell.again << '/' << cell.asked;
      if (cell.wrong > 0) text << '!' << cell.wrong;
      std::cout << std::setw(14) << text.str();
    }
  }
  std::cout << "\n"
            << cases << " prints, seeds " << seed << "…"
            << seed + static_cast<std::uint32_t>(rounds) - 1 << "; wrong: " << all.text() << "\n";
  EXPECT_EQ(all.sum(), 0);
}

// Bytes that the wire damages, which TCP and USB do not: one to three in a row, at the places where
// they mean something else. Each begins with a printer that is well; a ticket without damage
// follows, which must come out whole. What came out of a ticket whose own bytes were damaged no
// printer knows: it is confirmed when all its marks were answered.
struct Damage {
  const char* action;
  bool spoils;  // what is printed
};
constexpr std::array kDamages = {Damage{"drop_bytes", true},   Damage{"flip_bytes", true},
                                 Damage{"double_bytes", true}, Damage{"drop_answer", false},
                                 Damage{"flip_answer", false}, Damage{"extra_answer", false}};
constexpr std::array<std::size_t, 5> kDamagedPlaces = {2, 3, 5, 7, 9};

TEST_P(FaultMatrix, DamagedBytesLoseNothingAndDoubleNothing) {
  const auto seed = static_cast<std::uint32_t>(number_from("MATANAI_SEED", 20261122));
  const int rounds = number_from("MATANAI_ROUNDS", 1);
  std::mt19937 random(seed);
  const auto lengths = lengths_of(GetParam());
  int prints = 0, asked = 0, spoiled = 0;
  Wrongs all;
  for (int round = 0; round < rounds; ++round) {
    for (const auto& [action, spoils] : kDamages) {
      for (const auto place : kDamagedPlaces) {
        const auto moment = moment_of(place, lengths, random);
        const auto line = moment.trigger + " " + action + " " + std::to_string(1 + random() % 3);
        Lobby lobby(GetParam(), static_cast<std::uint32_t>(random()));
        const auto ticket = lobby.visit(moment.begins, {line}, Lobby::Kill::never);
        auto wrongs = lobby.judge(ticket, spoils);
        auto story = lobby.course();
        spoiled += lobby.papers_of(ticket.number) == 0 ? 1 : 0;
        asked += ticket.questions > 0 ? 1 : 0;
        lobby.mend();
        // Nothing but power ends a picture whose size was damaged where the printer has no command
        // that clears.
        if (spoils && GetParam() == Family::clone) lobby.switch_off_and_on();
        const auto next = lobby.visit(Lobby::Begin::before, {}, Lobby::Kill::never);
        wrongs.add(lobby.judge(next, spoils));
        wrongs.lost += lobby.papers_of(next.number) == 0 ? 1 : 0;
        prints += 2;
        all.add(wrongs);
        EXPECT_EQ(wrongs.sum(), 0)
            << line << ": " << wrongs.text() << "; " << story << "; then " << lobby.course();
      }
    }
  }
  std::cout << boost::describe::enum_to_string(GetParam(), "?") << ", damaged bytes: " << prints
            << " prints, " << asked << " after asking, " << spoiled
            << " spoiled without anybody's knowing; wrong: " << all.text() << "\n";
}

INSTANTIATE_TEST_SUITE_P(Families, FaultMatrix,
                         ::testing::Values(Family::epson, Family::epson_old, Family::star,
                                           Family::sii, Family::clone),
                         [](const auto& param_info) {
                           return std::string(
                               boost::describe::enum_to_string(param_info.param, "?"));
                         });

}  // namespace
}  // namespace matanai::printer
