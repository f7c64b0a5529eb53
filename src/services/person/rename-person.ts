import type { Person, PersonId } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { lockRoster, personIn } from './lock-roster.js';
import { changePerson } from './write-roster.js';

/** A name as people write it: no marks that a table or a chat would read as something else. */
const wellFormed = /^[\p{L}\p{N}][\p{L}\p{N}·.()（）\- ]{0,39}$/u;

export const isName = (text: string) => wellFormed.test(text) && !/\d{7}/u.test(text);

/** 改名: who came with the platform's id for a name gets one that people know. Returns the name before. */
export async function renamePerson(ctx: Context, id: PersonId, name: string): Promise<{ was: string; now: Person }> {
  const roster = await lockRoster(ctx, 'roles');
  const person = personIn(roster, id);
  if (!isName(name)) {
    throw new BotError('invalid', '姓名写2到40个字，不带号码和符号，如：/people 改名 zhangsan 张三');
  }
  if (person.name === name) throw new BotError('conflict', `名单里已经写作“${name}”。`);
  return { was: person.name, now: await changePerson(roster.writer, person, { name }, '改名') };
}
