import { forgetQuestions as forget } from '../../store/pending-questions.js';
import { forgetTopics } from '../../store/topics.js';
import { listWorkspaces } from '../../store/workspaces.js';
import type { Scheduling } from '../schedule/schedule-context.js';
import { topicMs } from './topic.js';

/** At most so many with each pass, so that nobody waits for it. */
const mostAtOnce = 1000;

/** What waited for an answer, and what one may go on asking about, is not kept longer than that: it may hold a whole roster. */
export async function forgetQuestions({ store }: Pick<Scheduling, 'store'>, now: Date): Promise<void> {
  for (const { id } of await listWorkspaces(store.read)) {
    await store.transaction(async (tx) => {
      await forget(tx, id, now, mostAtOnce);
      await forgetTopics(tx, id, new Date(now.getTime() - topicMs), mostAtOnce);
    });
  }
}
