/** Why a browser gets no server. */
export const BROWSER_REFUSAL =
  'hsa-checkout-button/server does not load in a browser: your API key would be there for anyone to read. ' +
  'Import it in code that runs on your server only. (Tests under jsdom: run the file in the node environment.)';

/** Whether this is a page: there is a document, and no Node that only pretends to have one, as in tests under jsdom. */
export function isPage(): boolean {
  const { document, process } = globalThis as {
    document?: object;
    process?: { versions?: { node?: string } };
  };
  return document !== undefined && process?.versions?.node === undefined;
}
