import { TicketNumber } from "./number.tsx";

export const name = "number";

export const examples = {
  threeDigits: () => <TicketNumber number="A012" />,
  fourDigits: () => <TicketNumber number="C9001" />,
  plain: () => <TicketNumber number="R089" plain />,
};
