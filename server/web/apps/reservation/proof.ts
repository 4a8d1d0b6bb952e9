// Proving who one is without an account: code and contact, or code and the booked date and time. Pure.
import type { ReservationProof } from "../../api/types.ts";
import { parseCode } from "../../core/codes.ts";

export type ProofKind = "contact" | "slot";

export interface ProofForm {
  code: string;
  kind: ProofKind;
  contact: string;
  date: string;
  time: string;
}

export const emptyProof: ProofForm = { code: "", kind: "contact", contact: "", date: "", time: "" };

export type ProofField = "code" | "contact" | "date" | "time";

export interface ProofFault {
  field: ProofField;
  /** Key under reservation.fault */
  code: string;
}

export function faultsOf(form: ProofForm): ProofFault[] {
  const faults: ProofFault[] = [];
  const code = parseCode(form.code);
  if ("fault" in code) faults.push({ field: "code", code: `code_${code.fault}` });
  if (form.kind === "contact" && form.contact.trim() === "") {
    faults.push({ field: "contact", code: "contact_empty" });
  }
  if (form.kind === "slot" && form.date === "") faults.push({ field: "date", code: "date_empty" });
  if (form.kind === "slot" && form.time === "") faults.push({ field: "time", code: "time_empty" });
  return faults;
}

/** The proof of a form without faults. */
export function proofOf(form: ProofForm): ReservationProof {
  const read = parseCode(form.code);
  const code = "code" in read ? read.code : form.code;
  if (form.kind === "contact") return { code, contact: form.contact.trim() };
  return { code, date: form.date, time: form.time.slice(0, 5) };
}
