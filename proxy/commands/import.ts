import { readFile, writeFile } from 'node:fs/promises';
import { readStoreProducts } from '../catalog/index.ts';

const USAGE = `Usage: npm run import -- <products.json> <catalog.json>

Turns an answer of WooCommerce's Store API into a catalogue file for CATALOG_FILE.
  <products.json>  what https://your-shop.example/wp-json/wc/store/v1/products?per_page=100 answers
  <catalog.json>   the file to write`;

/** `shop-clerk import`. @returns the exit code: 0 done, 1 the file is no good, 2 called wrongly */
export async function importCommand(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [input, output] = args;
  if (input === undefined || output === undefined || args.length > 2) {
    print(USAGE);
    return args.includes('--help') ? 0 : 2;
  }
  try {
    const { products, skipped } = readStoreProducts(JSON.parse(await readFile(input, 'utf8')));
    await writeFile(output, `${JSON.stringify({ products }, null, 2)}\n`);
    for (const { item, reason } of skipped) print(`Left out ${item}: ${reason}`);
    print(`${products.length} products written to ${output}.`);
    return 0;
  } catch (error) {
    print(`Nothing was written: ${(error as Error).message}`);
    return 1;
  }
}
