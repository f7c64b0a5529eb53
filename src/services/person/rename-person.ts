import { isPersonName, type Person, type PersonId } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { lockRoster, personIn } from './lock-roster.js';
import { changePerson } from './write-roster.js';

/** 改名: who came with the platform's id for a name gets one that people know. Returns the name before. */
export async function renamePerson(ctx: Context, id: PersonId, name: string): Promise<{ was: string; now: Person }> {
  const roster = await lockRoster(ctx, 'roles');
  const person = personIn(roster, id);
  if (!isPersonName(name)) {
    throw new BotError('invalid', '姓名写2到40个字，不带号码和符号，如：/people 改名 zhangsan 张三');
  }
  if (person.name === name) throw new BotError('conflict', `名单里已经写作“${name}”。`);
  return { was: person.name, now: await changePerson(roster.writer, person, { name }, '改名') };
}
