import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from '../version.js';

/** Where the build puts the script-tag files: beside this module's own folder. */
const FILES = fileURLToPath(new URL('../cdn', import.meta.url));

/** The folder name carries the version, so that a cached page never gets the files of another version. */
const FOLDER_NAME = `hsa-checkout-button@${VERSION}`;

/** Says why the files could not be copied. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/**
 * Copies the script-tag files into `hsa-checkout-button@<version>` below a folder, which is made where it is missing. Files of
 * the same version are replaced.
 * @returns what to print: where the files are, and the tags to paste.
 * @throws {CopyError} when the folder cannot be written to.
 */
export async function copyFiles(folder: string): Promise<string> {
  const target = join(folder, FOLDER_NAME);
  const hashes = JSON.parse(await readFile(join(FILES, 'integrity.json'), 'utf8')) as Record<string, string>;
  try {
    await mkdir(target, { recursive: true });
    await cp(FILES, target, { recursive: true });
  } catch (error) {
    throw new CopyError(`${target} cannot be written: ${(error as Error).message}`);
  }
  const tag = (file: string) =>
    `<script src="/${FOLDER_NAME}/${file}" integrity="${hashes[file]}" crossorigin defer></script>`;
  return `Copied to ${target}: ${Object.keys(hashes).length} files, and integrity.json with their hashes.

Where your server sends "${folder}" from /, paste this into pages with the button or the badge:
${tag('hsa-checkout.js')}

and this into the return page:
${tag('hsa-checkout-status.js')}
`;
}
