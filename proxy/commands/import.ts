import { readFile, writeFile } from 'node:fs/promises';
import { readStoreProducts } from '../catalog/index.ts';
import type { CatalogProduct } from '../catalog/types.ts';

const USAGE = `Usage: npm run import -- <products.json>… <catalog.json>

Turns answers of WooCommerce's Store API into a catalogue file for CATALOG_FILE.
  <products.json>  what https://your-shop.example/wp-json/wc/store/v1/products?per_page=100 answers;
                   for more than 100 products the pages (&page=2 …), one file each
  <catalog.json>   the file to write`;

/** `shop-clerk import`. @returns the exit code: 0 done, 1 a file is no good, 2 called wrongly */
export async function importCommand(args: readonly string[], print: (line: string) => void): Promise<number> {
  const inputs = args.slice(0, -1);
  const output = args.at(-1);
  if (inputs.length === 0 || output === undefined || args.includes('--help')) {
    print(USAGE);
    return args.includes('--help') ? 0 : 2;
  }
  try {
    const products: CatalogProduct[] = [];
    for (const input of inputs) {
      const read = readStoreProducts(JSON.parse(await readFile(input, 'utf8')));
      for (const { item, reason } of read.skipped) print(`Left out ${item} of ${input}: ${reason}`);
      products.push(...read.products);
    }
    await writeFile(output, `${JSON.stringify({ products }, null, 2)}\n`);
    print(`${products.length} products written to ${output}.`);
    return 0;
  } catch (error) {
    print(`Nothing was written: ${(error as Error).message}`);
    return 1;
  }
}
