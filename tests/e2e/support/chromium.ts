// The browser of the tests and of the pictures: Debian's Chromium, without its conversation with the outside.
export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;
