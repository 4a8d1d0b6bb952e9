// What is shown at the kiosk: the QR code and the 8 digits, big, black on white. Without the code's module (no network)
// the digits stand alone: they are enough.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { spokenCode } from "../../core/codes.ts";
import type { QrShape } from "./qr.ts";
import "./pass.css";

export interface PassProps {
  title: string;
  /** What the QR code holds */
  token: string;
  qrLabel: string;
  codeLabel: string;
  code: string;
}

const quiet = 4;

/** Loads the code's module; call early where a pass is near. */
export function prepareQr(): Promise<typeof import("./qr.ts") | undefined> {
  return import("./qr.ts").catch(() => undefined);
}

/** The QR code of a text, black on white; nothing until its module is there. */
export function Qr({ text, label }: { text: string; label: string }): JSX.Element | null {
  const shape = useQr(text);
  if (!shape) return null;
  const side = shape.size + 2 * quiet;
  return (
    <svg
      class="m-pass__qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shape-rendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={shape.path} transform={`translate(${quiet} ${quiet})`} fill="#000" />
    </svg>
  );
}

export function Pass({ title, token, qrLabel, codeLabel, code }: PassProps): JSX.Element {
  return (
    <div class="m-pass m-card">
      <h2>{title}</h2>
      <div class="m-pass__box">
        <Qr text={token} label={qrLabel} />
      </div>
      <p class="u-note">{codeLabel}</p>
      <p class="m-pass__code">{spokenCode(code)}</p>
    </div>
  );
}

function useQr(token: string): QrShape | undefined {
  const [shape, setShape] = useState<QrShape>();
  useEffect(() => {
    let isCurrent = true;
    void prepareQr().then((qr) => {
      if (isCurrent && qr) setShape(qr.qrShape(token));
    });
    return () => {
      isCurrent = false;
    };
  }, [token]);
  return shape;
}
