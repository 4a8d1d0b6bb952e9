// The visitor's ward office, kept in the browser from visit to visit.

const officeKey = "office";

export function rememberedOffice(): string | undefined {
  try {
    return localStorage.getItem(officeKey) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberOffice(id: string): void {
  try {
    localStorage.setItem(officeKey, id);
  } catch {
    // Asked again next time.
  }
}
