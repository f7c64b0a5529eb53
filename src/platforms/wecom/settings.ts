/** One organisation of 企业微信 or 政务微信, with whatever of its channels is set up. */
export interface WecomSettings {
  /** 企业ID; names the organisation in the ledger whichever channel hears. */
  corpId: string;
  /** https://qyapi.weixin.qq.com, or the site of a private deployment. Webhooks and response URLs must be on it. */
  apiUrl: string;
  /** Hosts besides `apiUrl` from which files of people may be loaded. */
  mediaUrls: string[];
  /** Certificates of a private deployment, PEM. */
  ca: string | null;
  /** For a site whose clients show no markdown: everything that is pushed is plain text. */
  plainText: boolean;
  bot: BotByCallback | BotByConnection | null;
  app: AppSettings | null;
}

/** 智能机器人 in API mode by callback URL. */
export interface BotByCallback {
  mode: 'webhook';
  token: string;
  aesKey: string;
  /** The bot's id as callbacks name it (aibotid); others are then refused. */
  id: string | null;
  /** As people mention it; without it the first mention of a message is taken for the bot's. */
  name: string | null;
}

/** 智能机器人 in API mode by long connection. */
export interface BotByConnection {
  mode: 'stream';
  id: string;
  secret: string;
  /** wss://openws.work.weixin.qq.com, or the address that the site's console shows. */
  url: string;
  name: string | null;
}

/** 自建应用, for one-to-one chats. */
export interface AppSettings {
  agentId: string;
  secret: string;
  /** `null` when it only speaks. */
  callback: { token: string; aesKey: string } | null;
}

export const publicApiUrl = 'https://qyapi.weixin.qq.com';
export const publicConnectionUrl = 'wss://openws.work.weixin.qq.com';
/** Where 智能机器人 keeps what people send; seen in live callbacks and in the samples of the official page. */
export const publicMediaUrl = 'https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com';

/** The base URLs that the adapter calls: the allow-list for its `Http`. */
export function hostsOf({ apiUrl, mediaUrls }: WecomSettings): string[] {
  return [apiUrl, ...mediaUrls];
}
