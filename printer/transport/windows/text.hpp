// UTF-8 in the program, UTF-16 at the system.
#pragma once

#include <boost/system/error_code.hpp>
#include <string>
#include <string_view>

namespace matanai::printer {

std::wstring to_wide(std::string_view text);
std::string to_utf8(std::wstring_view text);

// GetLastError() as it is now.
boost::system::error_code last_error();

}  // namespace matanai::printer
