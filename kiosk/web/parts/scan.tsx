// Where to hold the QR code: picture and words.
import type { JSX } from "preact";

export function Scan({ title, text }: { title: string; text: string }): JSX.Element {
  return (
    <div class="k-scan">
      <svg
        aria-hidden="true"
        class="k-scan__picture"
        viewBox="0 0 96 96"
        fill="none"
        stroke="currentColor"
        stroke-width="3.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        <rect x="31" y="4" width="34" height="52" rx="5" />
        <path
          d="M39 15h6v6h-6zM51 15h6v6h-6zM39 27h6v6h-6zM51.5 27.5h2M57 33v-2M51.5 33h1"
          stroke-width="3"
        />
        <path d="M44 48h8" />
        <path d="M48 60v10m0 0-5-5m5 5 5-5" />
        <path d="M16 80h64v12H16z" />
        <path class="k-scan__light" d="M32 86h32" stroke-width="4" />
      </svg>
      <p>
        <b>{title}</b>
        {text}
      </p>
    </div>
  );
}
