-- Holds and reservations of the city side. Instants are milliseconds since 1970, days are dates of the office's zone.

-- Places in use per office, service group and unit of 15 minutes, over all channels together. Only units that were ever
-- used have a row. `taken` is raised by one conditional write (server/booking/store.cpp) and may stand above a capacity that was lowered later.
CREATE TABLE slot_usage (
  office TEXT NOT NULL,
  grp TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  taken INTEGER NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (office, grp, start_ms)
) STRICT, WITHOUT ROWID;

-- One row from hold to visit. A party is served at one window, so that a row counts as one place whatever its party.
CREATE TABLE reservation (
  id TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('held', 'expired', 'booked', 'checked_in', 'served', 'cancelled', 'no_show')),
  office TEXT NOT NULL,
  service TEXT NOT NULL,
  grp TEXT NOT NULL,
  day TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  channel TEXT NOT NULL CHECK (channel IN ('web', 'kiosk', 'staff')),
  party INTEGER NOT NULL CHECK (party >= 1),
  held_at INTEGER NOT NULL,
  has_place INTEGER NOT NULL CHECK (has_place IN (0, 1)),  -- counted in slot_usage
  release_at INTEGER,                                      -- when the place goes back: end of the hold, or some time after a cancel
  code TEXT,                                               -- from `booked` on
  secret_hash TEXT,                                        -- SHA-256 of the secret, which is stored nowhere
  help TEXT NOT NULL DEFAULT '',                           -- comma-separated
  locale TEXT NOT NULL DEFAULT 'ja',
  has_contact INTEGER NOT NULL DEFAULT 0 CHECK (has_contact IN (0, 1)),  -- stays 1 after the contact was erased
  booked_at INTEGER,
  changed_at INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 0                      -- SEQUENCE of the calendar file
) STRICT, WITHOUT ROWID;

CREATE INDEX reservation_release ON reservation (release_at) WHERE release_at IS NOT NULL;
CREATE INDEX reservation_code ON reservation (code) WHERE code IS NOT NULL;
CREATE UNIQUE INDEX reservation_live_code ON reservation (code) WHERE state IN ('booked', 'checked_in');
CREATE UNIQUE INDEX reservation_secret ON reservation (secret_hash) WHERE secret_hash IS NOT NULL;
CREATE INDEX reservation_day ON reservation (office, day) WHERE code IS NOT NULL;
CREATE INDEX reservation_expired ON reservation (changed_at) WHERE state = 'expired';

-- Encrypted contacts, erased as whole rows. `lookup` is a keyed hash of the normalised contact.
CREATE TABLE reservation_contact (
  reservation TEXT NOT NULL REFERENCES reservation (id),
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'mail')),
  sealed TEXT NOT NULL,
  lookup TEXT NOT NULL,
  erase_at INTEGER NOT NULL,
  PRIMARY KEY (reservation, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX reservation_contact_lookup ON reservation_contact (lookup);
CREATE INDEX reservation_contact_erase ON reservation_contact (erase_at);

-- Failed proofs of a reservation, per code and per network (both as keyed hashes).
CREATE TABLE proof_try (
  subject TEXT NOT NULL PRIMARY KEY,
  first_at INTEGER NOT NULL,
  tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
