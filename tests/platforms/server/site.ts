import type { Shown } from '../contract.js';

/** Six servers at once, on a machine that has other work too. */
export const patience = 60_000;

/** `administrator` is on no roster before the first code; `member` never is. */
export type Person = 'administrator' | 'liaison' | 'office' | 'member';

export interface Said {
  who: Person;
  text?: string;
  /** The same id again is a resend, wrapped anew by the platform. */
  id?: string;
  private?: boolean;
  /** In a group that is bound to nothing. */
  elsewhere?: boolean;
  file?: { name: string; content: string };
  /** Beside the words. */
  picture?: Buffer;
  /** Answers the message that was shown last, where people can. */
  quotes?: boolean;
}

/** One platform as the whole server meets it: over HTTP or a long connection, with its simulator behind. */
export interface Site {
  /** What connects the server, as environment variables. */
  variables: Record<string, string>;
  platform: 'feishu' | 'dingtalk' | 'wecom';
  group: string;
  /** Of the group's own robot, where the platform has one. */
  webhook: string | null;
  /** As the roster holds the person's account. */
  userId(who: Person): string;
  /** What the person is called, where the platform tells. */
  called(who: Person): string;
  /** Where the person sees what the bot says to them unasked. */
  oneToOne(who: Person): string;
  /** Whether a digest that was cut off may be sent again. */
  digestKeyed: boolean;
  /** A server is there, or another after it, whose clock is off by so much. */
  meet(url: string, offsetMs: number): Promise<void>;
  /** Tells the server; resolves when it has acknowledged, where the platform knows such a thing. */
  tell(said: Said): Promise<void>;
  /** Presses the button that was shown last, or the last one of that name; the same id again is a resend. */
  press(who: Person, id: string, label?: string): Promise<void>;
  /** What people see, oldest first; an answer in the response once, unless a resend was answered in other words. */
  shown(): Shown[];
  /** How the next sends go wrong, and how many of as many answers people see in the end. */
  stumble(): { sends: number; seen: number };
  /** The next send fails, every further one is posted and never answered. */
  fallSilent(): void;
  /** All is well again. */
  recover(): void;
  /** How many sends that were not answered the server no longer waits for. */
  givenUp(): number;
  /** How often a file was given out. */
  fetches(): number;
  secrets: string[];
  close(): Promise<void>;
}

/** Hands a callback to the server where it really is. Throws unless it is taken. */
export async function post(url: string, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method, headers } = request;
  const response = await fetch(new URL(`${pathname}${search}`, url), { method, headers, body: await request.text() });
  if (response.status !== 200) throw new Error(`not acknowledged: ${response.status}`);
  return response;
}
