// An icon beside words; it is never the only bearer of a meaning, so it is hidden from assistive technology.
import type { JSX } from "preact";
import { shapes } from "./shapes.tsx";

export type IconName = keyof typeof shapes;

export interface IconProps {
  name: IconName;
  /** In rem, so that it grows with the text; default 1.5 */
  size?: number;
  /** Line width on the 24 grid; default 2 */
  weight?: number;
}

export function isIconName(name: string): name is IconName {
  return Object.hasOwn(shapes, name);
}

export function Icon({ name, size = 1.5, weight = 2 }: IconProps): JSX.Element {
  return (
    <svg
      class="m-icon"
      aria-hidden="true"
      width={`${size}rem`}
      height={`${size}rem`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={weight}
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {shapes[name]}
    </svg>
  );
}
