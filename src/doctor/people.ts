import { heirsOf } from '../domain/merged-units.js';
import type { UnitId } from '../domain/unit.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { type Check, fail, ok, warn } from '../platforms/check/check.js';
import { readLedger } from '../store/ledger.js';
import { listAllAccounts, listPeople, type PersonRow } from '../store/people.js';
import type { Queries } from '../store/queries.js';
import type { LedgerLook } from './ledger-look.js';
import { firstNames } from './names.js';
import { placesMeant, platformNames, type Visit } from './visit.js';

/** Whether those who have to be reached can be. */
export function peopleChecks(visit: Visit, look: LedgerLook): Check[] {
  const places = placesMeant(visit);
  const where = places.map((place) => platformNames[place] ?? place).join('、');
  const example = `duban person add 姓名 --account ${places[0]}:编号`;
  return [
    look.ofEach('people.administrator', '管理员', async (q, { id }) => {
      const { reachable } = await peopleOn(places, q, id);
      const names = reachable.filter(({ roles }) => roles.includes('administrator')).map(({ name }) => name);
      if (names.length > 0) return ok(firstNames(names, '人'));
      return fail(`在${where}还没有管理员`, '运行 duban admin-code，把代码单独发给机器人的人成为管理员');
    }),
    look.ofEach('people.accounts', '人员账号', async (q, { id }) => {
      const { active, unreachable } = await peopleOn(places, q, id);
      if (unreachable.length === 0) return ok(`名单上${active.length}人在${where}都有账号`);
      const names = firstNames(
        unreachable.map(({ name }) => name),
        '人',
      );
      return warn(`在${where}没有账号，收不到单聊：${names}`, `请本人在群里发“/join 单位”，或运行 ${example}`);
    }),
    look.ofEach('people.liaisons', '联络员', async (q, { id }) => {
      const { active } = await peopleOn(places, q, id);
      const held = new Set(active.filter(({ roles }) => roles.includes('liaison')).map(({ unitId }) => unitId));
      const without = (await unitsNamed(q, id)).filter((unit) => !held.has(unit.id)).map(({ name }) => name);
      if (without.length === 0) return ok('文件里的责任单位都有联络员');
      const say = `${without.length}个责任单位没有联络员：${firstNames(without, '个')}`;
      return warn(say, '请联络员在群里发“/join 单位”，或运行 duban person add 姓名 --unit 单位 --role liaison');
    }),
  ];
}

async function peopleOn(
  places: string[],
  q: Queries,
  workspace: WorkspaceId,
): Promise<Record<'active' | 'reachable' | 'unreachable', PersonRow[]>> {
  const accounts = await listAllAccounts(q, workspace);
  const has = new Set(accounts.filter(({ platform }) => places.includes(platform)).map(({ personId }) => personId));
  const active = (await listPeople(q, workspace)).filter((person) => person.active);
  const [reachable, unreachable] = [active.filter(({ id }) => has.has(id)), active.filter(({ id }) => !has.has(id))];
  return { active, reachable, unreachable };
}

/** Every unit that a task of the ledger names, a group noun as its members, a merged one as its heir. */
async function unitsNamed(q: Queries, workspace: WorkspaceId): Promise<{ id: UnitId; name: string }[]> {
  const { tasks, responsibilities, units, members } = await readLedger(q, workspace);
  const current = new Set(tasks.filter(({ retired }) => !retired).map(({ year, key }) => `${year} ${key}`));
  const heirs = heirsOf(units);
  const now = (unit: UnitId) => heirs.get(unit) ?? unit;
  const named = new Set(
    responsibilities.filter(({ year, task }) => current.has(`${year} ${task}`)).map(({ unitId }) => now(unitId)),
  );
  const groups = new Set(members.map(({ groupId }) => groupId));
  const meant = new Set([
    ...[...named].filter((unit) => !groups.has(unit)),
    ...members.filter(({ groupId }) => named.has(groupId)).map(({ unitId }) => now(unitId)),
  ]);
  return units.filter(({ id }) => meant.has(id));
}
