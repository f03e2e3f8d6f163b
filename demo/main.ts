import { startDemo } from './server.js';

const { url } = await startDemo({ port: Number(process.env.PORT ?? 4173) });
console.log(`The demo shop is open: ${url}`);
