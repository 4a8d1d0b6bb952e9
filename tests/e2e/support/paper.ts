// What the paper of a ticket must look like, dot for dot: drawn by the same program's preview from the ticket's fields.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { binFolder } from "./house.ts";
import type { Ticket } from "./kiosk.ts";

/** A PNG of the 80 mm paper. */
export function expectedPaper(ticket: Ticket): Buffer {
  const isJapanese = ticket.locale === "ja";
  const fields = {
    office: ticket.office_name,
    place: ticket.section ?? "",
    number: ticket.number,
    service_ja: ticket.service_name_ja,
    ...(isJapanese ? {} : { service: ticket.service_name }),
    issued_at: ticket.issued_at,
    zone: ticket.zone,
    people_ahead: ticket.people_ahead,
    ...(ticket.estimate ? { estimate: ticket.estimate } : {}),
    ...(ticket.reserved_for ? { reservation_at: ticket.reserved_for } : {}),
    url: ticket.url,
    locale: ticket.locale,
    is_copy: false,
    is_test: false,
  };
  return execFileSync(join(binFolder, "matanai-print"), ["preview", "-", "--output", "-"], {
    input: JSON.stringify(fields),
  });
}
