// Every web test starts with an empty page; components are unmounted after each test by the testing library.
import { cleanup } from "@testing-library/preact";
import { afterEach } from "vitest";

afterEach(() => cleanup());
