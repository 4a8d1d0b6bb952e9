// The office and window this browser worked at last. Only a convenience: without storage the clerk chooses again.
const key = "matanai.counter";

export interface Place {
  office: string;
  window?: string;
}

export function recallPlace(storage: Storage = localStorage): Place | undefined {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? "null");
    if (typeof stored !== "object" || stored === null || !("office" in stored)) return undefined;
    return stored as Place;
  } catch {
    return undefined;
  }
}

export function rememberPlace(place: Place, storage: Storage = localStorage): void {
  try {
    storage.setItem(key, JSON.stringify(place));
  } catch {
    // Storage may be off.
  }
}
