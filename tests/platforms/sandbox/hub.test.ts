import { describe, expect, it } from 'vitest';

import { type SaidMessage, type SandboxEvent, SandboxHub } from '../../../src/platforms/sandbox/hub.js';

const aMessage = (changes: Partial<SaidMessage> = {}) => ({
  id: 'm1',
  at: '2023-09-25T01:00:00.000Z',
  to: null,
  user: '成员',
  text: '水-7谁牵头',
  files: [],
  replies: [],
  ...changes,
});
const aPost = (to: string | null) => ({
  id: `digest ${to}`,
  at: '2023-09-25T01:00:00.000Z',
  to,
  reply: { kind: 'text' as const, text: '督办周报' },
});

function listening(hub: SandboxHub, person: string | null): string[] {
  const heard: string[] = [];
  hub.listen(person, ({ event, data }: SandboxEvent) => heard.push(`${event} ${'id' in data ? data.id : ''}`.trim()));
  return heard;
}

describe('what the hub tells', () => {
  it('tells of the group everybody who looks as a person, and of a one-to-one chat only that person', () => {
    const hub = new SandboxHub();
    const [his, hers] = [listening(hub, '县水利局联络员'), listening(hub, '县住建局联络员')];
    hub.said(aMessage({ id: 'in the group' }));
    hub.said(aMessage({ id: 'alone', to: '县水利局联络员' }));
    expect([his, hers]).toEqual([['said in the group', 'said alone'], ['said in the group']]);
  });

  it('tells a client that is nobody in particular only what the bot posts', () => {
    const hub = new SandboxHub();
    const heard = listening(hub, null);
    hub.said(aMessage());
    hub.posted(aPost(null));
    hub.posted(aPost('县水利局联络员'));
    expect(heard).toEqual(['message digest null', 'message digest 县水利局联络员']);
  });

  it('tells others that a person has something to read, and not what', () => {
    const hub = new SandboxHub();
    const events: SandboxEvent[] = [];
    hub.listen('县住建局联络员', (event) => events.push(event));
    hub.posted(aPost('县水利局联络员'));
    expect(events).toEqual([{ event: 'waiting', data: { to: '县水利局联络员' } }]);
  });

  it('tells of a resent message once', () => {
    const hub = new SandboxHub();
    const heard = listening(hub, '成员');
    hub.said(aMessage());
    hub.said(aMessage());
    expect(heard).toEqual(['said m1']);
  });
});

describe('what the hub remembers', () => {
  it('remembers the last fifty of each chat', () => {
    const hub = new SandboxHub();
    for (let number = 1; number <= 60; number += 1) hub.said(aMessage({ id: String(number) }));
    hub.said(aMessage({ id: 'alone', to: '县水利局联络员' }));
    expect(hub.kept(null).map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 11)));
    expect(hub.kept('县水利局联络员')).toHaveLength(51);
    expect(hub.kept('县住建局联络员')).toHaveLength(50);
  });

  it('remembers the beginning of a very long message', () => {
    const hub = new SandboxHub();
    hub.said(aMessage({ text: '水'.repeat(20_000) }));
    const [kept] = hub.kept(null);
    expect(kept?.kind === 'said' && kept.text).toHaveLength(4_002);
  });
});
