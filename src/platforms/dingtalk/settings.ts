/** 企业机器人 of one organisation: hears and speaks. */
export interface RobotSettings {
  /** 'webhook': messages come to our address; 'stream': over a connection that we open. */
  mode: 'webhook' | 'stream';
  clientId: string;
  clientSecret: string;
  robotCode: string;
  corpId: string;
  /** https://api.dingtalk.com */
  apiUrl: string;
  /** https://oapi.dingtalk.com; webhooks of groups and of sessions must be on it. */
  oapiUrl: string;
  /** Certificates, PEM. */
  ca?: string | undefined;
  /** Hosts besides the two above from which files of people may be loaded; `publicMediaUrl` when nothing is set. */
  mediaUrls?: string[] | undefined;
  /** A template that the office has published on 卡片平台, for buttons that come back. */
  cards?: CardSettings | null | undefined;
}

export interface CardSettings {
  templateId: string;
  /** As registered for `/webhooks/dingtalk/cards`; needed in mode 'webhook' alone. */
  callback?: { routeKey: string; secret: string } | null | undefined;
}

/** 专有钉钉, 浙政钉: only the group's own robot is known to exist there, so that nothing is heard. */
export interface SendOnlySettings {
  mode: 'send-only';
  /** Any name; groups are bound under it. */
  robotCode: string;
  /** As https://openplatform-pro.ding.zj.gov.cn */
  oapiUrl: string;
  ca?: string | undefined;
}

export type DingtalkSettings = RobotSettings | SendOnlySettings;

/** Where people's files are kept, as the platform's links say. */
export const publicMediaUrl = 'https://wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com';

/** The base URLs that the adapter calls: the allow-list for its `Http`. */
export function hostsOf(settings: DingtalkSettings): string[] {
  if (settings.mode === 'send-only') return [settings.oapiUrl];
  const { apiUrl, oapiUrl, mediaUrls = [publicMediaUrl] } = settings;
  return [apiUrl, oapiUrl, ...mediaUrls];
}
