import { isServer as isLitForServers } from 'lit';

/**
 * Whether the elements are rendered without a DOM. Lit's own constant is true in all of Node, also when jsdom or happy-dom
 * provides a DOM. So the root element is checked too, which the `document` of Lit's DOM shim lacks. In browsers Lit's constant
 * is false, so that a bundler removes the code for servers.
 */
export const isServer = isLitForServers && !globalThis.document?.documentElement;
