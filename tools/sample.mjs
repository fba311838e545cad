// @ts-check
// Prints a sample of the demo page as a line that `countercheck check --input jsonl` reads.
import { readFileSync } from 'node:fs';

const { id, title, published, blocks } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
console.log(JSON.stringify({ id, title, published, paragraphs: blocks }));
