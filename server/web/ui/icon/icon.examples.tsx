import { Icon, type IconName } from "./icon.tsx";
import { shapes } from "./shapes.tsx";

export const name = "icon";

export const examples = {
  all: () => (
    <ul class="m-pair">
      {Object.keys(shapes).map((shape) => (
        <li key={shape}>
          <Icon name={shape as IconName} /> {shape}
        </li>
      ))}
    </ul>
  ),
  sameTwice: () => (
    <>
      <Icon name="card" />
      <Icon name="card" size={2} />
    </>
  ),
};
