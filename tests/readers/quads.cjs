// A JSON-LD document as N-Quads, on standard output: node quads.cjs FILE [CONTEXT]
//
// Nothing is fetched: with CONTEXT (the context.jsonld of the dump), that file alone stands for what the document
// embeds; without it, a document that asks for any context is refused. Modules are found through NODE_PATH.
"use strict";

const fs = require("node:fs");
const jsonld = require("jsonld");

const BASE = "urn:nobody:";
const [file, context] = process.argv.slice(2);
const read = (path) => JSON.parse(fs.readFileSync(path, "utf8"));

async function documentLoader(url) {
  if (context === undefined || url !== BASE + "context.jsonld") {
    throw new Error(`nothing is fetched, and this was asked for: ${url}`);
  }
  return { contextUrl: null, documentUrl: url, document: read(context) };
}

async function main() {
  const document = read(file);
  if (context !== undefined) {
    document["@context"] = BASE + "context.jsonld";
  }
  // safe: what would be dropped without a word (unknown keys, relative IRIs) is an error
  const options = { format: "application/n-quads", base: BASE, safe: true, documentLoader };
  process.stdout.write(await jsonld.toRDF(document, options));
}

main().catch((error) => {
  process.stderr.write(`${file}: ${error.message} ${JSON.stringify(error.details ?? {})}\n`);
  process.exit(1);
});
