import { Worker } from 'node:worker_threads';

export interface ThreadBounds {
  timeoutMs: number;
  memoryMb: number;
}

export type ThreadEnd<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'too-long' }
  | { kind: 'broken'; cause: unknown };

/**
 * Gives `task` to a built script in a thread of its own, which answers with one message: a long one holds nobody up, a
 * wicked one costs its own memory and time.
 */
export function runInThread<Answer>(
  script: string,
  task: unknown,
  { timeoutMs, memoryMb }: ThreadBounds,
): Promise<ThreadEnd<Answer>> {
  return new Promise((resolve) => {
    const worker = new Worker(script, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    const timer = setTimeout(() => end({ kind: 'too-long' }), timeoutMs);
    const end = (outcome: ThreadEnd<Answer>) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      worker.on('error', () => {});
      void worker.terminate();
      resolve(outcome);
    };
    worker.once('message', (answer: Answer) => end({ kind: 'answered', answer }));
    worker.once('error', (cause) => end({ kind: 'broken', cause }));
    worker.once('exit', (code) => end({ kind: 'broken', cause: `the thread ended with ${code}` }));
  });
}
