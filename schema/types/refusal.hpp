// Every expected "no" of the system: one catalogue of codes with their HTTP status. Their words
// (what is true, what to do next) stand in schema/words under refusal.<code>.title and
// refusal.<code>.next, in the reader's language. Not for bugs or a broken environment: those are
// exceptions.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace matanai {

enum class RefusalCode {
#define MATANAI_REFUSAL(name, status) name,
#include "schema/types/refusals.inc"
#undef MATANAI_REFUSAL
};

struct FieldError {
  std::string pointer;  // JSON pointer into the request body ("/contact/phone"), or the query
                        // parameter's name
  std::string
      code;  // unknown | missing | wrong_type | too_long | bad_format | out_of_range | bad_utf8
};

struct Refusal {
  RefusalCode code;
  std::vector<FieldError> fields{};
  // Facts the words and the screens need, e.g. {"from","10:15"}; never personal data.
  std::vector<std::pair<std::string, std::string>> values{};

  Refusal() : code(RefusalCode::internal_error) {}  // needed by boost::system::result::error() only
  Refusal(RefusalCode refusal_code)
      : code(refusal_code) {}  // NOLINT: a code alone is the usual refusal
  Refusal(RefusalCode refusal_code, std::vector<FieldError> field_errors)
      : code(refusal_code), fields(std::move(field_errors)) {}
  Refusal& with(std::string name, std::string value) & {
    values.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Refusal with(std::string name, std::string value) && {
    values.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
  }
};

struct RefusalEntry {
  RefusalCode code;
  std::string_view name;  // as on the wire
  int http_status;
};

// All codes, in the order of their enum.
std::span<const RefusalEntry> refusal_catalogue();
const RefusalEntry& entry_of(RefusalCode code);

// Found by boost::system::result when value() is called on a refusal: a bug in the caller, so it
// throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Refusal& refusal,
                                             const boost::source_location& where);

// A value, or the reason why not.
template <class T>
using Result = boost::system::result<T, Refusal>;

}  // namespace matanai
