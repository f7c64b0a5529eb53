import path from 'node:path';

import { Command } from 'commander';

import { plainText } from '../chat/message.js';
import { enterRoster, planReply } from '../chat/roster-reply.js';
import { loadConfig } from '../config.js';
import { actorRoles } from '../domain/person.js';
import type { RosterSheet } from '../domain/roster-sheet.js';
import { BotError } from '../errors.js';
import { PlanReader } from '../plan-reading/plan-reader.js';
import { seasonsOf } from '../plan-reading/seasons.js';
import { projectRoot } from '../project-root.js';
import { addPerson, roleNamesText } from '../services/person/add-person.js';
import { isEmpty, proposeRoster } from '../services/person/import-roster.js';
import { bytesOf, isConfirmed } from './import.js';
import { type LedgerAccess, withLedger } from './with-ledger.js';

interface AddOptions {
  unit?: string;
  role: string[];
  account: string[];
  by?: string;
}

const several = (value: string, values: string[]) => [...values, value];

/** Enters people of the roster from the command line. */
export function personCommand(): Command {
  const person = new Command('person').description('名单：加人、加账号、导入');
  person
    .command('add')
    .description('加一个人，或给同名的人加角色和账号')
    .argument('<name>', '姓名或职务，群里会这样称呼')
    .option('--unit <单位>', '单位全称或简称')
    .option('--role <角色>', `${actorRoles.join('、')}，可写多次`, several, [])
    .option('--account <平台:编号>', '如 wecom:zhangsan、feishu:ou_…，可写多次', several, [])
    .option('--by <姓名>', '以哪位管理员的名义')
    .action(async (name: string, options: AddOptions) => {
      const roles = options.role.map((typed) => {
        const role = actorRoles.find((one) => one === typed);
        if (!role) throw new BotError('invalid', `角色写 ${roleNamesText} 之一，收到的是“${typed}”。`);
        return role;
      });
      const accounts = options.account.map((typed) => {
        const [, platform, userId] = /^(wecom|dingtalk|feishu|sandbox):(.+)$/.exec(typed) ?? [];
        if (platform === undefined || userId === undefined) {
          throw new BotError('invalid', `账号要这样写：wecom:zhangsan，收到的是“${typed}”。`);
        }
        return { platform, userId };
      });
      await withLedger(loadConfig(process.env, projectRoot), options.by ?? null, (ledger) =>
        ledger.inTransaction(async (ctx) => {
          const { added } = await addPerson(ctx, { name, unit: options.unit ?? null, roles, accounts });
          console.log(added ? `已加入名单：${name}。` : `已更新：${name}。`);
        }),
      );
    });
  person
    .command('import')
    .description('导入名单：.xlsx 或 .csv，表头写姓名、单位、角色；先列出变化，问过再录入')
    .argument('<file>', '名单文件')
    .option('--dry-run', '只看，不录入')
    .option('--yes', '不问，直接录入')
    .option('--by <姓名>', '以哪位管理员的名义')
    .action(async (file: string, options: ImportOptions) => {
      const sheet = await readRosterOf(file);
      await withLedger(
        loadConfig(process.env, projectRoot),
        options.by ?? null,
        (ledger) => importSheet(ledger, path.basename(file), sheet, options),
        ['administrator'],
      );
    });
  return person;
}

interface ImportOptions {
  dryRun?: boolean;
  yes?: boolean;
  by?: string;
}

async function importSheet(
  ledger: LedgerAccess,
  fileName: string,
  sheet: RosterSheet,
  options: ImportOptions,
): Promise<void> {
  const { said, empty } = await ledger.inTransaction(async (ctx) => {
    const plan = await proposeRoster(ctx, sheet);
    return { said: plainText(planReply(ctx, fileName, plan)), empty: isEmpty(plan) };
  });
  console.log(said);
  if (options.dryRun) return;
  if (empty || (!options.yes && !(await isConfirmed('录入吗？（y/N）')))) {
    console.log('没有录入，名单没有变化。');
    return;
  }
  console.log(plainText(await ledger.inTransaction((ctx) => enterRoster(ctx, sheet))));
}

async function readRosterOf(file: string): Promise<RosterSheet> {
  const outcome = await new PlanReader().read(await bytesOf(file), path.basename(file), seasonsOf({}));
  if (outcome.kind === 'roster') return outcome.sheet;
  const why = outcome.kind === 'refused' ? outcome.say : '没有读到名单的表头：要有姓名、单位、角色三列。';
  throw new BotError('invalid', why);
}
