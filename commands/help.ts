import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { type Command, defineCommand, isOpenTo } from '../src/chat/command.js';
import { type Reply, reply } from '../src/chat/message.js';
import { type Actor, holds } from '../src/domain/person.js';
import { BotError } from '../src/errors.js';

/** What can be asked, by role. */
export default defineCommand({
  name: 'help',
  aliases: ['帮助', '怎么用'],
  args: z.object({ command: words.optional() }),
  allow: 'member',
  help: { summary: '能问什么、怎么报', usage: '[命令]', examples: ['/help', '/help due'] },

  async run({ args, ctx, commands }) {
    const open = commands.filter((command) => command.allow === 'member' || holds(ctx.actor, ...command.allow));
    return args.command === undefined ? overview(open, ctx.actor) : helpOn(open, args.command);
  },
});

function overview(commands: Command[], actor: Actor): Reply {
  const reports = holds(actor, 'liaison');
  const shown = commands.filter((command) => isOpenTo(command, actor.roles));
  const asked = reports ? shown : [...shown, ...commands.filter((command) => command.name === 'done')];
  return reply.card('可以问的和可以报的：', {
    blocks: [
      { kind: 'items', items: [...new Set(asked)].map((command) => `${usageOf(command)}：${command.help.summary}`) },
      { kind: 'note', text: '也可以直接说“水-7谁牵头”这样的话。看一个命令的例子发“/help due”。台账只记收到的报告。' },
    ],
  });
}

function helpOn(commands: Command[], typed: string): Reply {
  const word = typed
    .replace(/^[/／]/u, '')
    .trim()
    .toLowerCase();
  const command = commands.find(
    (one) => one.name === word || one.aliases.some((alias) => alias.toLowerCase() === word),
  );
  if (!command)
    throw new BotError('not-found', `没有“${[...word].slice(0, 20).join('')}”这个命令。发“/help”看全部命令。`);
  return reply.text(
    `${usageOf(command)}：${command.help.summary}`,
    `别名：${command.aliases.join('、')}`,
    `例：${command.help.examples.join('；')}`,
  );
}

function usageOf(command: Command): string {
  return `/${command.name} ${command.help.usage}`.trim();
}
