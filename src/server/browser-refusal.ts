/** The error for a browser that imports the server. */
export const BROWSER_REFUSAL =
  'hsa-checkout-button/server does not load in a browser: your API key would be there for anyone to read. ' +
  'Import it in code that runs on your server only. (Tests under jsdom: run the file in the node environment.)';

/** Whether the code runs in a page: there is a document, and it is not Node with jsdom. */
export function isPage(): boolean {
  const { document, process } = globalThis as {
    document?: object;
    process?: { versions?: { node?: string } };
  };
  return document !== undefined && process?.versions?.node === undefined;
}
