// A button for fingers: acts when the finger leaves it, within 20 px of where it came down (browsers drop the click of a
// long or slightly moved press), and not twice within 400 ms anywhere on the screen. Keyboards act by click.
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";

const slopPx = 20;
const pauseMs = 400;
let lastHit = Number.NEGATIVE_INFINITY;

export interface PressProps {
  class: string;
  onPress: () => void;
  children: ComponentChildren;
  lang?: string;
  label?: string;
  isCurrent?: boolean;
  /** For tests that follow a visitor */
  name?: string;
  /** Keys of a number pad may follow each other fast */
  isKey?: boolean;
}

export function Press(props: PressProps): JSX.Element {
  const down = useRef<{ x: number; y: number } | undefined>(undefined);

  function hit(at: number): void {
    if (!props.isKey && at - lastHit < pauseMs) return;
    lastHit = at;
    props.onPress();
  }

  function onPointerUp(event: PointerEvent): void {
    const from = down.current;
    down.current = undefined;
    if (!from) return;
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) <= slopPx) hit(event.timeStamp);
  }

  return (
    <button
      type="button"
      class={props.class}
      draggable={false}
      {...(props.lang ? { lang: props.lang } : {})}
      {...(props.label ? { "aria-label": props.label } : {})}
      {...(props.isCurrent ? { "aria-current": "true" as const } : {})}
      {...(props.name ? { "data-press": props.name } : {})}
      onPointerDown={(event) => {
        down.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerCancel={() => {
        down.current = undefined;
      }}
      onPointerUp={onPointerUp}
      onClick={(event) => event.detail === 0 && hit(event.timeStamp)}
    >
      {props.children}
    </button>
  );
}
