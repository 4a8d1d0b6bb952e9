// CSV files as RFC 4180 describes them, UTF-8 (a byte order mark is allowed), lines ending in LF or
// CRLF, a header row. Every fault throws SeedError with file, line and column. Reads files; any
// thread.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/directory/directory.hpp"

namespace matanai::directory {

// Cells of a text with the line each record starts on; record 0 is the header. Throws SeedError: a
// quote that never ends, characters beside quotes, invalid UTF-8.
struct CsvRecord {
  int line = 0;
  std::vector<std::string> cells;
};
std::vector<CsvRecord> parse_csv(const std::string& file_name, std::string_view text);

// One data row with named columns. Empty cells are empty texts.
class CsvRow {
 public:
  CsvRow(const std::string& file, const std::map<std::string, std::size_t>& columns,
         const CsvRecord& record)
      : file_(file), columns_(columns), record_(record) {}

  // The cell; empty when the file has no such (optional) column.
  const std::string& text(const std::string& column) const;
  const std::string& required(const std::string& column) const;
  std::int64_t integer(const std::string& column, std::int64_t low, std::int64_t high) const;
  std::optional<double> degrees(const std::string& column) const;
  bool yes_no(const std::string& column) const;  // yes | no
  LocalDay day(const std::string& column) const;
  TimeOfDay time(const std::string& column) const;
  std::optional<TimeOfDay> optional_time(const std::string& column) const;
  // <prefix>_ja, <prefix>_ja_x_easy, <prefix>_en …; ja and en must be there unless all six are
  // empty.
  LocalizedText localized(const std::string& prefix) const;
  LocalizedText required_localized(const std::string& prefix) const;

  [[noreturn]] void fail(const std::string& column, const std::string& what) const;

 private:
  const std::string& file_;
  const std::map<std::string, std::size_t>& columns_;
  const CsvRecord& record_;
};

class CsvFile {
 public:
  // `columns` may all appear; those in `texts` stand for their six language columns. Only the first
  // of a file's rows decide the order of its columns. Throws SeedError: no such file, an unknown or
  // missing column, a row of another length.
  CsvFile(const std::filesystem::path& path, std::vector<std::string> columns,
          std::vector<std::string> texts = {});

  template <class Use>
  void each(Use use) const {
    for (std::size_t i = 1; i < records_.size(); ++i) use(CsvRow(name_, columns_, records_[i]));
  }

 private:
  std::string name_;
  std::map<std::string, std::size_t> columns_;
  std::vector<CsvRecord> records_;
};

// "ja_x_easy" for ja-x-easy: how a language is written in column names.
std::string column_suffix(Locale locale);

}  // namespace matanai::directory
