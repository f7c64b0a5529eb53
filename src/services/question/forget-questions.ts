import { forgetQuestions as forget } from '../../store/pending-questions.js';
import { listWorkspaces } from '../../store/workspaces.js';
import type { Scheduling } from '../schedule/schedule-context.js';

/** At most so many with each pass, so that nobody waits for it. */
const mostAtOnce = 1000;

/** What waited for an answer is not kept longer than it waits: it may hold a whole roster. */
export async function forgetQuestions({ store }: Pick<Scheduling, 'store'>, now: Date): Promise<void> {
  for (const { id } of await listWorkspaces(store.read)) {
    await store.transaction((tx) => forget(tx, id, now, mostAtOnce));
  }
}
