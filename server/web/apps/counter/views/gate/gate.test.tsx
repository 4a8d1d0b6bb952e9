// From the sign-in to the first work, against a server played by the test.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bundle } from "../../../../words/generated/counter.ts";
import { startWords, t } from "../../../../words/index.ts";
import { App } from "../../app.tsx";
import { signOut } from "../../control.ts";
import { progress } from "../../state.ts";

const firstPassword = "7K3M-9XQ2-VBNA-0HJ4";
const ownPassword = "correct horse battery 7";

interface Sent {
  path: string;
  body: Record<string, string>;
}
let sent: Sent[] = [];
let isRefused = false;

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

async function fakeFetch(address: string, request?: RequestInit): Promise<Response> {
  const path = address.slice(address.indexOf("/api/v1/"));
  if (request?.method === "POST") sent.push({ path, body: JSON.parse(String(request.body)) });
  if (path.endsWith("/password")) {
    const refusal = { code: "weak_password", title: "使えません", detail: "もっと長く" };
    return isRefused ? json(refusal, 422) : new Response(null, { status: 204 });
  }
  if (request?.method === "DELETE") return new Response(null, { status: 204 });
  if (path.endsWith("/staff/session")) {
    return json({ name: "kanri", display_name: "管理担当", must_change_password: true });
  }
  return json({ offices: [{ id: "moji", name: "門司区役所", name_en: "Moji" }] });
}

const type = (id: string, value: string) => {
  const field = document.getElementById(id) as HTMLInputElement;
  fireEvent.input(field, { target: { value } });
};
const press = async () => {
  fireEvent.submit(document.querySelector("form") as HTMLFormElement);
  await vi.waitFor(() => expect(document.querySelector("[aria-busy=true]")).toBeNull());
};

describe("the gate", () => {
  beforeAll(async () => {
    vi.stubGlobal("fetch", fakeFetch);
    await startWords(bundle, "ja");
  });
  beforeEach(async () => {
    sent = [];
    isRefused = false;
    progress.value = "ready";
    await signOut();
    render(<App />);
  });
  afterEach(cleanup);

  const signIn = async () => {
    type("name", " kanri ");
    type("password", firstPassword);
    await press();
    await screen.findByText(t("counter.password.must"));
  };

  it("asks for what is missing before anything is sent", async () => {
    await press();
    expect(screen.getByRole("alert").textContent).toContain(t("counter.sign_in.name_missing"));
    type("name", "kanri");
    await press();
    expect(screen.getByRole("alert").textContent).toContain(t("counter.sign_in.password_missing"));
    expect(sent).toEqual([]);
  });

  it("lets a made-up password be changed first, without typing it twice", async () => {
    await signIn();
    expect(document.getElementById("old-password")).toBeNull();
    type("new-password", "short");
    await press();
    const tooShort = t("counter.password.too_short", { count: 12 });
    expect(screen.getByRole("alert").textContent).toContain(tooShort);
    type("new-password", ownPassword);
    await press();
    await screen.findByText("門司区役所");
    expect(sent).toEqual([
      { path: "/api/v1/staff/session", body: { name: "kanri", password: firstPassword } },
      {
        path: "/api/v1/staff/password",
        body: { old_password: firstPassword, new_password: ownPassword },
      },
    ]);
  });

  it("shows why the server refused a new password and stays", async () => {
    await signIn();
    isRefused = true;
    type("new-password", ownPassword);
    await press();
    expect((await screen.findByRole("alert")).textContent).toContain("使えません もっと長く");
    expect(screen.getByText(t("counter.password.must"))).toBeTruthy();
  });

  it("can be left without a change", async () => {
    await signIn();
    fireEvent.click(screen.getByText(t("counter.menu.sign_out")));
    expect(await screen.findByText(t("counter.sign_in.title"))).toBeTruthy();
  });
});
