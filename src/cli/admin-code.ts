import { Command } from 'commander';

import { loadConfig } from '../config.js';
import { wallClock } from '../domain/local-date.js';
import { BotError } from '../errors.js';
import { openLoadedLedger } from '../main.js';
import { isConnected } from '../open-platforms.js';
import { projectRoot } from '../project-root.js';
import { makeBindCode } from '../services/group/bind-codes.js';
import { listWorkspaces } from '../store/workspaces.js';

/** How the first administrator comes to be: a one-time code, to be sent to the bot one to one. */
export function adminCodeCommand(): Command {
  return new Command('admin-code').description('取一个一次性代码，单独发给机器人的人成为管理员').action(async () => {
    const config = loadConfig(process.env, projectRoot);
    const { store, realNow: now } = await openLoadedLedger(config);
    try {
      const { code, expiresAt } = await store.transaction(async (tx) => {
        const [workspace] = await listWorkspaces(tx);
        if (!workspace) throw new BotError('not-found', '台账还是空的。请先运行 npm start，让它读入 data/。');
        return makeBindCode(tx, workspace.id, { purpose: 'administrator', plans: null, createdBy: 'cli', now });
      });
      const { date, time } = wallClock(expiresAt, config.timeZone);
      console.log(`单独发给机器人：/bind ${code}`);
      console.log(`只能用一次，${date} ${time.slice(0, 5)}前有效。发的人成为管理员，请当面交给本人。`);
      if (!isConnected(config.platforms)) console.error(forgotten(config.database));
    } finally {
      await store.close();
    }
  });
}

const forgotten = (database: string) =>
  `没有读到平台的环境变量，代码写在 ${database.includes('://') ? '数据库' : database} 里。接了平台的服务若用别的库，请先载入变量再取一个。`;
