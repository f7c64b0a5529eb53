import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { type Confirmations, confirmations } from './domain/confirm-draft.js';
import { localDate } from './domain/local-date.js';
import { actorRoleNames, actorRoles, roleApart } from './domain/person.js';
import { groupId, workspaceId, workspaceSettings } from './domain/workspace.js';

const inChinese = z.locales.zhCN().localeError;

const workspaceFile = z.object({
  id: workspaceId,
  name: z.string().min(1),
  startOn: localDate.optional(),
  settings: workspaceSettings,
  groups: z.array(
    z.object({
      id: groupId,
      chat: z.string(),
      name: z.string(),
      /** Prefixes; without them the group is about all plans. */
      plans: z.array(z.string().min(1)).min(1).optional(),
    }),
  ),
  documents: z.array(z.object({ file: z.string(), confirmed: z.string().optional(), title: z.string() })),
});
const unitsFile = z.array(
  z.object({
    name: z.string().min(1),
    aliases: z.array(z.string().min(1)).default([]),
    members: z.array(z.string()).default([]),
  }),
);
const peopleFile = z.array(
  z.object({
    name: z.string().min(1),
    unit: z.string().optional(),
    roles: z.array(z.enum(actorRoles)),
    /** By platform; with them a ledger that is connected starts with its people. */
    accounts: z
      .strictObject({
        wecom: z.string().min(1).optional(),
        dingtalk: z
          .string()
          .min(1)
          .refine((id) => !id.startsWith('外部'), '没有员工号的钉钉账号在应用发布后作废')
          .optional(),
        feishu: z.string().min(1).optional(),
      })
      .default({}),
    /** 分管 or 调度: plans by prefix, units by name. */
    scope: z
      .object({ plans: z.array(z.string().min(1)).default([]), units: z.array(z.string().min(1)).default([]) })
      .optional(),
  }),
);

export interface DataDocument {
  title: string;
  fileName: string;
  bytes: Buffer;
  sha256: string;
  confirmed: Confirmations | null;
}

/** What an office starts with: its workspace, roster and documents as issued. */
export interface DataFolder {
  workspace: Omit<z.infer<typeof workspaceFile>, 'documents'>;
  units: z.infer<typeof unitsFile>;
  people: z.infer<typeof peopleFile>;
  documents: DataDocument[];
  /** What is allowed and yet hardly meant, for the log. */
  doubts: string[];
}

/** A file of the data folder that cannot be read or does not have its form; `say` names it. */
export class DataFolderError extends Error {
  constructor(
    readonly say: string,
    options?: ErrorOptions,
  ) {
    super(say, options);
    this.name = 'DataFolderError';
  }
}

export async function readDataFolder(folder: string): Promise<DataFolder> {
  const { documents, ...workspace } = await readJson(folder, 'workspace.json', workspaceFile);
  const units = await readJson(folder, 'units.json', unitsFile);
  const people = await readJson(folder, 'people.json', peopleFile);
  refuseUnknownUnits(folder, units, people);
  const names = units.flatMap((unit) => [...new Set([unit.name, ...unit.aliases])]);
  refuseTwice(path.join(folder, 'units.json'), names, '单位名或别名');
  const peoplePath = path.join(folder, 'people.json');
  refuseApart(peoplePath, people);
  refuseTwice(
    peoplePath,
    people.map((person) => person.name),
    '姓名',
  );
  refuseTwice(
    peoplePath,
    people.flatMap(({ accounts }) => Object.entries(accounts).map(([platform, id]) => `${platform}:${id}`)),
    '账号',
  );
  const read = await Promise.all(
    documents.map(async ({ file, confirmed, title }) => {
      const bytes = await readBytes(folder, file);
      return {
        title,
        fileName: file,
        bytes,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        confirmed: confirmed === undefined ? null : await readJson(folder, confirmed, confirmations),
      };
    }),
  );
  const empty = read.filter(({ confirmed }) => confirmed !== null && confirmsNothing(confirmed));
  return {
    workspace,
    units,
    people,
    documents: read,
    doubts: [
      ...(people.length === 0 ? [`${path.join(folder, 'people.json')} 里没有人，谁都不能报送`] : []),
      ...empty.map(({ fileName }) => `${path.join(folder, fileName)} 的确认文件是空的，附表和正文的关联按读到的算`),
    ],
  };
}

function confirmsNothing({ links, shortTitles }: Confirmations): boolean {
  return Object.keys(links).length + Object.keys(shortTitles).length === 0;
}

async function readBytes(folder: string, name: string): Promise<Buffer> {
  const file = path.join(folder, name);
  try {
    return await readFile(file);
  } catch (cause) {
    throw new DataFolderError(`数据文件读不到：${file}。请检查 DUBAN_DATA 指的文件夹和文件权限。`, { cause });
  }
}

/** Throws `DataFolderError`, which names the file and the place in it. */
export async function readJson<Form extends z.ZodType>(
  folder: string,
  name: string,
  form: Form,
): Promise<z.infer<Form>> {
  const file = path.join(folder, name);
  const text = (await readBytes(folder, name)).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DataFolderError(`数据文件不是 JSON：${file}。请改正后重新启动。`, { cause });
  }
  const parsed = form.safeParse(value, { error: inChinese });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || '开头';
  throw new DataFolderError(`数据文件格式不对：${file} 的 ${where}：${issue?.message}。请改正后重新启动。`);
}

/** In the sandbox people are told apart by their names, and everywhere units by theirs. */
function refuseTwice(file: string, names: string[], what: string): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  throw new DataFolderError(`数据文件 ${file} 里${what}“${twice}”写了两次。请区分开再重新启动。`);
}

/** Whoever accepts what units report does not report, and who audits changes nothing. */
function refuseApart(file: string, people: DataFolder['people']): void {
  for (const { name, roles } of people) {
    const [role, other] = roles.flatMap((one) => {
      const apart = roleApart(one, roles);
      return apart === null ? [] : [one, apart];
    });
    if (role === undefined || other === undefined) continue;
    const names = `${actorRoleNames[role]}和${actorRoleNames[other]}`;
    throw new DataFolderError(`数据文件 ${file} 里“${name}”不能同时是${names}。请改正后重新启动。`);
  }
}

function refuseUnknownUnits(folder: string, units: DataFolder['units'], people: DataFolder['people']): void {
  const known = new Set(units.map((unit) => unit.name));
  const ofPeople = people.flatMap(({ unit, scope }) => [
    ...(unit === undefined ? [] : [unit]),
    ...(scope?.units ?? []),
  ]);
  const asked = [...units.flatMap((unit) => unit.members), ...ofPeople];
  const unknown = asked.find((name) => !known.has(name));
  if (unknown)
    throw new DataFolderError(`数据文件 ${folder} 里写了名单外的单位：${unknown}。请在 units.json 里加上它。`);
}
