import { unitName } from '../domain/ledger.js';
import { dayName } from '../domain/local-date.js';
import {
  type ActorRole,
  actorRoleNames,
  actorRoles,
  daysToComeBack,
  isLiaisonOf,
  type Person,
} from '../domain/person.js';
import type { UnitId } from '../domain/unit.js';
import { BotError } from '../errors.js';
import type { Context } from '../services/context.js';
import type { HandedOver } from '../services/person/depart.js';
import type { Granted } from '../services/person/grant-role.js';
import { type JoinRequest, listJoinRequests } from '../services/person/join-unit.js';
import { type RosterView, type UnitLine, viewRoster } from '../services/person/view-roster.js';
import { type Answers, ask } from '../services/question/ask.js';
import { type Block, type Reply, reply } from './message.js';
import type { Named } from './read-people.js';

const pageSize = 20;
const requestsShown = 10;
const namesShown = 12;
const longVacant = 30;

/** People by unit in the document's order, what waits to be granted, and the units that have no liaison. */
export async function peopleReply(ctx: Context, unit: UnitId | null, page: number): Promise<Reply> {
  if (!ctx.chat.private) throw new BotError('invalid', '名单只在单聊里看。请单独发“/people”给我。');
  const view = await viewRoster(ctx);
  if (unit !== null) return unitReply(ctx, view, unit);
  const lines = [
    ...roleLines(ctx, view.apart),
    ...view.units.map((line) => unitLine(ctx, line)),
    ...departedLines(ctx, view),
  ];
  const pages = Math.max(1, Math.ceil(lines.length / pageSize));
  if (page > pages) return reply.refusal(`名单只有${pages}页。`);
  const requests = page === 1 ? await listJoinRequests(ctx) : [];
  const where = pages > 1 ? `，第${page}/${pages}页` : '';
  const next = page < pages ? `看下一页发“/people 第${page + 1}页”。` : '';
  return reply.card(`${titleOf(view)}${where}`, {
    blocks: [
      ...requestBlocks(ctx, requests),
      { kind: 'items', items: lines.slice((page - 1) * pageSize, page * pageSize) },
      { kind: 'note', text: `${next}加角色发“/people 姓名 联络员 单位”，离任发“/people 姓名 离任”。` },
    ],
  });
}

function titleOf({ apart, units }: RosterView): string {
  const people = apart.length + units.reduce((sum, line) => sum + line.people.length, 0);
  const vacant = units.filter((line) => line.vacantSince !== null).length;
  return `名单${people}人${vacant > 0 ? `，${vacant}家单位没有联络员` : ''}`;
}

function requestBlocks(ctx: Context, requests: JoinRequest[]): Block[] {
  if (requests.length === 0) return [];
  const items = requests.slice(0, requestsShown).map((request) => requestLine(ctx, request));
  const more = requests.length > requestsShown ? [`还有${requests.length - requestsShown}件，发“/join”看。`] : [];
  return [
    { kind: 'line', text: `等待同意的联络员申请${requests.length}件，回“/join 同意 号数”或“/join 不同意 号数”：` },
    { kind: 'items', items: [...items, ...more] },
  ];
}

/** 3. 赵某：县水利局（原是县住建局联络员…） */
export function requestLine(ctx: Context, request: JoinRequest): string {
  return `${request.number}. ${request.personName}：${unitName(ctx.ledger, request.unit)}${movingText(ctx, request)}`;
}

/** A person reports for one unit; who grants another should know which one loses its liaison. */
export function movingText(ctx: Context, { from }: Pick<JoinRequest, 'from'>): string {
  if (from === null) return '';
  const unit = unitName(ctx.ledger, from);
  return `（原是${unit}联络员，同意后不再代表${unit}）`;
}

function roleLines(ctx: Context, apart: Person[]): string[] {
  const order: (ActorRole | null)[] = [...actorRoles.toReversed(), null];
  const firstRole = ({ roles }: Person) => order.find((role) => role !== null && roles.includes(role)) ?? null;
  return order.flatMap((role) => {
    const some = apart.filter((person) => firstRole(person) === role);
    if (some.length === 0) return [];
    const named = some.map((person) => `${person.name}${detailText(ctx, person, role)}`);
    return [`${role === null ? '没有角色' : actorRoleNames[role]}：${someOf(named)}`];
  });
}

function unitLine(ctx: Context, { unit, people, vacantSince, vacantDays }: UnitLine): string {
  const named = people.map((person) =>
    isLiaisonOf(person, unit)
      ? `${person.name}${detailText(ctx, person, 'liaison')}`
      : `${person.name}（${rolesText(ctx, person)}）`,
  );
  if (vacantSince === null) return `${unitName(ctx.ledger, unit)}：${someOf(named)}`;
  const long = vacantDays >= longVacant ? `，已${longVacant}天没有联络员` : '';
  const none = `没有联络员（${dayName(vacantSince, ctx.today)}起${long}）`;
  return `${unitName(ctx.ledger, unit)}：${named.length > 0 ? `${none}；${someOf(named)}` : none}`;
}

const someOf = (names: string[]) =>
  `${names.slice(0, namesShown).join('、')}${names.length > namesShown ? `等${names.length}人` : ''}`;

function departedLines(ctx: Context, { departed }: RosterView): string[] {
  return departed.map(
    ({ person, on }) =>
      `${dayName(on, ctx.today)}离任：${person.name}（${rolesText(ctx, person)}），${daysToComeBack}天内可以“复任”`,
  );
}

/** What else somebody is, besides the role under which they stand. */
function detailText(ctx: Context, person: Person, under: ActorRole | null): string {
  const others = person.roles.filter((role) => role !== under).map((role) => actorRoleNames[role]);
  const text = [...others, scopeText(ctx, person)].filter(Boolean).join('、');
  return text === '' ? '' : `（${text}）`;
}

/** 县水利局联络员、领导（分管…） */
export function rolesText(ctx: Context, person: Person): string {
  const unit = person.unitId === null ? '' : unitName(ctx.ledger, person.unitId);
  const roles = person.roles.map((role) => (role === 'liaison' ? `${unit}联络员` : actorRoleNames[role]));
  const texts = roles.length > 0 ? roles : [unit === '' ? '没有角色' : `${unit}，没有角色`];
  return [...texts, scopeText(ctx, person)].filter(Boolean).join('、');
}

function scopeText({ ledger }: Context, { scope, roles }: Person): string {
  if (scope === null) return '';
  const names = [...scope.units.map((unit) => unitName(ledger, unit)), ...scope.plans.map((plan) => `“${plan}”计划`)];
  const verb = roles.includes('leader') ? '分管' : '调度';
  return `${verb}${names.join('、')}`;
}

function unitReply(ctx: Context, view: RosterView, unit: UnitId): Reply {
  const members = ctx.ledger.units.get(unit)?.members ?? [];
  const meant = new Set(members.length > 0 ? members : [unit]);
  const lines = view.units.filter((line) => meant.has(line.unit)).map((line) => unitLine(ctx, line));
  const name = unitName(ctx.ledger, unit);
  if (lines.length === 0) return reply.text(`${name}在名单里没有人。加联络员发“/people 姓名 联络员 ${name}”。`);
  return reply.text(...lines, `换人发“/people 交接 原联络员 新联络员”。`);
}

export async function personReply(ctx: Context, person: Person): Promise<Reply> {
  if (!ctx.chat.private) throw new BotError('invalid', '名单只在单聊里看。请单独发给我。');
  const left = person.active ? '' : '，已离任';
  return reply.text(
    `${person.name}：${rolesText(ctx, person)}${left}。`,
    person.active
      ? `改发“/people ${person.name} 联络员 单位”或“/people ${person.name} 离任”。`
      : `弄错了发“/people ${person.name} 复任”。`,
  );
}

/** 已改：张三现在是县水利局联络员。The answer says who was there, and asks whether they leave. */
export async function grantedReply(ctx: Context, { before, after, beside }: Granted): Promise<Reply> {
  const moved =
    before.active && before.roles.includes('liaison') && before.unitId !== after.unitId && before.unitId !== null
      ? `不再代表${unitName(ctx.ledger, before.unitId)}。`
      : '';
  return besideReply(ctx, `已改：${after.name}现在是${rolesText(ctx, after)}。${moved}`, after, beside);
}

/** One other liaison may leave by one word; of several the person names one. */
export async function besideReply(
  ctx: Context,
  said: string,
  after: Pick<Person, 'unitId'>,
  beside: Person[],
): Promise<Reply> {
  const [only, ...others] = beside;
  if (!only || after.unitId === null) return reply.text(said);
  const unit = unitName(ctx.ledger, after.unitId);
  const names = beside.map(({ name }) => name).join('、');
  if (others.length > 0)
    return reply.text(said, `${unit}原有联络员${names}。谁离任发“/people 姓名 离任”，都留着不用发。`);
  return ask(
    ctx,
    `${said}\n${unit}原有联络员${only.name}。${only.name}离任的回“离任”，两人都留着不用回。`,
    [{ words: ['离任'], say: `/people #${only.id} 离任` }],
    [{ label: '离任', send: '离任' }],
  );
}

export function handedOverReply(ctx: Context, { from, to, moved, requests, reminders }: HandedOver): Reply {
  const unit = from.unitId === null ? '' : unitName(ctx.ledger, from.unitId);
  const waits = [requests > 0 ? `申请${requests}件` : '', reminders > 0 ? `提醒${reminders}条` : ''].filter(Boolean);
  return reply.text(
    `已交接：${to.name}现在是${unit}联络员，${from.name}离任。`,
    moved === null ? null : `${to.name}不再代表${unitName(ctx.ledger, moved)}。`,
    waits.length > 0 ? `${from.name}名下等着办的转给${to.name}：${waits.join('、')}。` : null,
    `弄错了${daysToComeBack}天内发“/people ${from.name} 复任”。`,
  );
}

/** Several of one name: which one, by number. */
export async function whichOne(ctx: Context, { typed, people }: Named, command: string): Promise<Reply> {
  const options: Answers = people.map((person, index) => ({
    words: [String(index + 1)],
    say: `/people ${command.replace(typed, `#${person.id}`)}`,
  }));
  const lines = people.map(
    (person, index) => `${index + 1}. ${rolesText(ctx, person)}${person.active ? '' : '，已离任'}`,
  );
  return ask(
    ctx,
    `名单里有${people.length}个“${typed}”，是哪一个？请回序号：\n${lines.join('\n')}`,
    options,
    options.map((_, index) => ({ label: String(index + 1), send: String(index + 1) })),
  );
}
