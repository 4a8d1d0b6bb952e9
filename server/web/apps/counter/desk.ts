// The desk at a counter: gives somebody a number or checks a reservation in. One form is one decision: sent again after
// an answer was lost, it gives the same number.
import { newKey } from "../../api/index.ts";
import type { IssuedTicket } from "../../api/types.ts";
import type { Locale } from "../../words/index.ts";
import { pressClient } from "./press.ts";
import { type floor, office, ownId } from "./state.ts";

export type Order =
  | { way: "walk_in"; service: string; locale: Locale; priority: boolean }
  | { way: "check_in"; code: string };

let last: { order: string; id: string } | undefined;

/** The id of this order: the same one until it has been answered or something else is asked for. */
function messageId(order: Order): string {
  const text = JSON.stringify([office.value, order]);
  if (last?.order !== text) last = { order: text, id: newKey() };
  return last.id;
}

/** Throws the Refusal with the words to tell. */
export async function take(order: Order): Promise<IssuedTicket> {
  const id = messageId(order);
  const sender = { issuer: `window-${ownId.value ?? ""}`, message_id: id };
  const path = { office: office.value ?? "" };
  const { way, ...wanted } = order;
  const ticket =
    way === "walk_in"
      ? await pressClient.post(
          "/api/v1/offices/{office}/tickets",
          { path, body: { ...sender, ...(wanted as Omit<Order & { way: "walk_in" }, "way">) } },
          id,
        )
      : await pressClient.post(
          "/api/v1/offices/{office}/check-ins",
          { path, body: { ...sender, ...(wanted as Omit<Order & { way: "check_in" }, "way">) } },
          id,
        );
  last = undefined;
  return ticket;
}

export type DeskService = NonNullable<typeof floor.value>["services"][number];

/** Services whose name in either language, or whose letter, fits what was typed. */
export function findServices(services: readonly DeskService[], typed: string): DeskService[] {
  const text = typed.normalize("NFKC").trim().toLowerCase();
  return services.filter(
    ({ group, name_ja, name_en }) =>
      group.toLowerCase() === text ||
      name_ja.normalize("NFKC").toLowerCase().includes(text) ||
      name_en.toLowerCase().includes(text),
  );
}
