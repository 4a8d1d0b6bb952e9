// Numbers that people read and type: reservation codes and ticket numbers. Pure.
// The rules are those of schema/types/codes.hpp.

export interface TicketNumberParts {
  letter: string;
  digits: string;
}

/** "A012" → A and 012; a text without a leading letter is all digits. */
export function ticketParts(number: string): TicketNumberParts {
  const match = /^([A-Z]*)(.*)$/.exec(number);
  return { letter: match?.[1] ?? "", digits: match?.[2] ?? number };
}

/** Full-width digits, letters and signs become their plain forms. */
export function toHalfWidth(text: string): string {
  return text.normalize("NFKC").replace(/[\u2010-\u2015\u2212\u30fc]/g, "-");
}

/** Check digit of ISO/IEC 7064 MOD 11,10. */
export function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

export type CodeFault = "empty" | "not_digits" | "length" | "check";

/** What a person typed as reservation code: the 8 digits, or what is wrong with it. */
export function parseCode(typed: string): { code: string } | { fault: CodeFault } {
  const text = toHalfWidth(typed).replace(/[\s-]/g, "");
  if (text === "") return { fault: "empty" };
  if (!/^\d+$/.test(text)) return { fault: "not_digits" };
  if (text.length !== 8) return { fault: "length" };
  if (checkDigit(text.slice(0, 7)) !== text[7]) return { fault: "check" };
  return { code: text };
}

/** "48271936" → "4827 1936" */
export function spokenCode(code: string): string {
  return code.length === 8 ? `${code.slice(0, 4)} ${code.slice(4)}` : code;
}

export type PhoneFault = "empty" | "not_digits" | "length" | "start";

/** A Japanese telephone number as typed: its digits, or what is wrong. 10 or 11 digits from 0; +81 is taken. */
export function parsePhone(typed: string): { phone: string } | { fault: PhoneFault } {
  const text = toHalfWidth(typed)
    .replace(/[\s\-().]/g, "")
    .replace(/^\+81/, "0");
  if (text === "") return { fault: "empty" };
  if (!/^\d+$/.test(text)) return { fault: "not_digits" };
  if (text[0] !== "0") return { fault: "start" };
  if (text.length !== 10 && text.length !== 11) return { fault: "length" };
  return { phone: text };
}

/** "09012345678" → "090-1234-5678": 11 digits as 3-4-4, 10 digits as 3-3-4 (2-4-4 in Tokyo and Osaka, 4-3-3 for 0120). */
export function spokenPhone(phone: string): string {
  if (phone.length === 11) return `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`;
  if (phone.length !== 10) return phone;
  const area = /^0[36]/.test(phone) ? 2 : phone.startsWith("0120") ? 4 : 3;
  return `${phone.slice(0, area)}-${phone.slice(area, area === 4 ? 7 : 6)}-${phone.slice(area === 4 ? 7 : 6)}`;
}

export type MailFault = "empty" | "at" | "domain";

/** Only what surely cannot be an address is refused. */
export function parseMail(typed: string): { mail: string } | { fault: MailFault } {
  const text = typed.normalize("NFKC").trim();
  if (text === "") return { fault: "empty" };
  const [name, domain, ...rest] = text.split("@");
  if (!name || domain === undefined || rest.length > 0 || /\s/.test(text)) return { fault: "at" };
  if (!/^[^.].*\.[^.]{2,}$/.test(domain)) return { fault: "domain" };
  return { mail: text };
}

/**
 * An address without prefecture and city, which go without saying inside the city: 門司区清滝一丁目1番1号. Breaks
 * between ward and town (U+200B), never within its numbers (U+2060).
 */
export function shortAddress(address: string): string {
  const inside = address.replace(/^[^都道府県]{2,3}[都道府県][^市]{1,6}市/, "");
  return inside.replace(/(?<=丁目|番)(?=\d)/g, "\u2060").replace(/(?<=^[^区]{1,5}区)/, "\u200b");
}
