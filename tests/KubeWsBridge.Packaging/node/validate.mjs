// Reads {case: "YAML documents"} and prints {case: {objects: [...], problems: ["..."]}}: every object is checked against the schema of its
// kind. The schemas' validators look up each field they know, so a field that nobody has looked up is one that Kubernetes does not have.
import { readFileSync, readdirSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const roots = ['kubernetes-models', '@kubernetes-models/gateway-api', '@kubernetes-models/keda', '@kubernetes-models/prometheus-operator'];

function folder(root) {
  return new URL(`./node_modules/${root}/`, import.meta.url);
}

async function validatorOf(object) {
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
  for (const root of roots) {
    const path = new URL([group, version, `${object.kind}.js`].filter(Boolean).join('/'), folder(root));
    let source;
    try {
      source = readFileSync(path, 'utf8');
    } catch {
      continue;
    }
    const schema = /from\s*"([^"]*_schemas\/[^"]+)"/.exec(source)?.[1];
    if (schema) {
      return (await import(new URL(schema, path))).validate;
    }
  }
  return null;
}

/** The value, and a note of which of its fields were looked up. */
function watched(value, path, unknown) {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const seen = new Set();
  const children = new Map();
  const proxy = new Proxy(value, {
    get(target, key) {
      if (typeof key === 'string') {
        seen.add(key);
      }
      if (!Object.hasOwn(target, key) || typeof key === 'symbol') {
        return target[key];
      }
      if (!children.has(key)) {
        children.set(key, watched(target[key], `${path}.${key}`, unknown));
      }
      return children.get(key);
    },
  });
  unknown.push(() => (Array.isArray(value) ? [] : Object.keys(value).filter((key) => !seen.has(key)).map((key) => `${path}.${key}`)));
  return proxy;
}

async function check(object) {
  const name = `${object.kind} ${object.metadata?.name}`;
  const validate = await validatorOf(object);
  if (!validate) {
    return [`${name}: no schema for ${object.apiVersion} ${object.kind}`];
  }
  const unknown = [];
  const problems = [];
  // A field that may hold anything is not looked into, so only unknown fields of what was looked into count.
  if (!validate(watched(object, '', unknown))) {
    problems.push(...validate.errors.map((error) => `${name}: ${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}`));
  }
  return problems.concat(unknown.flatMap((find) => find()).map((path) => `${name}: ${path} is unknown`));
}

const result = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  const documents = parseAllDocuments(text);
  const objects = documents.map((document) => document.toJS()).filter(Boolean);
  const problems = documents.flatMap((document) => document.errors.map((error) => error.message));
  for (const object of objects) {
    problems.push(...(await check(object)));
  }
  result[name] = { objects, problems };
}
process.stdout.write(JSON.stringify(result));
