export default {
  globs: ['src/elements/*.ts', 'src/index.ts', 'src/status.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
};
