/** A program of the project's `node_modules/.bin`, or `node`, and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Where a shop and its provider listen while it is checked. */
export interface Addresses {
  /** Port of the page that a shopper opens. */
  port: number;
  /** Origin of that page. */
  shopUrl: string;
  /** A second port, for a server behind a dev server. */
  backendPort: number;
  /** Host and port of the sandbox's payment page, where the sandbox is not in the shop's own server. */
  providerHost: string;
  /** What the merchant's handler takes from the environment. */
  keys: Record<string, string>;
}

/** A program that listens. */
export interface Server {
  command: Command;
  env?: Record<string, string>;
  /** It listens where this answers. */
  url: string;
}

/** A message of the browser's console that is not ours. */
export interface ConsoleMessage {
  /** The whole text. */
  text: string;
  reason: string;
}

/** A project as a framework's own tool makes it, and the files that a newcomer adds after our guides. */
export interface FreshProject {
  /** The name on the command line of `npm run verify`. */
  name: string;
  /**
   * Package of the tool with its version, and its arguments, in which `shop` is the folder that it makes. Undefined where the
   * tool fetches its template from a host that is no registry: then `files` are the whole project.
   */
  create?: readonly [packageWithVersion: string, ...command: string[]];
  /** Packages beside ours that a guide names, or that hold a version back. */
  packages: readonly string[];
  files(addresses: Addresses): Record<string, string>;
  /** The framework's own check of the types. */
  types: readonly Command[];
  build: Command;
  /** The last is the one whose page the shopper opens; the first has the checkout handler. */
  development(addresses: Addresses): readonly Server[];
  production(addresses: Addresses): readonly Server[];
  /** Whether the production server renders the tags into the page. */
  rendersOnServer: boolean;
  /** What the console may say, in development. In production it may say nothing. */
  developmentMessages: readonly ConsoleMessage[];
}
