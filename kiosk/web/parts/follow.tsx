// The ticket's QR code for the phone: always black on white, whatever the colours of the screen.
import { t } from "@matanai/web/words";
import { generate } from "lean-qr";
import { toSvg } from "lean-qr/extras/svg";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface FollowProps {
  url: string;
  title: string;
  text: string;
}

export function Follow({ url, title, text }: FollowProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const svg = toSvg(generate(url), document, { on: "black", off: "white", padX: 4, padY: 4 });
    box.current?.replaceChildren(svg);
  }, [url]);
  return (
    <div class="k-follow">
      <div class="k-follow__code" ref={box} role="img" aria-label={t("kiosk.ticket.qr")} />
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
    </div>
  );
}
