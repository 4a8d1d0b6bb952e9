// Where the paper of a ticket is: what came with the ticket until the kiosk's frames say more. Pure.
import type { Model, Paper, TicketAnswer } from "./types.ts";

export function paperOf(model: Model, answer: TicketAnswer): Paper {
  const told = model.live?.papers.find((paper) => paper.message_id === answer.message_id);
  return told?.state ?? answer.paper;
}
