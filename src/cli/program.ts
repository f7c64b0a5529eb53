import { Command } from 'commander';

import { adminCodeCommand } from './admin-code.js';
import { askCommand } from './ask.js';
import { doctorCommand } from './doctor.js';
import { evidenceCommand } from './evidence.js';
import { explain } from './explain.js';
import { exportCommand } from './export.js';
import { groupCommand } from './group.js';
import { importCommand } from './import.js';
import { personCommand } from './person.js';
import { serveCommand } from './serve.js';

const program = new Command('duban')
  .description('督办：读行动计划，记台账，在工作群里答问、收报告、发周报')
  .addCommand(serveCommand())
  .addCommand(askCommand())
  .addCommand(importCommand())
  .addCommand(exportCommand())
  .addCommand(evidenceCommand())
  .addCommand(groupCommand())
  .addCommand(personCommand())
  .addCommand(adminCodeCommand())
  .addCommand(doctorCommand())
  .configureHelp({ sortSubcommands: true })
  .showHelpAfterError('用法见上。');

try {
  await program.parseAsync();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
