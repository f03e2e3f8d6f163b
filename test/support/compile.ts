import { resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

/** Compiles texts as files of this project. Returns the compiler's messages for each. */
export function compile(files: Map<string, string>, more: ts.CompilerOptions = {}): Map<string, string[]> {
  const { config } = ts.readConfigFile(`${ROOT}/tsconfig.json`, (path) => ts.sys.readFile(path));
  const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options, ...more };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  // Without this function the compiler accepts folders that do not exist.
  delete host.directoryExists;
  host.getSourceFile = (path, languageVersion) =>
    files.has(path)
      ? ts.createSourceFile(path, files.get(path)!, languageVersion)
      : getSourceFile(path, languageVersion);
  const program = ts.createProgram([...files.keys()], options, host);
  const messages = (path: string) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  return new Map([...files.keys()].map((path) => [path, messages(path)]));
}
