import type { IncomingMessage, Reply } from '../../src/chat/message.js';
import type { Ears, Notice } from '../../src/platforms/adapter.js';

/** Ears that note what they hear and answer nothing. */
export class NotedEars implements Ears {
  readonly heard: IncomingMessage[] = [];
  readonly noticed: Notice[] = [];
  /** What happens before a message is taken. */
  before: () => Promise<void> = async () => {};

  async hear(message: IncomingMessage): Promise<Reply[]> {
    await this.before();
    this.heard.push(message);
    return [];
  }

  async notice(notice: Notice): Promise<void> {
    this.noticed.push(notice);
  }
}
