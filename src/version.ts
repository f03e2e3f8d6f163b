/** The version of this package, on every element's class as `version`. */
export const VERSION = '0.1.0';
