import { Command } from 'commander';

import { loadConfig } from '../config.js';
import { actorRoles } from '../domain/person.js';
import { BotError } from '../errors.js';
import { projectRoot } from '../project-root.js';
import { addPerson, roleNamesText } from '../services/person/add-person.js';
import { withLedger } from './with-ledger.js';

interface AddOptions {
  unit?: string;
  role: string[];
  account: string[];
  by?: string;
}

const several = (value: string, values: string[]) => [...values, value];

/** Enters people of the roster from the command line. */
export function personCommand(): Command {
  const person = new Command('person').description('名单：加人、加账号');
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
  return person;
}
