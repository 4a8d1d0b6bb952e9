// SHA-256 over several pieces, each preceded by its length, so that no two different lists share a
// hash by shifting bytes between pieces. Pure, any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace matanai::db {

// 64 hex digits.
std::string sha256_hex(std::initializer_list<std::string_view> pieces);

}  // namespace matanai::db
