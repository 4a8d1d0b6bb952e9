// Where a visitor is: a real address per step, so that Back, reload and a shared link work. Pure.

export const steps = ["office", "errand", "bring", "time", "contact", "check", "done"] as const;
export type Step = (typeof steps)[number];

export interface Route {
  step: Step;
  office?: string;
  errand?: string;
  service?: string;
}

const isStep = (text: string | null): text is Step => steps.some((step) => step === text);
const isId = (text: string | null): text is string =>
  text !== null && /^[a-z0-9_-]{1,40}$/.test(text);

/** Reads the query of an address; what makes no sense is left out. */
export function parseRoute(query: string): Route {
  const values = new URLSearchParams(query);
  const step = values.get("step");
  const route: Route = { step: isStep(step) ? step : "errand" };
  for (const name of ["office", "errand", "service"] as const) {
    const value = values.get(name);
    if (isId(value)) route[name] = value;
  }
  return route;
}

export function addressOf(route: Route): string {
  const values = new URLSearchParams();
  if (route.office) values.set("office", route.office);
  if (route.errand) values.set("errand", route.errand);
  if (route.service) values.set("service", route.service);
  if (route.step !== "errand") values.set("step", route.step);
  const query = values.toString();
  return query ? `/?${query}` : "/";
}

export interface Standing {
  hasHold: boolean;
  hasReservation: boolean;
}

/** The farthest step the visitor may stand on; a link into the middle leads to what is missing first. */
export function allowed(route: Route, standing: Standing): Route {
  if (route.step === "done") return standing.hasReservation ? route : { ...route, step: "errand" };
  if (!route.office) return { ...route, step: "office" };
  if (route.step === "office") return route;
  if (!route.service) return { ...route, step: "errand" };
  const needsHold = route.step === "contact" || route.step === "check";
  return needsHold && !standing.hasHold ? { ...route, step: "time" } : route;
}

/** The step that Back on the page leads to. */
export function previous(route: Route): Route {
  const { errand, service, ...rest } = route;
  const withErrand = errand ? { errand } : {};
  const withService = service ? { service } : {};
  switch (route.step) {
    case "bring":
      return { ...rest, ...withErrand, step: "errand" };
    case "time":
      return { ...rest, ...withErrand, ...withService, step: "bring" };
    case "contact":
      return { ...rest, ...withErrand, ...withService, step: "time" };
    case "check":
      return { ...rest, ...withErrand, ...withService, step: "contact" };
    default:
      return { ...rest, step: "errand" };
  }
}
