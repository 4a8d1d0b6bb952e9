// Everything keyed: secrets that are derived and never stored, contacts encrypted at rest, keyed
// hashes for look-up. Keys are derived from the one server key (server_key.hpp), one per purpose:
// losing it makes links, QR codes and contacts unreadable. Not for passwords (staff). Immutable
// after construction: any thread. Throws std::runtime_error when libsodium cannot start.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/types/ids.hpp"
#include "server/db/server_key.hpp"

namespace matanai::booking {

class Secrets {
 public:
  explicit Secrets(const db::ServerKey& key);

  // The hold's secret: its id and 128 bits derived from it, 52 characters of base32.
  std::string hold_secret(const ReservationId& id) const;
  // nullopt unless this server made it.
  std::optional<ReservationId> hold_of(std::string_view secret) const;

  // 128 bits as 26 characters of base32, for the link /r#secret.
  std::string reservation_secret(const ReservationId& id) const;
  // What a QR code holds (codes.hpp).
  std::string check_in_token(const ReservationId& id) const;

  // "g1:" (AES-256-GCM with key 1) or "c1:" (ChaCha20-Poly1305 where the processor has no AES) and
  // base64 of nonce and ciphertext. Row and field are authenticated: a value moved to another row
  // does not open.
  std::string seal(const ReservationId& row, std::string_view field, std::string_view text) const;
  // Throws std::runtime_error when the value was changed, moved, or sealed with another key.
  std::string open(const ReservationId& row, std::string_view field, std::string_view sealed) const;

  // Keyed hash for finding equal values without reading them. `kind` keeps phones, mails and
  // networks apart.
  std::string lookup(std::string_view kind, std::string_view text) const;

 private:
  db::ServerKey key_;
  std::array<std::uint8_t, 32>
      contact_key_;  // of this room alone, so that it can be changed without the others
};

}  // namespace matanai::booking
