import { Command } from 'commander';

import { askCommand } from './ask.js';
import { explain } from './explain.js';
import { importCommand } from './import.js';
import { serveCommand } from './serve.js';

const program = new Command('duban')
  .description('督办：读行动计划，记台账，在工作群里答问、收报告、发周报')
  .addCommand(serveCommand())
  .addCommand(askCommand())
  .addCommand(importCommand())
  .configureHelp({ sortSubcommands: true })
  .showHelpAfterError('用法见上。');

try {
  await program.parseAsync();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
