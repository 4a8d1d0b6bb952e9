// Password hashes (argon2id by libsodium, about a tenth of a second each) and secrets made of
// random bytes. Any thread; the hashing functions are slow on purpose: never on a network thread.
#pragma once

#include <string>
#include <string_view>

namespace matanai::staff {

// Throws std::bad_alloc when 19 MiB cannot be had.
std::string hash_password(std::string_view password);
bool is_password(std::string_view password, const std::string& hash);

// 80 random bits that a person can read and type: "7K3M-9XQ2-VBNA-0HJ4".
std::string make_readable_password();
// 256 random bits for a cookie, 43 characters of [A-Za-z0-9_-].
std::string make_session_token();

}  // namespace matanai::staff
