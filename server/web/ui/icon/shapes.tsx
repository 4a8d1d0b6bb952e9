// The house's own line icons on a 24 × 24 grid, stroke 2, round ends.
import type { ComponentChild } from "preact";

const path = (...d: string[]) => d.map((one) => <path key={one} d={one} />);
const circle = (cx: number, cy: number, r: number) => <circle cx={cx} cy={cy} r={r} />;
const round = circle(12, 12, 9);

export const shapes = {
  globe: [
    round,
    ...path(
      "M3 12h18M12 3c2.6 2.6 3.8 5.6 3.8 9s-1.2 6.4-3.8 9c-2.6-2.6-3.8-5.6-3.8-9S9.4 5.6 12 3z",
    ),
  ],
  place: [
    ...path(
      "M12 21.5c4.5-4.7 6.8-8.3 6.8-11.3A6.8 6.8 0 0 0 12 3.5a6.8 6.8 0 0 0-6.8 6.7c0 3 2.3 6.6 6.8 11.3z",
    ),
    circle(12, 10, 2.5),
  ],
  search: [circle(10.5, 10.5, 6.5), ...path("m15.5 15.5 5 5")],
  home: path(
    "M3 11.5 11 4l4 3.7",
    "M5.5 9.5V20H12",
    "M10 20v-5h3",
    "M14.5 14.5H22m0 0-3-3m3 3-3 3",
  ),
  card: [
    <rect x="2.5" y="5" width="19" height="14" rx="2" />,
    circle(8, 11, 2),
    ...path("M5 16c.5-1.8 1.6-2.6 3-2.6s2.5.8 3 2.6M14 9.5h4.5M14 13h4.5M14 16h2.5"),
  ],
  family: [
    circle(7.5, 7, 2.8),
    circle(16.5, 7, 2.8),
    ...path(
      "M2.5 19c.3-4 2-6 5-6s4.5 1.8 5 4M12 17c.4-2.6 2-4 4.5-4 3 0 4.7 2 5 6",
      "M2.5 19H21.5",
    ),
  ],
  health: path(
    "M12 3 4.5 6v5.5c0 4.6 3 7.8 7.5 9.5 4.5-1.7 7.5-4.9 7.5-9.5V6z",
    "M12 8.5v7M8.5 12h7",
  ),
  child: [
    circle(8, 5.5, 2.5),
    ...path("M4 21v-6.5C4 11.8 5.6 10 8 10s4 1.8 4 4.5V21"),
    circle(17, 11, 2),
    ...path("M14 21v-3c0-2 1.2-3.3 3-3.3s3 1.3 3 3.3v3"),
  ],
  paper: path("M6 3h8l4 4v14H6z", "M14 3v4h4M9 12h6M9 15.5h6M9 8.5h2"),
  help: [
    round,
    ...path(
      "M9.3 9.5c.1-1.7 1.2-2.7 2.8-2.7 1.7 0 2.8 1 2.8 2.5 0 2.1-2.8 2.3-2.8 4.7",
      "M12.1 17v.2",
    ),
  ],
  phone: path(
    "M5 3.5h4l1.8 4.7-2.3 1.7c1 2.3 2.8 4.1 5.1 5.1l1.7-2.3 4.7 1.8v4c0 1-.8 1.8-1.8 1.8C10.4 20 4 13.6 3.2 5.3 3.2 4.3 4 3.5 5 3.5z",
  ),
  shop: path(
    "M3 9.5 4.5 4h15L21 9.5",
    "M3 9.5c0 1.4 1 2.5 2.3 2.5s2.2-1.1 2.2-2.5c0 1.4 1 2.5 2.3 2.5S12 10.9 12 9.5c0 1.4 1 2.5 2.2 2.5s2.3-1.1 2.3-2.5c0 1.4 1 2.5 2.2 2.5S21 10.9 21 9.5M5 12v8.5h14V12M9.5 20.5V16h5v4.5",
  ),
  mobile: [
    <rect x="6" y="2.5" width="12" height="19" rx="2.5" />,
    ...path("M10.5 18.5h3M9.5 10.5l2 2 3.5-3.8"),
  ],
  calendar: [
    <rect x="3.5" y="5" width="17" height="15.5" rx="2" />,
    ...path("M3.5 10h17M8 2.8V7M16 2.8V7"),
  ],
  check: path("m4.5 12.5 5 5 10-11"),
  clock: [round, ...path("M12 6.5V12l4 2.5")],
  warning: path("M12 3.5 22 20.5H2z", "M12 10v5M12 17.7v.1"),
  done: [circle(12, 12, 9.5), ...path("m7.5 12.3 3.2 3.2 6-6.5")],
  qr: path(
    "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z",
    "M14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM14 20v-1M20 14v1",
  ),
  print: [
    ...path("M7 8V3h10v5"),
    <rect x="3" y="8" width="18" height="9" rx="2" />,
    ...path("M7 14h10v7H7z"),
  ],
  bell: path(
    "M12 3.5c-3.6 0-5.5 2.6-5.5 6 0 4.5-2 6-2 7.5h15c0-1.5-2-3-2-7.5 0-3.4-1.9-6-5.5-6z",
    "M10 20c.3.9 1 1.3 2 1.3s1.7-.4 2-1.3",
  ),
  info: [round, ...path("M12 11v6M12 7.3v.1")],
  offline: path(
    "M3 3l18 18M8.5 16.5a5 5 0 0 1 7 0M5 13a10 10 0 0 1 5-2.7M14.5 10.5A10 10 0 0 1 19 13M2 9.5a14.5 14.5 0 0 1 4.5-2.8M11 5.5c4-.2 8 1.2 11 4M12 19.8v.1",
  ),
  ticket: path(
    "M5 3h14v6.2a2.3 2.3 0 0 0 0 4.6V21H5v-7.2a2.3 2.3 0 0 0 0-4.6z",
    "M9 7.5h6M9 16.5h6",
  ),
  text: path("M2.5 19 8 5l5.5 14M4.5 14.5h7M14.5 19l3.3-8.5 3.7 8.5M15.7 16.3h4.3"),
  voice: [
    ...path("M4 14v-2a8 8 0 0 1 16 0v2"),
    <rect x="2.8" y="14" width="4" height="6.5" rx="1.5" />,
    <rect x="17.2" y="14" width="4" height="6.5" rx="1.5" />,
  ],
  staff: [
    circle(9, 7, 3.3),
    ...path(
      "M3 20.5c.3-5 2.4-7.5 6-7.5 2 0 3.6.8 4.6 2.3",
      "M16 12.5a5 5 0 0 1 5 5M16 16.5a1.5 1.5 0 0 1 1.5 1.5M16 8.5a9 9 0 0 1 5.5 3",
    ),
  ],
  contrast: [round, <path d="M12 3v18a9 9 0 0 0 0-18z" fill="currentColor" />],
  person: [
    <circle cx="12" cy="6.5" r="3.7" fill="currentColor" stroke="none" />,
    <path d="M4.5 21c.4-5.5 3-8.3 7.5-8.3s7.1 2.8 7.5 8.3z" fill="currentColor" stroke="none" />,
  ],
  renew: path("M19.5 9A8 8 0 1 0 20 13.5", "M20.5 3.5V9H15"),
  next: path("m9 5 7 7-7 7"),
  back: path("m15 5-7 7 7 7"),
  down: path("m5 9 7 7 7-7"),
  out: path("M12 3v17m0 0-7-7m7 7 7-7"),
} satisfies Record<string, ComponentChild>;
