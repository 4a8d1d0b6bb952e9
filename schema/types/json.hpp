// JSON of message structs by Boost.Describe: one generic reader and writer, no hand-written field
// lists. Reading is strict: unknown, missing and mistyped fields are each named by JSON pointer in
// the refusal. An absent (or null) field of std::optional type is nullopt; a nullopt is left out
// when written. Pure, any thread. Templates stay here; Boost.JSON's own parsing is called in
// json.cpp.
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/refusal.hpp"
#include "schema/types/time.hpp"

namespace matanai {

// Parses text as one JSON document: UTF-8, depth ≤ 16, no comments. Refusal: bad_request.
Result<boost::json::value> parse_json(std::string_view text);

namespace json_detail {

using FieldErrors = std::vector<FieldError>;
inline constexpr std::size_t kMostFieldErrors =
    20;  // unknown fields and list items named in one refusal

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_id : std::false_type {};
template <class Tag>
struct is_id<Id<Tag>> : std::true_type {};

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

// Escapes one pointer token (RFC 6901).
std::string child_pointer(const std::string& parent, std::string_view name);

void read_value(const boost::json::value& in, bool& out, const std::string& at,
                FieldErrors& errors);
void read_value(const boost::json::value& in, std::string& out, const std::string& at,
                FieldErrors& errors);
void read_value(const boost::json::value& in, double& out, const std::string& at,
                FieldErrors& errors);
void read_value(const boost::json::value& in, Instant& out, const std::string& at,
                FieldErrors& errors);
void read_value(const boost::json::value& in, LocalDay& out, const std::string& at,
                FieldErrors& errors);
void read_value(const boost::json::value& in, boost::json::value& out, const std::string& at,
                FieldErrors& errors);
std::optional<std::int64_t> read_integer(const boost::json::value& in, std::int64_t low,
                                         std::int64_t high, const std::string& at,
                                         FieldErrors& errors);

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_any_access |
                                                         boost::describe::mod_inherited>;

template <class T>
void read_any(const boost::json::value& in, T& out, const std::string& at, FieldErrors& errors);

template <class T>
void read_list(const boost::json::value& in, std::vector<T>& out, const std::string& at,
               FieldErrors& errors) {
  const auto* array = in.if_array();
  if (!array) {
    errors.push_back({at, "wrong_type"});
    return;
  }
  out.clear();
  std::size_t index = 0;
  for (const auto& element : *array) {
    if (errors.size() >= kMostFieldErrors) return;  // a long list of wrong items says no more
    T item{};
    read_any(element, item, child_pointer(at, std::to_string(index++)), errors);
    out.push_back(std::move(item));
  }
}

template <class T>
void read_name(const boost::json::value& in, T& out, const std::string& at, FieldErrors& errors) {
  std::string name;
  const auto before = errors.size();
  read_value(in, name, at, errors);
  if (errors.size() == before && !boost::describe::enum_from_string(name.c_str(), out))
    errors.push_back({at, "bad_format"});
}

template <class T>
void read_number(const boost::json::value& in, T& out, const std::string& at, FieldErrors& errors) {
  constexpr auto kLow = static_cast<std::int64_t>(std::numeric_limits<T>::min());
  constexpr auto kHigh = static_cast<std::int64_t>(std::numeric_limits<T>::max() >>
                                                   (std::is_same_v<T, std::uint64_t> ? 1 : 0));
  if (const auto number = read_integer(in, kLow, kHigh, at, errors)) out = static_cast<T>(*number);
}

template <class T>
void name_unknown_fields(const boost::json::object& object, const std::string& at,
                         FieldErrors& errors) {
  for (const auto& field : object) {
    bool known = false;
    boost::mp11::mp_for_each<Members<T>>(
        [&](auto member) { known = known || field.key() == member.name; });
    if (!known && errors.size() < kMostFieldErrors)
      errors.push_back({child_pointer(at, field.key()), "unknown"});
  }
}

template <class T>
void read_struct(const boost::json::value& in, T& out, const std::string& at, FieldErrors& errors) {
  const auto* object = in.if_object();
  if (!object) {
    errors.push_back({at, "wrong_type"});
    return;
  }
  name_unknown_fields<T>(*object, at, errors);
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    auto& slot = out.*member.pointer;
    const auto* field = object->if_contains(member.name);
    if (field) {
      read_any(*field, slot, child_pointer(at, member.name), errors);
    } else if constexpr (!is_optional<std::remove_reference_t<decltype(slot)>>::value) {
      errors.push_back({child_pointer(at, member.name), "missing"});
    }
  });
}

template <class T>
void read_any(const boost::json::value& in, T& out, const std::string& at, FieldErrors& errors) {
  if constexpr (is_optional<T>::value) {
    if (in.is_null())
      out.reset();
    else
      read_any(in, out.emplace(), at, errors);
  } else if constexpr (is_vector<T>::value) {
    read_list(in, out, at, errors);
  } else if constexpr (is_id<T>::value) {
    read_value(in, out.value, at, errors);
  } else if constexpr (DescribedEnum<T>) {
    read_name(in, out, at, errors);
  } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    read_number(in, out, at, errors);
  } else if constexpr (Described<T>) {
    read_struct(in, out, at, errors);
  } else {
    read_value(in, out, at, errors);
  }
}

template <class T>
boost::json::value write_any(const T& in) {
  if constexpr (is_vector<T>::value) {
    boost::json::array array;
    array.reserve(in.size());
    for (const auto& item : in) array.push_back(write_any(item));
    return array;
  } else if constexpr (is_id<T>::value) {
    return boost::json::value(in.value);
  } else if constexpr (DescribedEnum<T>) {
    return boost::json::value(boost::describe::enum_to_string(in, "?"));
  } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, LocalDay>) {
    return boost::json::value(to_wire(in));
  } else if constexpr (Described<T>) {
    boost::json::object object;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
      const auto& slot = in.*member.pointer;
      if constexpr (is_optional<std::remove_cvref_t<decltype(slot)>>::value) {
        if (slot) object.emplace(member.name, write_any(*slot));
      } else {
        object.emplace(member.name, write_any(slot));
      }
    });
    return object;
  } else {
    return boost::json::value(in);
  }
}

}  // namespace json_detail

// Reads a described struct from a parsed document. Refusal: invalid_fields with every wrong field.
template <class T>
Result<T> from_json(const boost::json::value& document) {
  T out{};
  json_detail::FieldErrors errors;
  json_detail::read_any(document, out, "", errors);
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  return out;
}

// Parses and reads in one step. Refusals: bad_request, invalid_fields.
template <class T>
Result<T> read_json(std::string_view text) {
  auto document = parse_json(text);
  if (document.has_error()) return document.error();
  return from_json<T>(*document);
}

template <class T>
boost::json::value to_json(const T& message) {
  return json_detail::write_any(message);
}

template <class T>
std::string write_json(const T& message) {
  return boost::json::serialize(to_json(message));
}

}  // namespace matanai
