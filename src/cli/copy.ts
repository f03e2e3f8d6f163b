import { cp, mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from '../version.js';

const built = (folder: string) => fileURLToPath(new URL(`../${folder}`, import.meta.url));

/** The folder of the script-tag files. The build puts it, and the folder of the extension, beside the folder of this module. */
const SCRIPT_TAG_FILES = built('cdn');
/**
 * The folder of the theme app extension. In the package it lacks the script-tag files, so that the download has each of them
 * only once; {@link copyExtension} adds them.
 */
const EXTENSION = built('shopify');

/** The folder to create. Its name contains the version, so that a cached page never gets the files of another version. */
const FOLDER_NAME = `hsa-checkout-button@${VERSION}`;

/** Thrown when the files cannot be copied. The message says why. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/** The hash of each script-tag file, by its name. */
async function readHashes(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(SCRIPT_TAG_FILES, 'integrity.json'), 'utf8')) as Record<
    string,
    string
  >;
}

/** Copies files and folders into a folder, and creates the folder if it is missing. */
async function copyInto(target: string, sources: readonly string[]): Promise<void> {
  try {
    await mkdir(target, { recursive: true });
    for (const source of sources)
      await cp(source, (await stat(source)).isDirectory() ? target : join(target, basename(source)), {
        recursive: true,
      });
  } catch (error) {
    throw new CopyError(`${target} cannot be written: ${(error as Error).message}`);
  }
}

/**
 * Copies the script-tag files into `hsa-checkout-button@<version>` below a folder. Files of the same version are replaced.
 * @returns the text to print: the folder, and the tags to paste.
 * @throws {CopyError} when the folder cannot be written to.
 */
export async function copyFiles(folder: string): Promise<string> {
  const target = join(folder, FOLDER_NAME);
  const hashes = await readHashes();
  await copyInto(target, [SCRIPT_TAG_FILES]);
  const tag = (file: string) =>
    `<script src="/${FOLDER_NAME}/${file}" integrity="${hashes[file]}" crossorigin defer></script>`;
  return `Copied to ${target}: ${Object.keys(hashes).length} files, and integrity.json with their hashes.

If your server sends the files of "${folder}" from /, paste this into pages with the button or the badge:
${tag('hsa-checkout.js')}

and this into the return page:
${tag('hsa-checkout-status.js')}
`;
}

/**
 * Copies the theme app extension into a folder. Files of an earlier copy are replaced.
 * @returns the text to print.
 * @throws {CopyError} when the folder cannot be written to.
 */
export async function copyExtension(folder: string): Promise<string> {
  // The return page, with its receipt, is not part of a theme.
  const shared = Object.keys(await readHashes()).filter((file) => !/-(status|receipt)\b/.test(file));
  await copyInto(folder, [EXTENSION]);
  await copyInto(
    join(folder, 'assets'),
    shared.map((file) => join(SCRIPT_TAG_FILES, file)),
  );
  return `Copied to ${folder}: the theme app extension. Deploy it with: shopify app deploy
`;
}
