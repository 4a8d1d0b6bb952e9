#include "schema/types/json.hpp"

#include <cmath>

#include "schema/types/text.hpp"

namespace matanai {

Result<boost::json::value> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 16;
  boost::json::error_code error;
  auto document = boost::json::parse(text, error, {}, options);
  if (error || !is_valid_utf8(text)) return Refusal(RefusalCode::bad_request);
  return document;
}

namespace json_detail {

std::string child_pointer(const std::string& parent, std::string_view name) {
  std::string pointer = parent + "/";
  for (const char c : name.substr(0, 100)) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

void read_value(const boost::json::value& in, bool& out, const std::string& at,
                FieldErrors& errors) {
  if (const auto* value = in.if_bool()) {
    out = *value;
  } else {
    errors.push_back({at, "wrong_type"});
  }
}

void read_value(const boost::json::value& in, std::string& out, const std::string& at,
                FieldErrors& errors) {
  if (const auto* value = in.if_string()) {
    out.assign(value->begin(), value->end());
    if (out.find('\0') != std::string::npos) errors.push_back({at, "bad_format"});
  } else {
    errors.push_back({at, "wrong_type"});
  }
}

void read_value(const boost::json::value& in, double& out, const std::string& at,
                FieldErrors& errors) {
  boost::json::error_code error;
  out = in.to_number<double>(error);
  if (error || !std::isfinite(out)) errors.push_back({at, "wrong_type"});
}

void read_value(const boost::json::value& in, Instant& out, const std::string& at,
                FieldErrors& errors) {
  const auto* value = in.if_string();
  const auto instant = value ? parse_instant(*value) : std::nullopt;
  if (instant) {
    out = *instant;
  } else {
    errors.push_back({at, value ? "bad_format" : "wrong_type"});
  }
}

void read_value(const boost::json::value& in, LocalDay& out, const std::string& at,
                FieldErrors& errors) {
  const auto* value = in.if_string();
  const auto day = value ? parse_day(*value) : std::nullopt;
  if (day) {
    out = *day;
  } else {
    errors.push_back({at, value ? "bad_format" : "wrong_type"});
  }
}

void read_value(const boost::json::value& in, boost::json::value& out, const std::string&,
                FieldErrors&) {
  out = in;
}

std::optional<std::int64_t> read_integer(const boost::json::value& in, std::int64_t low,
                                         std::int64_t high, const std::string& at,
                                         FieldErrors& errors) {
  if (!in.is_int64() && !in.is_uint64()) {
    errors.push_back({at, "wrong_type"});
    return std::nullopt;
  }
  boost::json::error_code error;
  const auto number = in.to_number<std::int64_t>(error);
  if (error || number < low || number > high) {
    errors.push_back({at, "out_of_range"});
    return std::nullopt;
  }
  return number;
}

}  // namespace json_detail
}  // namespace matanai
