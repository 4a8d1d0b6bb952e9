// A ticket number: letter and digits of equal height, never split, never truncated.
import type { JSX } from "preact";
import { ticketParts } from "../../core/codes.ts";
import "./number.css";

export interface TicketNumberProps {
  number: string;
  /** The letter in the text's colour instead of the key colour */
  plain?: boolean;
}

export function TicketNumber({ number, plain }: TicketNumberProps): JSX.Element {
  const { letter, digits } = ticketParts(number);
  return (
    <span class={plain ? "m-number m-number--plain" : "m-number"}>
      {letter && <span class="m-number__letter">{letter}</span>}
      <span class="m-number__digits">{digits}</span>
    </span>
  );
}
