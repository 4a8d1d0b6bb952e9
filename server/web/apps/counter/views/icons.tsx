// Small line icons of staff screens on a 20 × 20 grid, always beside a word.
import type { ComponentChild, JSX } from "preact";

const d = (...paths: string[]) => paths.map((one) => <path key={one} d={one} />);

const shapes = {
  bell: d("M10 3a5 5 0 0 0-5 5v4l-1.5 2.5h13L15 12V8a5 5 0 0 0-5-5Z", "M8 17h4"),
  serving: <path d="M6 4l10 6-10 6Z" fill="currentColor" />,
  free: <circle cx="10" cy="10" r="6.5" stroke-width="2" />,
  paused: [<circle key="c" cx="10" cy="10" r="7.2" />, ...d("M8 7v6M12 7v6")],
  closed: d("M5 5l10 10M15 5 5 15"),
  absent: [
    <circle key="c" cx="10" cy="10" r="7" stroke-dasharray="3 2.5" />,
    ...d("M7.5 7.5l5 5m0-5l-5 5"),
  ],
  back: d("M8 5 4 9l4 4", "M4 9h8a4 4 0 0 1 0 8h-2"),
  hold: <path d="M7 4v12M13 4v12" stroke-width="3" />,
  transfer: d("M3 10h12", "m11 5 5 5-5 5"),
  check: <path d="m4 10.5 4 4 8-9" stroke-width="2.4" />,
  people: [
    <circle key="a" cx="7" cy="7" r="2.6" />,
    <circle key="b" cx="14" cy="8" r="2.1" />,
    ...d("M2.5 16c0-3 2-5 4.5-5s4.5 2 4.5 5", "M13.5 11.5c2.5 0 4 1.7 4 4"),
  ],
  list: d("M4 5h12M4 10h12M4 15h12"),
  search: [<circle key="c" cx="9" cy="9" r="5.5" />, ...d("m13 13 4 4")],
  info: [
    <circle key="c" cx="10" cy="10" r="7.2" />,
    ...d("M10 9.5v4.5"),
    <circle key="p" cx="10" cy="6.5" r=".7" fill="currentColor" />,
  ],
  clock: [<circle key="c" cx="10" cy="10" r="7.2" />, ...d("M10 6v4.3l3 1.7")],
  late: [
    <path key="t" d="M10 2.5 18.5 17h-17Z" fill="currentColor" stroke="none" />,
    <path key="i" d="M10 8v4.5" stroke="#fff" stroke-width="2" />,
    <circle key="p" cx="10" cy="14.8" r="1.1" fill="#fff" stroke="none" />,
  ],
  soon: [
    <path key="t" d="M10 2 18 10l-8 8-8-8Z" stroke-width="2" />,
    <path key="i" d="M10 6.5v4" stroke-width="2" />,
    <circle key="p" cx="10" cy="13" r=".6" fill="currentColor" />,
  ],
  up: d("M10 17V4", "m4 9 6-6 6 6"),
  unplugged: d("M3 17 17 3", "M7 5v4a3 3 0 0 0 3 3M13 15v-4a3 3 0 0 0-1-2"),
  wheelchair: [
    <circle key="w" cx="9" cy="12.5" r="4.5" />,
    <circle key="h" cx="9" cy="3.5" r="1.3" fill="currentColor" />,
    ...d("M9 6v4.5h4l2.5 5"),
  ],
  sign_language: d(
    "M4 10V6.5M6.5 9V4M9 9V3M11.5 9.5V5",
    "M4 10c0 4 2.5 7 6 7 2.500 0 4-1.500 5-4l1.500-3.500-2-.8-2 3",
  ),
  writing: d("m4 16 1-4 8.5-8.5 3 3L8 15Z"),
  interpreter: d("M3 4h9v6H7l-4 3Z", "M14 8h3v8l-3-2.500H9V12"),
  ticket: d("M3 6h14v3a1.500 1.500 0 0 0 0 3v3H3v-3a1.500 1.500 0 0 0 0-3Z", "M12 6v9"),
  person: [
    <circle key="c" cx="10" cy="6.5" r="3" />,
    ...d("M4 17c0-3.500 2.500-6 6-6s6 2.500 6 6"),
  ],
} satisfies Record<string, ComponentChild>;

export type SignName = keyof typeof shapes;

export function Sign({ name }: { name: SignName }): JSX.Element {
  return (
    <svg
      class="m-ic"
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {shapes[name]}
    </svg>
  );
}
