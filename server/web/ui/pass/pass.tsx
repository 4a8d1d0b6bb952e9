// What is shown at the kiosk: the QR code and the 8 digits, big, black on white.
import { generate } from "lean-qr";
import { toSvg } from "lean-qr/extras/svg";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { spokenCode } from "../../core/codes.ts";
import "./pass.css";

export interface PassProps {
  title: string;
  /** What the QR code holds */
  token: string;
  qrLabel: string;
  codeLabel: string;
  code: string;
}

export function Pass({ title, token, qrLabel, codeLabel, code }: PassProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const svg = toSvg(generate(token), document, { on: "black", off: "white", padX: 4, padY: 4 });
    svg.setAttribute("class", "m-pass__qr");
    box.current?.replaceChildren(svg);
  }, [token]);
  return (
    <div class="m-pass m-card">
      <h2>{title}</h2>
      <div ref={box} role="img" aria-label={qrLabel} />
      <p class="u-note">{codeLabel}</p>
      <p class="m-pass__code">{spokenCode(code)}</p>
    </div>
  );
}
