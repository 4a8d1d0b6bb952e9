// What several commands take, and how they show what they found. One thread.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "schema/types/json.hpp"

namespace matanai::twin {

struct Options {
  bool is_json = false;
  std::uint64_t seed = 1;
  int threads = 1;  // 1…64; results are the same for each number
};

// Adds --json, --seed, --threads to `command`; --threads starts at the machine's cores. `options`
// outlives the command.
void add_options(CLI::App& command, Options& options);

// On the standard output: `result` as JSON, or what `text_of` makes of it.
template <class Result, class Text>
void show(const Result& result, const Options& options, const Text& text_of) {
  fmt::print("{}",
             options.is_json ? boost::json::serialize(to_json(result)) + "\n" : text_of(result));
}

// Which office, on which kind of day.
struct OfficeChoice {
  std::string file;  // empty: the ward day
  int weekday = 1;
  int month = 1;
};
void add_office(CLI::App& command, OfficeChoice& choice);

}  // namespace matanai::twin
