-- What each kiosk last told of its printer, and whether it is connected.
CREATE TABLE kiosk_printer (
  office       TEXT NOT NULL,
  kiosk        TEXT NOT NULL,         -- the device's id
  state        TEXT NOT NULL CHECK (state IN ('ready', 'paper_near_end', 'offline', 'overheated', 'paper_out', 'cover_open',
                                              'cutter_error', 'error', 'not_answering', 'taken')),
  since        INTEGER NOT NULL,      -- in this state
  model        TEXT NOT NULL,         -- as it calls itself; empty = not known
  confirms     TEXT CHECK (confirms IN ('printed', 'processed', 'sent')),
  paper_metres INTEGER NOT NULL CHECK (paper_metres >= 0),
  roll_since   INTEGER NOT NULL,      -- when this roll was first told of
  alone_since  INTEGER,               -- without connection
  PRIMARY KEY (office, kiosk)
) STRICT, WITHOUT ROWID;

-- Calls may be about a printer that needs somebody; they stand beside a person's call.
CREATE TABLE staff_call_new (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  office      TEXT NOT NULL,
  day         TEXT NOT NULL,          -- date in the office's zone
  issuer      TEXT NOT NULL,          -- the kiosk's id
  message_id  TEXT NOT NULL,          -- of a call that the server made: the trouble, "taken/1795485600000"
  reason      TEXT NOT NULL CHECK (reason IN ('help', 'not_found', 'printer', 'no_number', 'paper_near_end', 'cover_open',
                                              'not_answering', 'taken')),
  is_printers INTEGER NOT NULL GENERATED ALWAYS AS (reason NOT IN ('help', 'not_found', 'no_number')) STORED,
  called_at   INTEGER NOT NULL,
  answered_at INTEGER,
  answered_by TEXT,                   -- as shown; who it was is in the event
  dropped_at  INTEGER,
  UNIQUE (issuer, message_id),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
  CHECK (answered_at IS NULL OR dropped_at IS NULL)
) STRICT;
INSERT INTO staff_call_new (id, office, day, issuer, message_id, reason, called_at, answered_at, answered_by, dropped_at)
SELECT id, office, day, issuer, message_id, reason, called_at, answered_at, answered_by, dropped_at
FROM staff_call;
-- Ids are never given twice, not even after the newest rows were deleted.
UPDATE sqlite_sequence
SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'staff_call')
WHERE name = 'staff_call_new' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'staff_call');
DROP TABLE staff_call;
ALTER TABLE staff_call_new RENAME TO staff_call;
CREATE UNIQUE INDEX staff_call_open ON staff_call (office, issuer, is_printers) WHERE answered_at IS NULL AND dropped_at IS NULL;
CREATE INDEX staff_call_answered ON staff_call (office, answered_at) WHERE answered_at IS NOT NULL;
CREATE INDEX staff_call_dropped ON staff_call (office, dropped_at) WHERE dropped_at IS NOT NULL;
