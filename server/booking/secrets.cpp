#include "server/booking/secrets.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "schema/types/codes.hpp"

namespace matanai::booking {
namespace {

constexpr std::size_t kIdLength = 26;
constexpr std::size_t kNonceLength = 12;  // both ciphers
constexpr std::size_t kTagLength = 16;
static_assert(kNonceLength == crypto_aead_aes256gcm_NPUBBYTES);
static_assert(kNonceLength == crypto_aead_chacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagLength == crypto_aead_aes256gcm_ABYTES);
static_assert(kTagLength == crypto_aead_chacha20poly1305_ietf_ABYTES);
constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(std::span<const std::uint8_t> bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), kBase64);
  out.pop_back();
  return out;
}

std::vector<std::uint8_t> from_base64(std::string_view text) {
  if (text.empty()) return {};
  std::vector<std::uint8_t> out(text.size());
  std::size_t length = 0;
  const auto failed = sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr,
                                        &length, nullptr, kBase64);
  if (failed != 0) throw std::runtime_error("a sealed contact is not base64");
  out.resize(length);
  return out;
}

std::string associated_data(const ReservationId& row, std::string_view field) {
  return "reservation_contact/" + row.value + "/" + std::string(field);
}

std::array<std::uint8_t, 32> contact_key(const db::ServerKey& key) {
  std::array<std::uint8_t, 32> out{};
  std::ranges::copy(db::derive(key, "booking/contact/1", "first half"), out.begin());
  std::ranges::copy(db::derive(key, "booking/contact/1", "second half"), out.begin() + 16);
  return out;
}

const db::ServerKey& with_sodium(const db::ServerKey& key) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  return key;
}

}  // namespace

Secrets::Secrets(const db::ServerKey& key)
    : key_(with_sodium(key)), contact_key_(contact_key(key)) {}

std::string Secrets::hold_secret(const ReservationId& id) const {
  return id.value + to_base32(db::derive(key_, "booking/hold", id.value));
}

std::optional<ReservationId> Secrets::hold_of(std::string_view secret) const {
  if (secret.size() != 2 * kIdLength) return std::nullopt;
  ReservationId id{std::string(secret.substr(0, kIdLength))};
  const auto expected = hold_secret(id);
  if (sodium_memcmp(expected.data(), secret.data(), expected.size()) != 0) return std::nullopt;
  return id;
}

std::string Secrets::reservation_secret(const ReservationId& id) const {
  return to_base32(db::derive(key_, "booking/reservation", id.value));
}

std::string Secrets::check_in_token(const ReservationId& id) const {
  return make_check_in_token(db::derive(key_, "booking/check-in", id.value));
}

std::string Secrets::seal(const ReservationId& row, std::string_view field,
                          std::string_view text) const {
  const auto data = associated_data(row, field);
  std::vector<std::uint8_t> out(kNonceLength + text.size() + kTagLength);
  randombytes_buf(out.data(), kNonceLength);
  const bool has_aes = crypto_aead_aes256gcm_is_available() != 0;
  const auto encrypt =
      has_aes ? crypto_aead_aes256gcm_encrypt : crypto_aead_chacha20poly1305_ietf_encrypt;
  encrypt(out.data() + kNonceLength, nullptr, bytes_of(text), text.size(), bytes_of(data),
          data.size(), nullptr, out.data(), contact_key_.data());
  return (has_aes ? "g1:" : "c1:") + base64(out);
}

std::string Secrets::open(const ReservationId& row, std::string_view field,
                          std::string_view sealed) const {
  const bool is_gcm = sealed.starts_with("g1:");
  if (!is_gcm && !sealed.starts_with("c1:"))
    throw std::runtime_error("a contact was sealed with an unknown key");
  const auto data = associated_data(row, field);
  const auto in = from_base64(sealed.substr(3));
  if (in.size() < kNonceLength + kTagLength)
    throw std::runtime_error("a sealed contact is too short");
  std::string text(in.size() - kNonceLength - kTagLength, '\0');
  const auto decrypt =
      is_gcm ? crypto_aead_aes256gcm_decrypt : crypto_aead_chacha20poly1305_ietf_decrypt;
  const auto failed = decrypt(reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr,
                              in.data() + kNonceLength, in.size() - kNonceLength, bytes_of(data),
                              data.size(), in.data(), contact_key_.data());
  if (failed != 0) throw std::runtime_error("a sealed contact does not open");
  return text;
}

std::string Secrets::lookup(std::string_view kind, std::string_view text) const {
  return hex(db::derive(key_, "booking/lookup/" + std::string(kind), text));
}

}  // namespace matanai::booking
