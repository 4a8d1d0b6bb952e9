// Which sentences are written in which languages. What only staff read, and what a hall display shows in Japanese and
// English side by side, is in ja and en. All other sentences are for citizens in all six languages: a language is offered
// on their screens when it has every one of them.
const staffOnly = [
  "counter.",
  "paper.page.",
  "paper.printer.",
  "paper.test",
  "staff.",
  "refusal.bad_credentials.",
  "refusal.clock_",
  "refusal.forbidden.",
  "refusal.illegal_move.",
  "refusal.nobody_waiting.",
  "refusal.not_signed_in.",
  "refusal.nothing_",
  "refusal.password_change_required.",
  "refusal.ticket_taken.",
  "refusal.too_many_sign_ins.",
  "refusal.undo_expired.",
  "refusal.unknown_device.",
  "refusal.unknown_window.",
  "refusal.weak_password.",
  "refusal.window_",
];
const hallDisplay = [
  "hall.before.",
  "hall.call.following",
  "hall.call.reserved",
  "hall.call.zone",
  "hall.closed.",
  "hall.demo_time",
  "hall.end.",
  "hall.foot.",
  "hall.list.",
  "hall.mute",
  "hall.people",
  "hall.setup.",
  "hall.stop.",
  "hall.title",
];
const inTwo = [...staffOnly, ...hallDisplay];

export const isInAllLanguages = (key) => !inTwo.some((prefix) => key.startsWith(prefix));
