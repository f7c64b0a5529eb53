#!/usr/bin/env node
import { isNodeEnough, leastNode } from '../node-version.js';

if (isNodeEnough(process.version)) {
  const { resolveWithin } = await import('./resolve-within.js');
  resolveWithin('drizzle-orm');
  await import('./program.js');
} else {
  console.error(`Node ${process.version} 太旧，要 ${leastNode} 以上。请用 npm run duban -- …，它自带新版。`);
  process.exitCode = 1;
}
