// Every example of every component on one page: what axe, screenshots and people look at.
import "../../ui/style.css";
import "./gallery.css";
import type { JSX } from "preact";
import { render } from "preact";
import { bundle } from "../../words/generated/gallery.ts";
import { startWords } from "../../words/index.ts";

export interface Examples {
  name: string;
  examples: Record<string, () => JSX.Element>;
}

const modules = import.meta.glob<Examples>("../../ui/*/*.examples.tsx", { eager: true });

function Gallery(): JSX.Element {
  return (
    <main class="m-sheet">
      <h1>Gallery</h1>
      {Object.values(modules).map(({ name, examples }) => (
        <section key={name} id={name}>
          <h2>{name}</h2>
          {Object.entries(examples).map(([title, Example]) => (
            <div key={title} class="m-sheet__example">
              <p class="u-note">{title}</p>
              <Example />
            </div>
          ))}
        </section>
      ))}
    </main>
  );
}

await startWords(bundle);
const app = document.getElementById("app");
if (app) render(<Gallery />, app);
