// Prints a JSON schema of the dashboards, made from types.ts. What stands there more than once is printed once.
import { readFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

const TYPE = 'LoomDashboard';
const WORTH_A_NAME = 200; // characters

const generated = createGenerator({
  path: 'types.ts',
  tsconfig: 'tsconfig.json',
  type: TYPE,
  expose: 'none', // several types of the package have the same name
  jsDoc: 'none',
}).createSchema(TYPE);

const names = new Map();
const seen = new Map();

function isShared(text) {
  return text.length > WORTH_A_NAME && seen.get(text) > 1;
}

function children(node, visit) {
  const copy = Array.isArray(node) ? [] : {};
  for (const [key, value] of Object.entries(node)) {
    copy[key] = value !== null && typeof value === 'object' ? visit(value, key) : value;
  }
  return copy;
}

function count(node, key) {
  if (!Array.isArray(node) && key !== 'properties') {
    const text = JSON.stringify(node);
    seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  children(node, count);
  return node;
}

const definitions = {};

function share(node, key) {
  const text = JSON.stringify(node);
  if (Array.isArray(node) || key === 'properties' || !isShared(text)) {
    return children(node, share);
  }
  if (!names.has(text)) {
    names.set(text, `Shared${names.size + 1}`);
    definitions[names.get(text)] = children(node, share);
  }
  return { $ref: `#/definitions/${names.get(text)}` };
}

count(generated.definitions[TYPE]);
definitions[TYPE] = children(generated.definitions[TYPE], share);
const { version, license } = JSON.parse(readFileSync('node_modules/@grafana/schema/package.json', 'utf8'));
const $comment = `Made by schema.mjs from @grafana/schema ${version} (${license}).`;
console.log(JSON.stringify({ $comment, ...generated, definitions }, null, 2));
