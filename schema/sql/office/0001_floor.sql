-- The floor of one office day. floor_event is the truth; the other tables are its state, for speed.

CREATE TABLE series (
  office TEXT NOT NULL,
  day    TEXT NOT NULL,               -- date in the office's zone, 2026-11-24
  series TEXT NOT NULL,               -- letter
  last   INTEGER NOT NULL,            -- the number given last
  PRIMARY KEY (office, day, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
  id           TEXT PRIMARY KEY,      -- 128-bit random
  office       TEXT NOT NULL,
  day          TEXT NOT NULL,
  number       TEXT NOT NULL,         -- A012
  token_hash   TEXT NOT NULL UNIQUE,  -- SHA-256 of the status page's token
  issuer       TEXT NOT NULL,
  message_id   TEXT NOT NULL,
  locale       TEXT NOT NULL,
  priority     INTEGER NOT NULL,
  help         TEXT NOT NULL,         -- words separated by a space
  reservation  TEXT,
  reserved_for INTEGER,               -- start of the slot
  is_late      INTEGER NOT NULL,
  people_ahead INTEGER NOT NULL,      -- as printed
  issued_at    INTEGER NOT NULL,
  UNIQUE (office, day, number),
  UNIQUE (issuer, message_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ticket_reservation ON ticket (reservation) WHERE reservation IS NOT NULL;

CREATE TABLE leg (
  id              INTEGER PRIMARY KEY,
  ticket          TEXT NOT NULL REFERENCES ticket (id),
  office          TEXT NOT NULL,
  day             TEXT NOT NULL,
  number          TEXT NOT NULL,
  grp             TEXT NOT NULL,      -- service group: its line
  service         TEXT NOT NULL,
  state           TEXT NOT NULL,
  state_since     INTEGER NOT NULL,
  ready_at        INTEGER NOT NULL,   -- the call policy's key
  order_reason    TEXT NOT NULL,
  passed          INTEGER NOT NULL DEFAULT 0,
  window          TEXT,
  times_called    INTEGER NOT NULL DEFAULT 0,
  call_seq        INTEGER,            -- seq of the event of the latest call or recall
  first_called_at INTEGER,
  called_at       INTEGER,
  started_at      INTEGER,
  finished_at     INTEGER
) STRICT;
CREATE INDEX leg_open ON leg (office, state, grp) WHERE state IN ('waiting', 'called', 'serving', 'absent', 'on_hold');
CREATE INDEX leg_day ON leg (office, day);
CREATE INDEX leg_ticket ON leg (ticket);
-- The last guard: one window has at most one person.
CREATE UNIQUE INDEX leg_window ON leg (office, window) WHERE state IN ('called', 'serving');

CREATE TABLE floor_window (
  office       TEXT NOT NULL,
  window       TEXT NOT NULL,
  state        TEXT NOT NULL,         -- closed, open, paused; who is there is in leg
  staff        TEXT,
  staff_name   TEXT,
  groups       TEXT NOT NULL,         -- letters in order, separated by a space
  pause_reason TEXT,
  paused_at    INTEGER,
  undo         TEXT,                  -- JSON: how to take the last step back
  undo_until   INTEGER,
  PRIMARY KEY (office, window)
) STRICT, WITHOUT ROWID;

CREATE TABLE floor_event (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  office  TEXT NOT NULL,
  day     TEXT NOT NULL,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  actor   TEXT NOT NULL,
  ticket  TEXT,
  number  TEXT,
  window  TEXT,
  service TEXT,
  reason  TEXT,
  wait_ms INTEGER,                    -- on the first call: issue or check-in to call
  data    TEXT                        -- JSON: on issued and checked_in, the whole ticket
) STRICT;
CREATE INDEX floor_event_day ON floor_event (office, day, seq);
CREATE INDEX floor_event_ticket ON floor_event (ticket) WHERE ticket IS NOT NULL;
CREATE TRIGGER floor_event_keeps_rows BEFORE DELETE ON floor_event BEGIN SELECT RAISE(ABORT, 'floor_event is append-only'); END;
CREATE TRIGGER floor_event_keeps_values BEFORE UPDATE ON floor_event BEGIN SELECT RAISE(ABORT, 'floor_event is append-only'); END;

-- Reservations of today and the next days as known at the last contact with the city; kept by link.
CREATE TABLE expected (
  reservation TEXT PRIMARY KEY,
  office      TEXT NOT NULL,
  day         TEXT NOT NULL,
  code        TEXT NOT NULL,
  token_hash  TEXT NOT NULL,          -- SHA-256 of the check-in token
  service     TEXT NOT NULL,
  grp         TEXT NOT NULL,
  start_at    INTEGER NOT NULL,
  state       TEXT NOT NULL,          -- booked, checked_in, cancelled, no_show, served
  locale      TEXT NOT NULL,
  help        TEXT NOT NULL,
  party       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX expected_code ON expected (code);
CREATE INDEX expected_token ON expected (token_hash);
CREATE INDEX expected_day ON expected (office, day, start_at);

-- When anything a screen shows last changed.
CREATE TABLE floor_revision (
  office     TEXT PRIMARY KEY,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
