#!/usr/bin/env node
import { resolveWithin } from './resolve-within.js';

resolveWithin('drizzle-orm');
await import('./program.js');
