-- Calls for staff from kiosks. A kiosk has one open call at most; what nobody answered is dropped at closing.
CREATE TABLE staff_call (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  office      TEXT NOT NULL,
  day         TEXT NOT NULL,          -- date in the office's zone
  issuer      TEXT NOT NULL,          -- the kiosk's id
  message_id  TEXT NOT NULL,
  reason      TEXT NOT NULL CHECK (reason IN ('help', 'not_found', 'printer', 'no_number')),
  called_at   INTEGER NOT NULL,
  answered_at INTEGER,
  answered_by TEXT,                   -- as shown; who it was is in the event
  dropped_at  INTEGER,
  UNIQUE (issuer, message_id),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
  CHECK (answered_at IS NULL OR dropped_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX staff_call_open ON staff_call (office, issuer) WHERE answered_at IS NULL AND dropped_at IS NULL;
CREATE INDEX staff_call_answered ON staff_call (office, answered_at) WHERE answered_at IS NOT NULL;

-- Help wanted is erased some days after the visit: the sweep finds it without reading the tickets of years.
CREATE INDEX ticket_help ON ticket (office, reserved_for) WHERE help <> '';
