#include "server/db/server_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include "schema/types/codes.hpp"
#include "server/db/durable_file.hpp"

namespace matanai::db {
namespace {

void require_sodium() {
  if (sodium_init() < 0)
    throw std::runtime_error("libsodium cannot start: no source of randomness");
}

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  throw std::runtime_error("server key " + file.string() + ": " + what);
}

ServerKey make_key(const std::filesystem::path& file) {
  ServerKey key;
  randombytes_buf(key.bytes.data(), key.bytes.size());
  write_durably(file, {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()});
  return key;
}

}  // namespace

RandomSource system_random() {
  require_sodium();
  return [](std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); };
}

ServerKey load_server_key(const std::filesystem::path& file) {
  require_sodium();
  const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0 && errno == ENOENT) return make_key(file);
  if (handle < 0) fail(file, "cannot be opened");
  ServerKey key;
  struct stat info{};
  const bool is_private = ::fstat(handle, &info) == 0 && (info.st_mode & 077) == 0;
  const auto count = ::read(handle, key.bytes.data(), key.bytes.size());
  ::close(handle);
  if (!is_private) fail(file, "is readable by others (chmod 600 it)");
  if (count != static_cast<ssize_t>(key.bytes.size())) fail(file, "is damaged (32 bytes expected)");
  return key;
}

std::array<std::uint8_t, 16> derive(const ServerKey& key, std::string_view purpose,
                                    std::string_view id) {
  std::string message(purpose);
  message += '\0';
  message += id;
  std::array<std::uint8_t, 16> out{};
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(message.data()),
                     message.size(), key.bytes.data(), key.bytes.size());
  return out;
}

std::string hash_secret(std::string_view secret) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(secret.data()),
                     secret.size());
  std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

std::string random_id(const RandomSource& random) {
  std::array<std::uint8_t, 16> bytes{};
  random(bytes);
  return to_base32(bytes);
}

}  // namespace matanai::db
