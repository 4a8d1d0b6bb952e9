// The server's own secret key, and what is derived from it: secrets are rebuilt from (key, purpose,
// id) when needed, so tables hold at most their hash. Values, any thread (libsodium must be
// initialised: load_server_key and generate do).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace matanai::db {

// Fills the span with random bytes. Injected, so that tests can repeat a run.
using RandomSource = std::function<void(std::span<std::uint8_t>)>;
RandomSource system_random();

struct ServerKey {
  std::array<std::uint8_t, 32> bytes{};
};

// Reads <file> (32 bytes, mode 0600), or makes it when it is not there: under the process lock, so
// only one program does. Throws std::runtime_error with one sentence when it cannot.
ServerKey load_server_key(const std::filesystem::path& file);

// 16 bytes of keyed BLAKE2b over purpose, a zero byte and id: different purposes never meet.
std::array<std::uint8_t, 16> derive(const ServerKey& key, std::string_view purpose,
                                    std::string_view id);

// Hex SHA-256 of a secret's bytes: what tables hold of a secret that is looked up but not stored.
std::string hash_secret(std::string_view secret);

// A new random id: 26 characters of Crockford base32 (128 bit).
std::string random_id(const RandomSource& random);

}  // namespace matanai::db
