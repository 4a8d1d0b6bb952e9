-- What the physics alone said when a wait was told (told_*): what the office's own record is fitted on.
ALTER TABLE leg ADD COLUMN physics_q10_ms INTEGER;
ALTER TABLE leg ADD COLUMN physics_q50_ms INTEGER;
ALTER TABLE leg ADD COLUMN physics_q90_ms INTEGER;
ALTER TABLE leg ADD COLUMN physics_soon INTEGER;     -- 1: a call within three minutes was likely
