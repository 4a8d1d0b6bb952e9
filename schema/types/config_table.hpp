// One table of settings is the parser (a section of matanai.toml and the command line), the
// defaults and the help. Header for the programs' config and main files only: it pulls in CLI11 and
// toml++. Values, start-up only.
#pragma once

#include <toml++/toml.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace matanai {

// One setting. On the command line its name has '-' for '_'.
template <class Config>
struct Setting {
  std::string name;   // key in the file's section
  std::string value;  // what to write, for the help: "HOST:PORT"
  std::string meaning;
  // Sets it from text; what is wrong with the text, or nullopt.
  std::function<std::optional<std::string>(Config&, const std::string&)> set;
  std::function<std::string(const Config&)> show;
  // Of a table of texts, [section.name], which stands in the file alone: every user of a machine
  // can read command lines. `set` and `show` are empty then.
  std::map<std::string, std::string> Config::* entries = nullptr;
};

// Entries `key = "text"` that must not be empty. Stands last in its list: in the file, its table
// ends the section.
template <class Config>
Setting<Config> table_setting(std::string name, std::string value, std::string meaning,
                              std::map<std::string, std::string> Config::* member) {
  return {std::move(name), std::move(value), std::move(meaning), {}, {}, member};
}

// A text or path that must not be empty.
template <class Config, class Member>
Setting<Config> text_setting(std::string name, std::string value, std::string meaning,
                             Member Config::* member) {
  return {std::move(name), std::move(value), std::move(meaning),
          [member](Config& config, const std::string& text) -> std::optional<std::string> {
            if (text.empty()) return "is empty";
            config.*member = text;
            return std::nullopt;
          },
          [member](const Config& config) {
            if constexpr (std::is_same_v<Member, std::filesystem::path>)
              return (config.*member).string();
            else
              return config.*member;
          }};
}

template <class Config>
Setting<Config> int_setting(std::string name, std::string value, std::string meaning,
                            int Config::* member, int low, int high) {
  return {
      std::move(name), std::move(value), std::move(meaning),
      [member, low, high](Config& config, const std::string& text) -> std::optional<std::string> {
        int number = 0;
        const auto* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error != std::errc() || stop != end || number < low || number > high) {
          return "is not a number from " + std::to_string(low) + " to " + std::to_string(high);
        }
        config.*member = number;
        return std::nullopt;
      },
      [member](const Config& config) { return std::to_string(config.*member); }};
}

// true or false; on the command line the bare flag means true.
template <class Config>
Setting<Config> flag_setting(std::string name, std::string meaning, bool Config::* member) {
  return {
      std::move(name), "", std::move(meaning),
      [member](Config& config, const std::string& text) -> std::optional<std::string> {
        if (text != "true" && text != "false") return "is neither true nor false";
        config.*member = text == "true";
        return std::nullopt;
      },
      [member](const Config& config) { return std::string(config.*member ? "true" : "false"); }};
}

// As a TOML basic string, which reads as the same text.
inline std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      out += {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 0xF]};
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// Reads a table of texts; what is wrong with it, or nullopt.
template <class Config>
std::optional<std::string> read_entries(const toml::node& node, const Setting<Config>& setting,
                                        Config& config) {
  const auto* table = node.as_table();
  if (!table) return "is not a table";
  for (const auto& [key, entry] : *table) {
    const auto text = entry.template value_exact<std::string>();
    if (!text || text->empty()) return "has no text for \"" + std::string(key.str()) + "\"";
    (config.*setting.entries)[std::string(key.str())] = *text;
  }
  return std::nullopt;
}

// Sets what the file's [section] says; other sections belong to other programs. Throws
// std::runtime_error with one sentence naming file and line or key.
template <class Config>
void read_config_file(const std::filesystem::path& file, const std::string& section,
                      const std::vector<Setting<Config>>& settings, Config& config) {
  toml::table document;
  try {
    document = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw std::runtime_error(file.string() + ", line " + std::to_string(error.source().begin.line) +
                             ": " + std::string(error.description()));
  }
  const auto* table = document[section].as_table();
  if (!table) return;
  for (const auto& [key, node] : *table) {
    const std::string name(key.str());
    const auto found =
        std::ranges::find_if(settings, [&](const auto& one) { return one.name == name; });
    if (found == settings.end()) {
      throw std::runtime_error(file.string() + ": [" + section + "] has no setting \"" + name +
                               "\"");
    }
    if (found->entries) {
      if (const auto wrong = read_entries(node, *found, config))
        throw std::runtime_error(file.string() + ": [" + section + "." + name + "] " + *wrong);
      continue;
    }
    std::string text;
    if (const auto string = node.template value_exact<std::string>())
      text = *string;
    else if (const auto number = node.template value_exact<std::int64_t>())
      text = std::to_string(*number);
    else if (const auto flag = node.template value_exact<bool>())
      text = *flag ? "true" : "false";
    if (const auto wrong = found->set(config, text)) {
      throw std::runtime_error(file.string() + ": [" + section + "] " + name + " " + *wrong);
    }
  }
}

// The table as command-line options of `app`; read() gives defaults ← file ← command line.
template <class Config>
class CommandLine {
 public:
  CommandLine(CLI::App& app, std::string section, std::vector<Setting<Config>> settings,
              const Config& defaults)
      : app_(app), section_(std::move(section)), settings_(std::move(settings)) {
    app_.add_option(
        "--config", file_,
        "matanai.toml; its section [" + section_ + "] has the settings below, with _ for -");
    for (const auto& setting : settings_) {
      if (setting.entries) continue;
      auto flag = "--" + setting.name;
      std::ranges::replace(flag, '_', '-');
      auto& text = given_[setting.name];
      options_[setting.name] = setting.value.empty()
                                   ? app_.add_flag_callback(
                                         flag, [&text] { text = "true"; }, setting.meaning)
                                   : app_.add_option(flag, text, setting.meaning)
                                         ->type_name(setting.value)
                                         ->default_str(setting.show(defaults));
    }
  }
  // After app.parse(). Throws std::runtime_error with one sentence.
  void read(Config& config) const {
    if (!file_.empty()) read_config_file(file_, section_, settings_, config);
    for (const auto& setting : settings_) {
      if (setting.entries) continue;
      const auto* option = options_.at(setting.name);
      if (option->count() == 0) continue;
      if (const auto wrong = setting.set(config, given_.at(setting.name))) {
        throw std::runtime_error(option->get_name() + " " + *wrong);
      }
    }
  }
  // The settings in force, as the file's section with each meaning as a comment.
  std::string show(const Config& config) const {
    std::string text = "[" + section_ + "]\n";
    for (const auto& setting : settings_) {
      if (setting.entries) {
        text += show_entries(setting, config);
        continue;
      }
      const auto value = setting.show(config);
      const bool is_bare = setting.value.empty() || setting.value == "N";
      text += "# " + setting.meaning + "\n";
      if (value.empty()) text += "# ";  // not set
      text += setting.name + " = " + (is_bare ? value : toml_text(value)) + "\n";
    }
    return text;
  }

  // The settings that only the file has, for the help's end.
  std::string file_help() const {
    std::string text;
    for (const auto& setting : settings_) {
      if (!setting.entries) continue;
      text += "In the file only, [" + section_ + "." + setting.name + "] " + setting.value +
              ":\n  " + setting.meaning + "\n";
    }
    return text;
  }

 private:
  std::string show_entries(const Setting<Config>& setting, const Config& config) const {
    const auto& entries = config.*setting.entries;
    std::string text = "# " + setting.meaning + "\n";
    if (entries.empty()) return text + "# [" + section_ + "." + setting.name + "]\n";
    text += "[" + section_ + "." + setting.name + "]\n";
    for (const auto& [key, value] : entries)
      text += toml_text(key) + " = " + toml_text(value) + "\n";
    return text;
  }

  CLI::App& app_;
  std::string section_;
  std::vector<Setting<Config>> settings_;
  std::string file_{};
  std::map<std::string, std::string> given_{};
  std::map<std::string, CLI::Option*> options_{};
};

// ${XDG_STATE_HOME:-~/.local/state}/matanai
inline std::filesystem::path default_state_folder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  const auto base = state && *state ? std::filesystem::path(state)
                                    : std::filesystem::path(home ? home : ".") / ".local" / "state";
  return base / "matanai";
}

}  // namespace matanai
