// The office as the kiosk offers it: errands in the visitor's language with the people who wait for them. Pure.
import type { Errand, OfficeDetail, Service } from "@matanai/web/api";
import type { KioskState, Line } from "./types.ts";

export type OfficeByLocale = Readonly<Record<string, OfficeDetail>>;

export interface Choice {
  id: string;
  name: string;
  examples: string;
  icon: string;
  services: readonly string[];
  /** Who waits for it; undefined when not known */
  line?: Line;
}

/** How many rows fit without scrolling. */
export const rowsPerScreen = 6;

export function officeIn(offices: OfficeByLocale, locale: string): OfficeDetail | undefined {
  return offices[locale] ?? offices.ja;
}

/** The line of these services; undefined when not known, or when they are of several lines. */
export function lineOf(
  services: readonly string[],
  office: OfficeDetail,
  live: KioskState | undefined,
): Line | undefined {
  if (!live || live.waiting.length === 0) return undefined;
  const groups = new Set(
    office.services.filter((service) => services.includes(service.id)).map(({ group }) => group),
  );
  // An errand of several lines has no one number: the next screen says it for each service.
  const [group] = groups;
  return groups.size === 1 ? live.waiting.find((line) => line.group === group) : undefined;
}

function choice(errand: Errand, office: OfficeDetail, live?: KioskState): Choice {
  const line = lineOf(errand.services, office, live);
  const { id, name, examples, icon, services } = errand;
  return { id, name, examples, icon, services, ...(line ? { line } : {}) };
}

/** Errands with something to give a number for; the guide's own ("わからない") stands apart below them. */
export function choicesOf(
  office: OfficeDetail,
  live?: KioskState,
): { rows: readonly Choice[]; unsure?: Choice } {
  const all = office.errands
    .filter(({ services }) => services.length > 0)
    .map((errand) => choice(errand, office, live));
  const unsure = all.find(({ icon }) => icon === "help");
  const rows = all.filter((one) => one !== unsure);
  return unsure ? { rows, unsure } : { rows };
}

export function servicesOf(
  office: OfficeDetail,
  errand: string,
  live?: KioskState,
): readonly Choice[] {
  const found = office.errands.find(({ id }) => id === errand);
  if (!found) return [];
  const byId = new Map(office.services.map((service): [string, Service] => [service.id, service]));
  return found.services.flatMap((id) => {
    const service = byId.get(id);
    if (!service) return [];
    const line = lineOf([id], office, live);
    const row = { id, name: service.name, examples: "", icon: found.icon, services: [id] };
    return [line ? { ...row, line } : row];
  });
}
