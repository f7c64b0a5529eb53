import { tmpdir } from 'node:os';
import path from 'node:path';

/** Shared by all programs that tests start: half of the time of a short one is compiling. */
export const compiledBefore = { NODE_COMPILE_CACHE: path.join(tmpdir(), 'duban-tests-compiled') };
