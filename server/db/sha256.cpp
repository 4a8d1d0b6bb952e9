#include "server/db/sha256.hpp"

#include <sodium.h>

#include <array>
#include <cstdint>

namespace matanai::db {

std::string sha256_hex(std::initializer_list<std::string_view> pieces) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const auto piece : pieces) {
    std::array<unsigned char, 8> length{};
    for (std::size_t index = 0; index < length.size(); ++index) {
      length[index] = static_cast<unsigned char>(std::uint64_t{piece.size()} >> (8 * index));
    }
    crypto_hash_sha256_update(&state, length.data(), length.size());
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                              piece.size());
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::array<char, crypto_hash_sha256_BYTES * 2 + 1> text{};
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  return {text.data(), text.size() - 1};
}

}  // namespace matanai::db
