import { createHash } from 'node:crypto';

import { answerFile, type HeardFile } from './chat/answer-file.js';
import { converse, type Knows } from './chat/dispatch.js';
import { hearBeside, meansPlan, type Wanted, withReplies } from './chat/hear-beside.js';
import { type IncomingFile, type IncomingMessage, type Reply, reply } from './chat/message.js';
import { holdFiles, placeFiles, type SentFile } from './chat/place-files.js';
import { evidenceName } from './domain/evidence.js';
import { workspaceSettings } from './domain/workspace.js';
import { saidBy } from './errors.js';
import { type EvidenceFolder, NoRoom } from './evidence/evidence-folder.js';
import type { EvidenceReader } from './evidence/evidence-reader.js';
import { maxFileBytes, type PlanReader } from './plan-reading/plan-reader.js';
import { seasonsOf } from './plan-reading/seasons.js';
import type { Context } from './services/context.js';
import { awaitFiles } from './services/evidence/await-files.js';
import { type Answer, type Answered, actorOf, answerMessage, type Road } from './services/message/answer-message.js';
import type { Place } from './services/roster/roster-cache.js';
import { deleteAwaitedFiles } from './store/awaited-files.js';
import { findClaim } from './store/inbound.js';

export interface FileIntakeDeps extends Road {
  knows: Knows;
  plans: PlanReader;
  evidence: EvidenceReader;
  folder: EvidenceFolder;
  /** What a workspace may keep, in bytes. */
  room: number;
  now: () => Date;
  /** Sees to what is owed after a commit; what it returns is the answer to the platform. */
  settle(message: IncomingMessage, answered: Answered): Reply[];
  /** Something has yet to be fetched. */
  onAwaited(): void;
}

/** One file whose content is at hand, or why it is not. */
export interface Arrived {
  name: string;
  isPicture: boolean;
  content: { kind: 'bytes'; bytes: Uint8Array } | { kind: 'lost'; say: string };
}

/** Looked at outside any transaction: a document to import, or what shows a report. */
export type Prepared = { kind: 'plan'; heard: HeardFile } | { kind: 'evidence'; sent: SentFile };

/** What the files came with, and how they are named once more when they are answered by themselves. */
export interface Origin extends Pick<Wanted, 'text' | 'worded'> {
  /** Of the message that brought them. */
  id: string;
  receivedAt: Date;
  /** Those of `awaited_files` that this settles. */
  sequences: number[];
}

const nothing: Answer = { replies: [], commands: [] };

/**
 * Takes messages with files. Their words are answered and committed at once, so that nobody waits for a download; what becomes of
 * the files is an answer of its own, after their content was looked at.
 */
export class FileIntake {
  readonly #deps: FileIntakeDeps;

  constructor(deps: FileIntakeDeps) {
    this.#deps = deps;
  }

  async hear(message: IncomingMessage, files: IncomingFile[]): Promise<Reply[]> {
    const { knows, now, settle, onAwaited } = this.#deps;
    const receivedAt = now();
    const kept = files.flatMap((file) => (file.content.at === 'platform' ? [{ ...file, ...file.content }] : []));
    const later = kept.length > 0;
    let wanted: Wanted | null | undefined;
    const answered = await answerMessage(this.#deps, message, receivedAt, async (ctx, text) => {
      const beside = await hearBeside(ctx, knows, text, files, { later });
      wanted = beside.wanted;
      if (!wanted || !later) return beside.answer;
      const { files: meant, ...how } = wanted;
      const sources = kept.filter(({ content }) => meant.some((one) => one.content === content));
      const { route } = message;
      const atOnce = sources.every(({ kind }) =>
        meansPlan(ctx, { ...how, isPicture: kind === 'picture', quotes: false }),
      );
      if (await awaitFiles(ctx, sources, { ...how, route, atOnce })) return beside.answer;
      wanted = null;
      const say = '前面发的文件还没有收完，这次的没有收，请过几分钟再发。';
      return withReplies(beside.answer, [reply.refusal(say)]);
    });
    const replies = settle(message, answered);
    if (later && wanted) onAwaited();
    if (later || wanted === null || answered.place !== 'bound') return replies;
    const more =
      wanted === undefined ? await this.#saidBefore(message) : await this.#atHand(message, wanted, receivedAt);
    return withReplies({ ...nothing, replies }, more).replies;
  }

  /** What is told again of files that came with their message. */
  async #saidBefore(message: IncomingMessage): Promise<Reply[]> {
    const { store, rosters } = this.#deps;
    const place = await rosters.find(store.read, message);
    const { platform, account } = message;
    const key = { platform, account, messageId: idOfFiles(message.id) };
    const claim = place && (await findClaim(store.read, place.workspace.id, key));
    return (claim?.replies ?? []) as Reply[];
  }

  async #atHand(message: IncomingMessage, { files, ...how }: Wanted, receivedAt: Date): Promise<Reply[]> {
    const arrived: Arrived[] = [];
    for (const { name, kind, content } of files) {
      if (content.at !== 'hand') continue;
      arrived.push({ name, isPicture: kind === 'picture', content: { kind: 'bytes', bytes: await content.load() } });
    }
    const told = { ...message, id: idOfFiles(message.id), text: '', files: [] };
    const origin = { ...how, id: message.id, receivedAt, sequences: [] };
    const prepared: Prepared[] = [];
    for (const one of arrived) prepared.push(...(await this.prepare(told, origin, one)));
    return this.answer(told, origin, prepared);
  }

  /** Answers files as a message of their own, once under its id. */
  async answer(message: IncomingMessage, origin: Origin, prepared: Prepared[]): Promise<Reply[]> {
    const { now, settle } = this.#deps;
    const answered = await answerMessage(this.#deps, message, now(), (ctx) => this.#answer(ctx, origin, prepared));
    return settle(message, answered);
  }

  async #answer(outer: Context, origin: Origin, prepared: Prepared[]): Promise<Answer> {
    // What is recorded comes from the message that brought the files.
    const ctx = { ...outer, message: { ...outer.message, id: origin.id } };
    const { sequences, text, worded, receivedAt } = origin;
    if (sequences.length > 0 && (await deleteAwaitedFiles(ctx.tx, ctx.workspace, sequences)) === 0) return nothing;
    let answer = nothing;
    for (const one of prepared) {
      if (one.kind !== 'plan') continue;
      const { replies, commands } = await answerFile(ctx, one.heard);
      answer = { replies: [...answer.replies, ...replies], commands: [...answer.commands, ...commands] };
    }
    const files = prepared.flatMap((one) => (one.kind === 'evidence' ? [one.sent] : []));
    if (files.length === 0) return answer;
    const told = worded && sequences.length > 0;
    const sending = { files, worded, told, receivedAt, room: this.#deps.room };
    try {
      if (text === '') return withReplies(answer, await placeFiles(ctx, sending));
      const { rows, refusals } = await holdFiles(ctx, sending);
      return withReplies(rows.length > 0 ? await converse(ctx, this.#deps.knows, text) : answer, refusals);
    } catch (error) {
      return withReplies(answer, [reply.refusal(saidBy(error))]);
    }
  }

  /** Looks at a file; nothing comes of it where the person is no longer known. */
  async prepare(message: IncomingMessage, { worded, text }: Origin, file: Arrived): Promise<Prepared[]> {
    const { name, isPicture, content } = file;
    const place = await this.#deps.rosters.find(this.#deps.store.read, message);
    if (!place) return [];
    const asked = { isPicture, quotes: message.quoted !== null, worded: worded || text !== '' };
    if (meansPlan({ actor: actorOf(place.person, message) }, asked)) {
      if (content.kind === 'lost') return [{ kind: 'plan', heard: { kind: 'refused', say: content.say } }];
      return [{ kind: 'plan', heard: await this.#readPlan(place, name, content.bytes) }];
    }
    const sent = content.kind === 'lost' ? content : await this.#keep(place, name, content.bytes);
    return [{ kind: 'evidence', sent }];
  }

  async #readPlan({ workspace }: Place, name: string, bytes: Uint8Array): Promise<HeardFile> {
    const { plans, log } = this.#deps;
    if (bytes.byteLength > maxFileBytes)
      return { kind: 'refused', say: '文件超过20MB，没有收。请去掉图片或拆成几份再发。' };
    const outcome = await plans.read(bytes, name, seasonsOf(workspaceSettings.parse(workspace.settings)));
    if (outcome.kind === 'refused') {
      log.warn({ err: outcome.cause }, 'document not read');
      return outcome;
    }
    if (outcome.kind === 'roster') return { ...outcome, fileName: name };
    const { draft, text } = outcome.reading;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { kind: 'read', file: { fileName: name, sha256, text, draft } };
  }

  async #keep({ workspace }: Place, name: string, bytes: Uint8Array): Promise<SentFile> {
    const { evidence, folder, log } = this.#deps;
    const checked = await evidence.check(bytes, name);
    if (checked.kind === 'unfit') {
      if (checked.cause !== undefined) log.warn({ err: checked.cause }, 'a file was not looked through');
      return { kind: 'lost', say: checked.say };
    }
    const { type } = checked;
    try {
      const sha256 = await folder.keep(workspace.id, bytes);
      return { kind: 'kept', file: { name: evidenceName(name, type), type, size: bytes.byteLength, sha256 } };
    } catch (error) {
      log.error({ err: error }, 'a file could not be kept');
      const why = error instanceof NoRoom ? '服务器的磁盘快满了' : '服务器存不下文件';
      return { kind: 'lost', say: `${why}，材料没有收。请告诉管理员。` };
    }
  }
}

/** The answer to the files of a message is claimed by itself. */
const idOfFiles = (messageId: string) => `${messageId} files`;
