// The wire contract itself: what a reader of schema/openapi.yaml may take literally.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Schema {
  required?: string[];
  properties?: Record<string, { type?: string }>;
}
const contract = parse(
  readFileSync(resolve(import.meta.dirname, "../../schema/openapi.yaml"), "utf8"),
) as { components: { schemas: Record<string, Schema> } };
const schemas = contract.components.schemas;

test("schemas hold nothing but keywords that JSON Schema knows", () => {
  const ajv = new Ajv2020({ strictSchema: true, strictTypes: false });
  addFormats.default(ajv);
  for (const word of Object.keys(contract)) ajv.addKeyword(word);
  ajv.addSchema({ $id: "contract", ...contract });
  for (const name of Object.keys(schemas))
    expect(() => ajv.compile({ $ref: `contract#/components/schemas/${name}` }), name).not.toThrow();
});

test.each(["Board", "Floor"])("the lists of a %s are always sent", (name) => {
  const { properties = {}, required } = schemas[name] as Schema;
  const lists = Object.keys(properties).filter((key) => properties[key]?.type === "array");
  expect(required).toEqual(expect.arrayContaining(lists));
});
