#include "server/directory/csv.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "schema/types/text.hpp"
#include "server/directory/seed.hpp"

namespace matanai::directory {
namespace {

const std::string kEmpty;

[[noreturn]] void fail_at(const std::string& file, int line, const std::string& what) {
  throw SeedError(file + ":" + std::to_string(line) + ": " + what);
}

// Reads one record after another from the text.
class Parser {
 public:
  Parser(const std::string& file, std::string_view text) : file_(file), text_(text) {}

  std::vector<CsvRecord> records() {
    std::vector<CsvRecord> out;
    while (at_ < text_.size()) {
      CsvRecord record{line_, {}};
      do record.cells.push_back(cell());
      while (take(','));
      if (!take_line_end()) fail_at(file_, line_, "characters after a closing quote");
      const bool is_blank = record.cells.size() == 1 && record.cells.front().empty();
      if (!is_blank) out.push_back(std::move(record));
    }
    return out;
  }

 private:
  bool take(char wanted) {
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  bool take_line_end() {
    if (at_ >= text_.size()) return true;
    take('\r');
    if (!take('\n')) return false;
    ++line_;
    return true;
  }

  std::string cell() { return take('"') ? quoted_cell() : plain_cell(); }

  std::string plain_cell() {
    const auto start = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\r' && text_[at_] != '\n') {
      if (text_[at_] == '"') fail_at(file_, line_, "a quote inside a cell that is not quoted");
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  std::string quoted_cell() {
    const int first_line = line_;
    std::string out;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (c != '"') {
        out += c;
        continue;
      }
      ++at_;
      if (at_ >= text_.size() || text_[at_] != '"') return out;
      out += '"';
    }
    fail_at(file_, first_line, "a quote that never ends");
  }

  const std::string& file_;
  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw SeedError(path.string() + ": cannot be read");
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

std::string column_suffix(Locale locale) {
  std::string suffix(tag_of(locale));
  std::replace(suffix.begin(), suffix.end(), '-', '_');
  return suffix;
}

std::vector<CsvRecord> parse_csv(const std::string& file_name, std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!is_valid_utf8(text)) throw SeedError(file_name + ": is not UTF-8");
  return Parser(file_name, text).records();
}

CsvFile::CsvFile(const std::filesystem::path& path, std::vector<std::string> columns,
                 std::vector<std::string> texts)
    : name_(path.filename().string()), records_(parse_csv(name_, read_file(path))) {
  if (records_.empty()) throw SeedError(name_ + ": is empty");
  std::vector<std::string> optional;
  for (const auto& text : texts) {
    for (const auto locale : kLocales) {
      const bool is_needed = locale == Locale::ja || locale == Locale::en;
      (is_needed ? columns : optional).push_back(text + "_" + column_suffix(locale));
    }
  }
  const auto& header = records_.front();
  for (const auto& column : header.cells) {
    const bool is_known =
        std::ranges::count(columns, column) + std::ranges::count(optional, column);
    if (!is_known) fail_at(name_, header.line, "unknown column " + column);
    if (!columns_.emplace(column, columns_.size()).second) {
      fail_at(name_, header.line, "column " + column + " twice");
    }
  }
  for (const auto& column : columns) {
    if (!columns_.contains(column)) fail_at(name_, header.line, "column " + column + " is missing");
  }
  for (const auto& record : records_) {
    if (record.cells.size() == columns_.size()) continue;
    fail_at(name_, record.line,
            std::to_string(record.cells.size()) + " cells where the header has " +
                std::to_string(columns_.size()));
  }
}

void CsvRow::fail(const std::string& column, const std::string& what) const {
  fail_at(file_, record_.line, column + ": " + what);
}

const std::string& CsvRow::text(const std::string& column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? kEmpty : record_.cells[found->second];
}

const std::string& CsvRow::required(const std::string& column) const {
  const auto& cell = text(column);
  if (cell.empty()) fail(column, "must not be empty");
  return cell;
}

std::int64_t CsvRow::integer(const std::string& column, std::int64_t low, std::int64_t high) const {
  const auto& cell = required(column);
  std::int64_t value = 0;
  const auto* const last = cell.data() + cell.size();
  const auto [end, error] = std::from_chars(cell.data(), last, value);
  if (error != std::errc() || end != last) fail(column, "\"" + cell + "\" is not a whole number");
  if (value < low || value > high) {
    fail(column, cell + " is not within " + std::to_string(low) + " and " + std::to_string(high));
  }
  return value;
}

std::optional<double> CsvRow::degrees(const std::string& column) const {
  const auto& cell = text(column);
  if (cell.empty()) return std::nullopt;
  double value = 0;
  const auto* const last = cell.data() + cell.size();
  const auto [end, error] = std::from_chars(cell.data(), last, value);
  const bool is_degrees = error == std::errc() && end == last && value >= -180 && value <= 180;
  if (!is_degrees) fail(column, "\"" + cell + "\" is not a number of degrees");
  return value;
}

bool CsvRow::yes_no(const std::string& column) const {
  const auto& cell = required(column);
  if (cell != "yes" && cell != "no") fail(column, "\"" + cell + "\" is neither yes nor no");
  return cell == "yes";
}

LocalDay CsvRow::day(const std::string& column) const {
  const auto& cell = required(column);
  const auto parsed = parse_day(cell);
  if (!parsed) fail(column, "\"" + cell + "\" is not a date like 2026-11-24");
  return *parsed;
}

TimeOfDay CsvRow::time(const std::string& column) const {
  required(column);
  return *optional_time(column);
}

std::optional<TimeOfDay> CsvRow::optional_time(const std::string& column) const {
  const auto& cell = text(column);
  if (cell.empty()) return std::nullopt;
  const auto parsed = parse_time_of_day(cell);
  if (!parsed) fail(column, "\"" + cell + "\" is not a time like 08:30");
  return parsed;
}

LocalizedText CsvRow::localized(const std::string& prefix) const {
  LocalizedText out;
  for (const auto locale : kLocales) out.set(locale, text(prefix + "_" + column_suffix(locale)));
  if (out.is_empty()) return out;
  required(prefix + "_ja");
  required(prefix + "_en");
  return out;
}

LocalizedText CsvRow::required_localized(const std::string& prefix) const {
  required(prefix + "_ja");
  return localized(prefix);
}

}  // namespace matanai::directory
