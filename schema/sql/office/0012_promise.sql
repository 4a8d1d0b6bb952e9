-- What each waiting person was told, beside what happened (first_called_at): told_* is the promise of
-- the moment the ticket was given, slot_at the reservation's time as the call order uses it.
ALTER TABLE leg ADD COLUMN slot_at INTEGER;          -- only of a reservation that came in time
ALTER TABLE leg ADD COLUMN told_low INTEGER;         -- minutes, as printed
ALTER TABLE leg ADD COLUMN told_high INTEGER;
ALTER TABLE leg ADD COLUMN told_soon INTEGER;        -- 1: "soon" was told instead of the range
ALTER TABLE leg ADD COLUMN told_latest INTEGER;      -- "at the latest": an instant
ALTER TABLE leg ADD COLUMN told_q10_ms INTEGER;      -- quantiles of the wait before rounding
ALTER TABLE leg ADD COLUMN told_q50_ms INTEGER;
ALTER TABLE leg ADD COLUMN told_q90_ms INTEGER;
ALTER TABLE leg ADD COLUMN told_windows INTEGER;     -- open for this line when it was told
ALTER TABLE leg ADD COLUMN told_age_ms INTEGER;      -- how old the estimate was when it was told
ALTER TABLE leg ADD COLUMN told_model TEXT;          -- version of the estimator
-- A call that could not keep a told time without breaking the passing limit.
ALTER TABLE leg ADD COLUMN broke_promise INTEGER NOT NULL DEFAULT 0;
