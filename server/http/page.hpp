// The one HTML template of the house, for pages that must work without scripts. Every value is
// escaped; there is no raw place.
//   {{name}}  {{.}}               a value, escaped for text and quoted attributes
//   {{#name}} … {{/name}}         once for each item of an array; or once when the value is true or
//   filled
//   {{^name}} … {{/name}}         when it is false, null, empty or absent
// Names are looked up in the innermost section's item first. Not for mail or paper. Pure, any
// thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace matanai::http {

// Throws std::logic_error for a malformed template and for a {{place}} without a value: both are
// bugs, seen in tests.
std::string render_page(std::string_view page, const boost::json::value& places);

// & < > " ' as entities.
std::string escape_html(std::string_view text);

}  // namespace matanai::http
