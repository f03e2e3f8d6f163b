// Starts the demo shop with `npm start`, requests the pages that the README names, and stops it.
import { spawn } from 'node:child_process';

const START_MS = 120_000;
const PATHS = ['/', '/playground', '/cdn/hsa-checkout.js'];

// In its own process group, so that npm, its shell and the shop end together.
const shop = spawn('npm', ['start'], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
const stop = () => {
  try {
    process.kill(-shop.pid);
  } catch {
    // The group has ended already.
  }
};
process.on('exit', stop);
setTimeout(() => {
  console.error(`npm start printed no address within ${START_MS / 1000} s`);
  process.exit(1);
}, START_MS).unref();

let printed = '';
shop.stdout.setEncoding('utf8');
for await (const chunk of shop.stdout) {
  printed += chunk;
  const [url] = /http:\/\/localhost:\d+/.exec(printed) ?? [];
  if (!url) continue;
  for (const path of PATHS) {
    const response = await fetch(url + path);
    const { length } = await response.text();
    console.log(`npm start: ${path} answered ${response.status}, ${length} characters`);
    if (!response.ok || !length) process.exit(1);
  }
  process.exit(0);
}
console.error(`npm start ended: ${printed}`);
process.exit(1);
