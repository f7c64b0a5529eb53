import { z } from 'zod';

import { isLoopback } from './platforms/safe-address.js';

/** `stream` is the long connection, for a site without a public address. */
export type PlatformMode = 'webhook' | 'stream';

interface FeishuApp {
  appId: string;
  appSecret: string;
  baseUrl: string;
  /** Off where the deployment's clients know no cards of schema 2.0. */
  cards: boolean;
  /** Certificates of a private deployment, a file in PEM. */
  caFile: string | null;
}

export type FeishuSettings = FeishuApp &
  ({ mode: 'webhook'; encryptKey: string; verificationToken: string } | { mode: 'stream' });

export type DingtalkSettings = { robotCode: string; oapiUrl: string; caFile: string | null } & (
  | {
      mode: PlatformMode;
      clientId: string;
      clientSecret: string;
      corpId: string;
      apiUrl: string;
      mediaUrls: string[] | undefined;
      cards: { templateId: string; callback: { routeKey: string; secret: string } | null } | null;
    }
  /** 专有钉钉: the robots of groups alone. */
  | { mode: 'send-only' }
);

export interface WecomSettings {
  apiUrl: string;
  /** 智能机器人: by callback URL, or by long connection. */
  bot:
    | { mode: 'webhook'; botId: string; token: string; aesKey: string }
    | { mode: 'stream'; botId: string; secret: string; streamUrl: string }
    | null;
  /** 自建应用, for one-to-one chats. */
  app: { corpId: string; agentId: string; secret: string; token: string; aesKey: string } | null;
  /** As people mention the bot. */
  botName: string | null;
  /** Where the files of people are, besides `apiUrl`. */
  mediaUrl: string | null;
  /** For a site whose clients show no markdown. */
  plainText: boolean;
  caFile: string | null;
}

export interface PlatformSettings {
  feishu: FeishuSettings | null;
  dingtalk: DingtalkSettings | null;
  wecom: WecomSettings | null;
}

type Env = Record<string, string | undefined>;

const names = { FEISHU: '飞书', DINGTALK: '钉钉', WECOM: '企业微信' } as const;
type Prefix = keyof typeof names;

const set = z.string().min(1, '不能为空');
const mode = z.enum(['webhook', 'stream'], '应是 webhook 或 stream').default('webhook');
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, '应是43位字母和数字（EncodingAESKey）');
/** Credentials go there, so it is https everywhere but on this machine. */
const url = (name: string, protocols: string[]) =>
  z
    .string()
    .refine((text) => {
      const found = URL.parse(text);
      return found !== null && (protocols.includes(found.protocol) || isLoopback(found));
    }, `应是 ${name} 开头的地址`)
    .transform((text) => text.replace(/\/+$/, ''));
const https = url('https://', ['https:']);

const onOff = z.enum(['on', 'off'], '应是 on 或 off').transform((text) => text === 'on');

const feishuWebhook = z.object({ FEISHU_ENCRYPT_KEY: set, FEISHU_VERIFICATION_TOKEN: set });
const feishu = z.object({
  FEISHU_APP_ID: z.string().regex(/^cli_[0-9a-fA-F]{16}$/, '应是 cli_ 加16位字母数字'),
  FEISHU_APP_SECRET: set,
  FEISHU_CARDS: onOff.default(true),
  FEISHU_BASE_URL: https.default('https://open.feishu.cn'),
  FEISHU_MODE: mode,
  FEISHU_CA_FILE: set.optional(),
});

const dingtalkCommon = z.object({
  DINGTALK_ROBOT_CODE: set,
  DINGTALK_OAPI_URL: https.default('https://oapi.dingtalk.com'),
  DINGTALK_MODE: z.enum(['webhook', 'stream', 'send-only'], '应是 webhook、stream 或 send-only').default('webhook'),
  DINGTALK_CA_FILE: set.optional(),
});
const dingtalkRobot = z.object({
  DINGTALK_CLIENT_ID: set,
  DINGTALK_CLIENT_SECRET: set,
  DINGTALK_CORP_ID: set,
  DINGTALK_API_URL: https.default('https://api.dingtalk.com'),
  DINGTALK_MEDIA_URLS: z
    .string()
    .transform((text) => text.split(/[,，\s]+/).filter(Boolean))
    .pipe(z.array(https))
    .optional(),
  DINGTALK_CARD_TEMPLATE_ID: set.optional(),
});
const dingtalkCards = z.object({ DINGTALK_CARD_ROUTE_KEY: set, DINGTALK_CARD_SECRET: set });

const wecomCommon = z.object({
  WECOM_API_URL: https.default('https://qyapi.weixin.qq.com'),
  WECOM_MODE: mode,
  WECOM_BOT_NAME: set.optional(),
  WECOM_MEDIA_URL: https.optional(),
  WECOM_TEXT_ONLY: onOff.default(false),
  WECOM_CA_FILE: set.optional(),
});
const wecomWebhook = z.object({ WECOM_BOT_ID: set, WECOM_BOT_TOKEN: set, WECOM_BOT_AES_KEY: aesKey });
const wecomStream = z.object({
  WECOM_BOT_ID: set,
  WECOM_BOT_SECRET: set,
  WECOM_STREAM_URL: url('wss://', ['wss:']).default('wss://openws.work.weixin.qq.com'),
});
const wecomApp = z.object({
  WECOM_CORP_ID: set,
  WECOM_AGENT_ID: z.string().regex(/^\d+$/, '应是数字'),
  WECOM_APP_SECRET: set,
  WECOM_APP_TOKEN: set,
  WECOM_APP_AES_KEY: aesKey,
});

const namesIn = (...forms: z.ZodObject[]) => [...new Set(forms.flatMap((form) => Object.keys(form.shape)))];

/** Every variable of each platform. */
export const knownVariables: Record<keyof PlatformSettings, string[]> = {
  feishu: namesIn(feishu, feishuWebhook),
  dingtalk: namesIn(dingtalkCommon, dingtalkRobot, dingtalkCards),
  wecom: namesIn(wecomCommon, wecomWebhook, wecomStream, wecomApp),
};

const known = new Set(Object.values(knownVariables).flat());

/** A platform is configured when any of its variables is set; then all that it needs must be. */
export function readPlatforms(env: Env, problems: string[]): PlatformSettings {
  for (const name of Object.keys(env)) {
    if (/^(?:FEISHU|DINGTALK|WECOM)_/.test(name) && !known.has(name))
      problems.push(`环境变量 ${name}：没有这个设置，请看接入说明`);
  }
  return {
    feishu: isSet(env, 'FEISHU') ? readFeishu(env, problems) : null,
    dingtalk: isSet(env, 'DINGTALK') ? readDingtalk(env, problems) : null,
    wecom: isSet(env, 'WECOM') ? readWecom(env, problems) : null,
  };
}

/** Those of which any variable is set, rightly or wrongly. */
export function platformsSet(env: Env): (keyof PlatformSettings)[] {
  const prefixes = { feishu: 'FEISHU', dingtalk: 'DINGTALK', wecom: 'WECOM' } as const;
  return (['wecom', 'dingtalk', 'feishu'] as const).filter((name) => isSet(env, prefixes[name]));
}

function isSet(env: Env, prefix: Prefix): boolean {
  return Object.entries(env).some(([key, value]) => key.startsWith(`${prefix}_`) && value !== undefined);
}

function read<Form extends z.ZodType>(form: Form, env: Env, prefix: Prefix, problems: string[]): z.infer<Form> | null {
  const parsed = form.safeParse(env);
  for (const issue of parsed.error?.issues ?? []) {
    const name = issue.path.join('.');
    const what = env[name] === undefined ? `没有设置，接入${names[prefix]}需要它` : issue.message;
    problems.push(`环境变量 ${name}：${what}`);
  }
  return parsed.data ?? null;
}

function readFeishu(env: Env, problems: string[]): FeishuSettings | null {
  const app = read(feishu, env, 'FEISHU', problems);
  const keys = env.FEISHU_MODE === 'stream' ? null : read(feishuWebhook, env, 'FEISHU', problems);
  if (!app) return null;
  const settings = {
    appId: app.FEISHU_APP_ID,
    appSecret: app.FEISHU_APP_SECRET,
    baseUrl: app.FEISHU_BASE_URL,
    cards: app.FEISHU_CARDS,
    caFile: app.FEISHU_CA_FILE ?? null,
  };
  if (app.FEISHU_MODE === 'stream') return { ...settings, mode: 'stream' };
  return (
    keys && {
      ...settings,
      mode: 'webhook',
      encryptKey: keys.FEISHU_ENCRYPT_KEY,
      verificationToken: keys.FEISHU_VERIFICATION_TOKEN,
    }
  );
}

function readDingtalk(env: Env, problems: string[]): DingtalkSettings | null {
  const common = read(dingtalkCommon, env, 'DINGTALK', problems);
  if (!common) return null;
  const mode = common.DINGTALK_MODE;
  const group = {
    robotCode: common.DINGTALK_ROBOT_CODE,
    oapiUrl: common.DINGTALK_OAPI_URL,
    caFile: common.DINGTALK_CA_FILE ?? null,
  };
  if (mode === 'send-only') return { ...group, mode };
  const robot = read(dingtalkRobot, env, 'DINGTALK', problems);
  if (!robot) return null;
  const templateId = robot.DINGTALK_CARD_TEMPLATE_ID;
  const callback = templateId && mode === 'webhook' ? read(dingtalkCards, env, 'DINGTALK', problems) : null;
  return {
    ...group,
    mode,
    clientId: robot.DINGTALK_CLIENT_ID,
    clientSecret: robot.DINGTALK_CLIENT_SECRET,
    corpId: robot.DINGTALK_CORP_ID,
    apiUrl: robot.DINGTALK_API_URL,
    mediaUrls: robot.DINGTALK_MEDIA_URLS,
    cards: templateId
      ? {
          templateId,
          callback: callback && { routeKey: callback.DINGTALK_CARD_ROUTE_KEY, secret: callback.DINGTALK_CARD_SECRET },
        }
      : null,
  };
}

function readWecom(env: Env, problems: string[]): WecomSettings | null {
  const common = read(wecomCommon, env, 'WECOM', problems);
  if (!common) return null;
  const hasBot = ['WECOM_BOT_ID', 'WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY', 'WECOM_BOT_SECRET'].some((name) => env[name]);
  const hasApp = Object.keys(wecomApp.shape).some((name) => env[name]);
  if (!hasBot && !hasApp) problems.push('环境变量 WECOM_BOT_ID：没有设置，接入企业微信要有智能机器人或自建应用');
  return {
    apiUrl: common.WECOM_API_URL,
    bot: hasBot ? readWecomBot(env, common.WECOM_MODE, problems) : null,
    app: hasApp ? readWecomApp(env, problems) : null,
    botName: common.WECOM_BOT_NAME ?? null,
    mediaUrl: common.WECOM_MEDIA_URL ?? null,
    plainText: common.WECOM_TEXT_ONLY,
    caFile: common.WECOM_CA_FILE ?? null,
  };
}

function readWecomBot(env: Env, as: PlatformMode, problems: string[]): WecomSettings['bot'] {
  if (as === 'stream') {
    const found = read(wecomStream, env, 'WECOM', problems);
    return (
      found && {
        mode: 'stream',
        botId: found.WECOM_BOT_ID,
        secret: found.WECOM_BOT_SECRET,
        streamUrl: found.WECOM_STREAM_URL,
      }
    );
  }
  const found = read(wecomWebhook, env, 'WECOM', problems);
  return (
    found && {
      mode: 'webhook',
      botId: found.WECOM_BOT_ID,
      token: found.WECOM_BOT_TOKEN,
      aesKey: found.WECOM_BOT_AES_KEY,
    }
  );
}

function readWecomApp(env: Env, problems: string[]): WecomSettings['app'] {
  const found = read(wecomApp, env, 'WECOM', problems);
  return (
    found && {
      corpId: found.WECOM_CORP_ID,
      agentId: found.WECOM_AGENT_ID,
      secret: found.WECOM_APP_SECRET,
      token: found.WECOM_APP_TOKEN,
      aesKey: found.WECOM_APP_AES_KEY,
    }
  );
}
