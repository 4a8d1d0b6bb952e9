-- The kiosk's journal. A request, its number and its print are written here before anything that depends on them
-- happens; every change appends to kiosk_event in the same transaction.

CREATE TABLE journal_head (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  epoch INTEGER NOT NULL,          -- drawn when the file is made: a new disk never continues an old series
  last_seq INTEGER NOT NULL,       -- of kiosk_event, gapless
  last_counter INTEGER NOT NULL,   -- part of every message id
  last_day TEXT NOT NULL           -- the office's date as last seen; never goes back
) STRICT;

-- What the server said last and the screen needs without it: device, office details by language, clock offset.
CREATE TABLE kept (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket_request (
  message_id TEXT PRIMARY KEY,
  press TEXT NOT NULL UNIQUE,      -- of the page: the same press never becomes two requests
  kind TEXT NOT NULL CHECK (kind IN ('walk_in', 'check_in')),
  service TEXT,                    -- walk_in
  code TEXT,                       -- check_in; erased as soon as the request has ended
  token TEXT,                      -- check_in; erased likewise
  locale TEXT NOT NULL,
  day TEXT NOT NULL,               -- the office's date; another day's request is never sent again
  state TEXT NOT NULL CHECK (state IN ('requested', 'issued', 'printing', 'printed', 'print_failed', 'print_unknown',
                                       'refused', 'lapsed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  number TEXT,
  ticket TEXT,                     -- the server's answer, JSON
  refusal TEXT,                    -- code, when refused
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((number IS NULL) = (ticket IS NULL)),
  CHECK (state NOT IN ('issued', 'printing', 'printed', 'print_failed', 'print_unknown') OR ticket IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_request_open ON ticket_request (state, created_at)
WHERE state IN ('requested', 'issued', 'printing', 'print_failed', 'print_unknown');

CREATE TABLE print_job (
  id TEXT PRIMARY KEY,             -- message id and attempt
  message_id TEXT NOT NULL REFERENCES ticket_request (message_id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,        -- 1, 2, …
  is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),  -- marked 再発行: an earlier one may be on paper
  state TEXT NOT NULL CHECK (state IN ('reserved', 'sending', 'sent', 'confirmed', 'failed', 'unknown')),
  changed_at INTEGER NOT NULL,
  UNIQUE (message_id, attempt)
) STRICT, WITHOUT ROWID;

-- What is handed over to the office, in this order and without gaps, when the kiosk works alone.
CREATE TABLE kiosk_event (
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  monotonic_ms INTEGER NOT NULL,   -- of the boot named beside it
  boot TEXT NOT NULL,
  kind TEXT NOT NULL,
  message_id TEXT,
  number TEXT,
  detail TEXT,
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
