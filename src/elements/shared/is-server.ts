import { isServer as isLitForServers } from 'lit';

/**
 * Whether the elements are rendered without a DOM. Lit's own constant is true in all of Node, also where jsdom or happy-dom
 * provides a DOM; its shim of a DOM has a `document` without elements. In browsers Lit's constant is false, so that a build
 * drops the code for servers.
 */
export const isServer = isLitForServers && !globalThis.document?.documentElement;
