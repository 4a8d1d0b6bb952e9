// Tells the scanner, which types like a keyboard, from fingers: a reservation's token is "MR", 26 characters of base32
// and a check character, typed at ≤ 35 ms a key on average, no gap over 120 ms, ended by Enter. Pure: fed with keys and
// their times. The token's form is that of schema/types/codes.hpp.

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const prefix = "MR";
const tokenLength = 29;
const longest = 40;
const numberLength = 8;
const digitsOnly = /^[0-9]+$/;
const meanGapMs = 35;
const longestGapMs = 120;

/** Luhn mod 32 over the base32 body. */
export function checkCharacter(body: string): string {
  let sum = 0;
  let factor = 2;
  for (const character of [...body].reverse()) {
    const addend = factor * alphabet.indexOf(character);
    factor = factor === 2 ? 1 : 2;
    sum += Math.floor(addend / 32) + (addend % 32);
  }
  return alphabet.charAt((32 - (sum % 32)) % 32);
}

export function isToken(text: string): boolean {
  if (text.length !== tokenLength || !text.startsWith(prefix)) return false;
  const body = text.slice(prefix.length, -1);
  if ([...body].some((character) => !alphabet.includes(character))) return false;
  return checkCharacter(body) === text.at(-1);
}

export interface Key {
  key: string;
  /** Of the event, in ms */
  at: number;
  isComposing?: boolean;
}

export interface Heard {
  /** The key belongs to the scanner: nothing else may act on it */
  isMine: boolean;
  token?: string;
  /** Scanned, but not one of our codes, or misread */
  isMisread?: boolean;
  /** Eight digits were typed as fast as a scanner: the number pad has had each of them */
  isNumber?: boolean;
}

export interface ScanDetector {
  hear(key: Key): Heard;
}

export function makeScanDetector(): ScanDetector {
  let text = "";
  let startedAt = 0;
  let lastAt = 0;

  function restart(key: Key): Heard {
    text = /^[A-Z0-9]$/i.test(key.key) ? key.key.toUpperCase() : "";
    startedAt = key.at;
    lastAt = key.at;
    return { isMine: false };
  }

  function end(key: Key): Heard {
    const scanned = text;
    const mean = (key.at - startedAt) / scanned.length;
    text = "";
    if (mean > meanGapMs || scanned.length < numberLength) return { isMine: false };
    if (scanned.length === numberLength && digitsOnly.test(scanned)) {
      return { isMine: true, isNumber: true };
    }
    return isToken(scanned) ? { isMine: true, token: scanned } : { isMine: true, isMisread: true };
  }

  function hear(key: Key): Heard {
    if (key.isComposing) return { isMine: false };
    if (["Shift", "CapsLock", "Control", "Alt", "Meta"].includes(key.key)) return { isMine: false };
    const gap = key.at - lastAt;
    if (text === "" || gap > longestGapMs) return restart(key);
    if (key.key === "Enter") return end(key);
    // Signs of foreign codes ("https://…") are taken too, so that a foreign code is told kindly instead of typed.
    if (key.key.length !== 1 || text.length >= longest * 4) return restart(key);
    text += key.key.toUpperCase();
    lastAt = key.at;
    // Digits are a person's until something else comes: tokens begin with letters.
    if (digitsOnly.test(text)) return { isMine: false };
    return { isMine: (key.at - startedAt) / (text.length - 1) <= meanGapMs };
  }

  return { hear };
}
