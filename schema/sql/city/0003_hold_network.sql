-- Which network holds a place (keyed hash of the /24 or /64), so that one network holds a share of a day at most. Only
-- while it is held: booked or expired, the row forgets it.
ALTER TABLE reservation ADD COLUMN held_from TEXT;
CREATE INDEX reservation_held_from ON reservation (held_from, office, grp, day) WHERE held_from IS NOT NULL;
