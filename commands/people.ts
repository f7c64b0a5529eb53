import { z } from 'zod';

import { page, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { lexiconOf } from '../src/chat/lexicon.js';
import { type Reply, reply } from '../src/chat/message.js';
import {
  grantedReply,
  handedOverReply,
  peopleReply,
  personReply,
  rolesText,
  whichOne,
} from '../src/chat/people-reply.js';
import { mayChangePeople, type Named, type PeopleAsk, readPeople } from '../src/chat/read-people.js';
import { enterRoster, howToImport } from '../src/chat/roster-reply.js';
import { dayName } from '../src/domain/local-date.js';
import { actorRoleNames, type Person, type PersonId } from '../src/domain/person.js';
import { rights } from '../src/domain/rights.js';
import { rosterSheet } from '../src/domain/roster-sheet.js';
import { BotError } from '../src/errors.js';
import { fold } from '../src/language/fold.js';
import type { Context } from '../src/services/context.js';
import { handOver, letComeBack, letLeave } from '../src/services/person/depart.js';
import { cancelRole, grantRole } from '../src/services/person/grant-role.js';
import { renamePerson } from '../src/services/person/rename-person.js';
import { peopleOfRoster } from '../src/services/person/view-roster.js';

/** Who is who: by unit, with roles; and every change of it. */
export default defineCommand({
  name: 'people',
  aliases: ['联络员', '名单'],
  args: z.object({ page: page.optional(), words: words.optional() }),
  allow: rights.people.roles,
  right: 'people',
  writes: ({ words }) => words !== undefined && mayChangePeople(words),
  help: {
    verb: '改名单',
    summary: '名单：谁是哪个单位的联络员，加角色、交接、离任、复任',
    usage: '[姓名 角色 单位] [第n页]',
    examples: [
      '/people',
      '/people 张三 联络员 县水利局',
      '/people 张三 分管 县水利局、县住建局 气',
      '/people 交接 李四 王五',
      '/people 张三 离任',
    ],
  },

  async preview({ args, ctx }) {
    const { kind } = readPeople(args.words ?? '', await peopleOfRoster(ctx), lexiconOf(ctx));
    return `${kind === 'list' || kind === 'show' ? '看' : '改'}名单：${args.words}`;
  },

  async run({ args, ctx, confirmed, kept }) {
    const typed = args.words ?? '';
    const asked = readPeople(typed, await peopleOfRoster(ctx), lexiconOf(ctx));
    if (asked.kind === 'import') {
      return confirmed && kept !== undefined ? enterRoster(ctx, rosterSheet.parse(kept)) : reply.text(howToImport);
    }
    const [several] = namedIn(asked).filter(({ people }) => people.length > 1);
    if (several) return whichOne(ctx, several, fold(typed));
    return answer(ctx, asked, args.page ?? 1);
  },
});

async function answer(ctx: Context, asked: Exclude<PeopleAsk, { kind: 'import' }>, page: number): Promise<Reply> {
  switch (asked.kind) {
    case 'list':
      return peopleReply(ctx, asked.unit, page);
    case 'show':
      return personReply(ctx, only(asked.who));
    case 'grant':
      return grantedReply(ctx, await grantRole(ctx, idOf(asked.who), asked));
    case 'cancel': {
      const person = await cancelRole(ctx, idOf(asked.who), asked.role);
      return reply.text(`已改：${person.name}不再是${actorRoleNames[asked.role]}，现在：${rolesText(ctx, person)}。`);
    }
    case 'leave': {
      const { person, untilOn } = await letLeave(ctx, idOf(asked.who));
      const until = dayName(untilOn, ctx.today);
      return reply.text(
        `已记：${person.name}离任，权限现在停用，账号保留到${until}。`,
        `弄错了发“/people ${person.name} 复任”。`,
      );
    }
    case 'come-back': {
      const person = await letComeBack(ctx, idOf(asked.who));
      return reply.text(`已复任：${person.name}，${rolesText(ctx, person)}。`);
    }
    case 'hand-over':
      return handedOverReply(ctx, await handOver(ctx, idOf(asked.who), idOf(asked.to)));
    case 'rename': {
      const { was, now } = await renamePerson(ctx, idOf(asked.who), asked.name);
      return reply.text(`已改名：“${was}”改为“${now.name}”。以前的记录也按新名字显示。`);
    }
  }
}

function namedIn(asked: PeopleAsk): Named[] {
  return 'to' in asked ? [asked.who, asked.to] : 'who' in asked ? [asked.who] : [];
}

function only({ typed, people }: Named): Person {
  const [person] = people;
  if (!person) throw new BotError('not-found', `名单里没有“${typed}”。发“/people”看名单。`);
  return person;
}

const idOf = (named: Named): PersonId => only(named).id;
