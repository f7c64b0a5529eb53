import { Command } from 'commander';

import { type Config, loadConfig } from '../config.js';
import { start } from '../main.js';
import { isConnected } from '../open-platforms.js';
import { projectRoot } from '../project-root.js';
import { announceServer } from './running-server.js';

/** Serves until it is told to stop. Never installs or builds. */
export function serveCommand(): Command {
  return new Command('serve').description('启动（没有配置平台时是演示沙箱）').action(async () => {
    const config = loadConfig(process.env, projectRoot);
    const running = await start(config);
    const { url, consoleToken: token } = running;
    const withdraw = await announceServer(config, { url, sandbox: !isConnected(config.platforms), token });
    console.log(ready(config, running.url));
    const stop = async () => {
      await withdraw();
      await running.stop();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void stop().then(() => process.exit(0));
      });
    }
  });
}

function ready({ platforms, sandboxStart, timeZone }: Config, url: string): string {
  if (isConnected(platforms)) return `督办已就绪：${url}\n平台按环境变量接入，演示沙箱不开。按 Ctrl+C 停止。`;
  const from = sandboxStart.toLocaleString('zh-CN', { timeZone });
  return `督办沙箱已就绪：${url}\n沙箱时间从 ${from} 开始，可在页面上改。按 Ctrl+C 停止。`;
}
