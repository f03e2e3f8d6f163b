import { build, type Plugin, type Rolldown } from 'vite';

/** The options of a bundle for a page. */
interface Options {
  /** True for a classic script instead of a module. */
  isClassic?: boolean;
  /** Replacements of imports, by name. */
  alias?: Record<string, string>;
  plugins?: Plugin[];
}

/** The script that a page loads at first: an entry and its imports, bundled and minified like an app. */
export async function bundle(entry: string, { isClassic, alias, plugins }: Options = {}): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins,
    resolve: { alias },
    build: {
      write: false,
      target: 'esnext',
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: `test/bench/peers/${entry}.ts`,
        ...(isClassic && { output: { format: 'iife' } }),
      },
    },
  });
  const { output } = [result].flat()[0] as Rolldown.RolldownOutput;
  const chunks = output.filter((file) => file.type === 'chunk');
  const wanted = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const name of wanted)
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
      wanted.add(imported);
  return chunks
    .filter(({ fileName }) => wanted.has(fileName))
    .map(({ code }) => code)
    .join('');
}
