/** One organisation of 企业微信 or 政务微信, with whatever of its channels is set up. */
export interface WecomSettings {
  /** https://qyapi.weixin.qq.com, or the site of a private deployment. Webhooks and response URLs must be on it. */
  apiUrl: string;
  /** 智能机器人 in API mode, which hears the group. */
  bot: BotByCallback | BotByConnection | null;
  /** 自建应用, for one-to-one chats. */
  app: AppSettings | null;
  /** As people mention the bot; without it the first mention of a message is taken for the bot's. */
  botName?: string;
  /** Hosts besides `apiUrl` from which files of people may be loaded; `publicMediaUrl` when nothing is set. */
  mediaUrls?: string[];
  /** For a site whose clients show no markdown: everything that is pushed is plain text. */
  plainText?: boolean;
  /** Certificates of a private deployment, PEM. */
  ca?: string;
}

export interface BotByCallback {
  mode: 'webhook';
  /** As callbacks name it (aibotid); others are refused. */
  botId: string;
  token: string;
  aesKey: string;
}

export interface BotByConnection {
  mode: 'stream';
  botId: string;
  secret: string;
  /** wss://openws.work.weixin.qq.com, or the address that the site's console shows. */
  streamUrl: string;
}

export interface AppSettings {
  corpId: string;
  agentId: string;
  secret: string;
  token: string;
  aesKey: string;
}

/** Where 智能机器人 keeps what people send; seen in live callbacks and in the samples of the official page. */
export const publicMediaUrl = 'https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com';

/** The base URLs that the adapter calls: the allow-list for its `Http`. */
export function hostsOf({ apiUrl, mediaUrls = [publicMediaUrl] }: WecomSettings): string[] {
  return [apiUrl, ...mediaUrls];
}

/**
 * The account under which groups are bound, whichever channel hears: the bot where there is one, so that an app that is
 * added later hears for the same groups.
 */
export function accountOf({ bot, app }: WecomSettings): string {
  return bot?.botId ?? app?.corpId ?? '';
}
