import { Command } from 'commander';

import type { PlatformName } from '../chat/message.js';
import { type Config, loadConfig } from '../config.js';
import { BotError } from '../errors.js';
import { projectRoot } from '../project-root.js';
import { addGroup } from '../services/group/add-group.js';
import { oneToOneChat } from '../services/roster/roster-cache.js';
import { listGroups } from '../store/groups.js';
import { withLedger } from './with-ledger.js';

interface AddOptions {
  name?: string;
  webhook?: string;
  plans?: string;
  account?: string;
  by?: string;
}

/** Binds groups by the platform's ids of them, for those that cannot be bound by a code. */
export function groupCommand(): Command {
  const group = new Command('group').description('工作群：绑定、列出');
  group
    .command('add')
    .description('按平台的群号绑定一个群；已绑定的改名、改计划、换机器人地址，没写的不变')
    .argument('<platform>', 'wecom、dingtalk、feishu')
    .argument('<chat>', '平台给的群号；企业微信只发不听的群可自己起一个')
    .option('--name <群名>', '群的名字')
    .option('--webhook <地址>', '群机器人的 webhook 地址，是凭证，不要发到群里')
    .option('--plans <前缀>', '只绑这些计划，如 水,气，或 全部；不写时新群是全部，已绑定的不变')
    .option('--account <编号>', '机器人或应用的编号，不写取环境变量里的')
    .option('--by <姓名>', '以哪位管理员的名义')
    .action(async (platform: string, chatId: string, options: AddOptions) => {
      const config = loadConfig(process.env, projectRoot);
      const name = platformName(platform);
      await withLedger(config, options.by ?? null, (ledger) =>
        ledger.inTransaction(async (ctx) => {
          const { added } = await addGroup(ctx, {
            platform: name,
            account: options.account ?? accountOf(config, name),
            chatId,
            name: options.name ?? null,
            webhook: options.webhook ?? null,
            plans: plansOf(options.plans),
          });
          console.log(added ? '已绑定。每周一9:00发周报。' : '已更新。');
        }),
      );
    });
  group
    .command('list')
    .description('列出已绑定的群')
    .action(async () => {
      await withLedger(loadConfig(process.env, projectRoot), null, (ledger) =>
        ledger.inTransaction(async (ctx) => {
          const groups = await listGroups(ctx.tx, ctx.workspace);
          for (const one of groups.filter(({ chatId }) => chatId !== oneToOneChat)) {
            const plans = one.plans === null ? '全部计划' : one.plans.join('、');
            const webhook = one.webhook === null ? '' : '，有群机器人';
            const lost = one.lostWhy === null ? '' : `，发不出：${one.lostWhy}`;
            console.log(`${one.name}｜${one.platform}｜${one.chatId}｜${plans}${webhook}${lost}`);
          }
        }),
      );
    });
  return group;
}

function plansOf(typed: string | undefined): string[] | null | undefined {
  return typed === '全部' ? null : typed?.split(/[,，、\s]+/u).filter(Boolean);
}

const platforms = ['wecom', 'dingtalk', 'feishu'] as const;

export function platformName(typed: string): (typeof platforms)[number] {
  const found = platforms.find((name) => name === typed);
  if (!found) throw new BotError('invalid', `平台写 ${platforms.join('、')} 之一，收到的是“${typed}”。`);
  return found;
}

/** Under which the platform's adapter hears and speaks. */
export function accountOf({ platforms: { feishu, dingtalk, wecom } }: Config, platform: PlatformName): string {
  const account = {
    feishu: feishu?.appId,
    dingtalk: dingtalk?.robotCode,
    wecom: wecom?.bot?.botId ?? wecom?.app?.corpId,
    sandbox: 'sandbox',
  }[platform];
  if (account === undefined) throw new BotError('invalid', `没有配置${platform}的环境变量，请配置，或写 --account。`);
  return account;
}
