-- People ahead are counted in the order of the line, from the index alone.
DROP INDEX leg_open;
CREATE INDEX leg_open ON leg (office, state, grp, ready_at)
  WHERE state IN ('waiting', 'called', 'serving', 'absent', 'on_hold');
-- The ticket's issue time again, so that the day's figures need no second table.
ALTER TABLE leg ADD COLUMN issued_at INTEGER NOT NULL DEFAULT 0;
UPDATE leg SET issued_at = (SELECT ticket.issued_at FROM ticket WHERE ticket.id = leg.ticket);
