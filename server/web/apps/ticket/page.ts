// What the ticket page's script does to the page. Marks are data attributes of server/web/pages/ticket.html.

const mostInLine = 8;

export function show(mark: string, isShown: boolean): void {
  for (const element of document.querySelectorAll<HTMLElement>(mark)) element.hidden = !isShown;
}

export function setTimes(time: string): void {
  for (const element of document.querySelectorAll("[data-as-of]")) element.textContent = time;
}

export function isCalled(): boolean {
  return document.querySelector("main")?.dataset.state === "called";
}

/** Takes main, title and what is to be announced from a new copy of the page. */
export function swapMain(html: string): void {
  const next = new DOMParser().parseFromString(html, "text/html");
  const fresh = next.querySelector("main");
  const old = document.querySelector("main");
  if (!fresh || !old) return;
  old.replaceWith(document.adoptNode(fresh));
  document.title = next.title;
  const words = fresh.dataset.announce ?? "";
  const live = document.querySelector("[data-live]");
  if (live && words && words !== old.dataset.announce) live.textContent = words;
}

/** People before the visitor as figures; decoration of the number that is said in words. */
export function drawLine(): void {
  const line = document.querySelector<HTMLElement>("[data-line]");
  const figure = line?.querySelector("svg");
  if (!line || !figure) return;
  const count = Math.min(Number(document.querySelector("main")?.dataset.ahead ?? 0), mostInLine);
  const people = Array.from({ length: count }, () => {
    const person = document.createElement("span");
    person.append(figure.cloneNode(true));
    return person;
  });
  line.prepend(...people);
  line.hidden = false;
}
