/** A program of the project's `node_modules/.bin`, or `node`, and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** The addresses of a shop and its provider during a check. */
export interface Addresses {
  /** The port of the page that a shopper opens. */
  port: number;
  /** The origin of that page. */
  shopUrl: string;
  /** A second port, for a server behind a dev server. */
  backendPort: number;
  /** The host and port of the sandbox's payment page, if the sandbox is not in the shop's server. */
  providerHost: string;
  /** The environment of the merchant's handler. */
  keys: Record<string, string>;
}

/** A server program. */
export interface Server {
  command: Command;
  env?: Record<string, string>;
  /** The URL that answers when it listens. */
  url: string;
}

/** A console message that does not come from the package. */
export interface ConsoleMessage {
  /** The whole text. */
  text: string;
  reason: string;
}

/** A project that a framework's tool creates, and the files that a newcomer adds from the guides. */
export interface FreshProject {
  /** The name on the command line of `npm run verify`. */
  name: string;
  /**
   * The package of the tool with its version, and its arguments, in which `shop` is the folder to create. Undefined if the tool
   * downloads its template from another host than a registry. Then `files` are the whole project.
   */
  create?: readonly [packageWithVersion: string, ...command: string[]];
  /** Other packages that a guide names, or that fix a version. */
  packages: readonly string[];
  files(addresses: Addresses): Record<string, string>;
  /** The framework's type check. */
  types: readonly Command[];
  build: Command;
  /** The servers. The first has the checkout handler, the last the page that the shopper opens. */
  development(addresses: Addresses): readonly Server[];
  production(addresses: Addresses): readonly Server[];
  /** Whether the production server renders the tags into the page. */
  rendersOnServer: boolean;
  /** Console messages that are allowed in development. In production none is allowed. */
  developmentMessages: readonly ConsoleMessage[];
}
