/**
 * Makes `app.js` of the examples that are written for a framework, into dist/, where their pages find it. Vue's and Svelte's own
 * compilers do it; their plugins for Vite would be two dependencies more, for what is a few lines here.
 */
import path from 'node:path';
import { compile as compileSvelte } from 'svelte/compiler';
import { build, type Plugin } from 'vite';
import { compileScript, parse as parseVue } from 'vue/compiler-sfc';

const here = import.meta.dirname;

const vue: Plugin = {
  name: 'vue-file',
  transform(code, id) {
    if (!id.endsWith('.vue')) return null;
    const { descriptor, errors } = parseVue(code, { filename: id });
    if (errors[0]) throw errors[0];
    const { content } = compileScript(descriptor, {
      id: 'app',
      inlineTemplate: true,
      templateOptions: { compilerOptions: { isCustomElement: (tag) => tag === 'shop-clerk' } },
    });
    return { code: content, map: null, moduleType: 'js' };
  },
};

const svelte: Plugin = {
  name: 'svelte-file',
  transform(code, id) {
    if (!id.endsWith('.svelte')) return null;
    return { code: compileSvelte(code, { filename: id, generate: 'client' }).js.code, map: null, moduleType: 'js' };
  },
};

const ENTRIES = { react: 'app.tsx', vue: 'main.js', svelte: 'main.js' };

for (const [name, entry] of Object.entries(ENTRIES)) {
  await build({
    configFile: false,
    root: path.join(here, name),
    logLevel: 'warn',
    plugins: [vue, svelte],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      outDir: path.join(here, '../../dist/demo/examples', name),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: path.join(here, name, entry), output: { entryFileNames: 'app.js' } },
    },
  });
}
