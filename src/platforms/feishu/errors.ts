import type { Sent } from '../adapter.js';
import type { ApiAnswer } from './api.js';

/**
 * What a refused call means for the message. By the platform's code, whatever the HTTP status: open.feishu.cn 《通用错误码》,
 * 《发送消息》 and 《回复消息》.
 */
export type FailureKind =
  | 'token'
  | 'rate'
  | 'in-flight'
  | 'transient'
  | 'quota'
  | 'gone'
  | 'silenced'
  | 'content'
  /** The tenant's leak check does not let phone numbers and addresses through. */
  | 'leak'
  /** The card is not taken; the words in text may be. */
  | 'form'
  /** The platform does not know the uploaded file, or not as ours. */
  | 'file-key'
  | 'too-large'
  /** The message that is answered is not there any more. */
  | 'reply-target'
  | 'config';

const codes: Record<FailureKind, number[]> = {
  token: [99991661, 99991663, 99991664, 99991665, 99991671],
  rate: [99991400, 230020, 11232, 11233, 11247],
  'in-flight': [230049, 18121],
  transient: [1500, 1663, 2200, 5000, 1000004, 1000005, 232096, 234019],
  quota: [99991403],
  gone: [230002, 232009, 10030, 10002],
  silenced: [230018, 230035, 230053, 230013, 230029, 230038],
  content: [230001, 230022, 230025, 230055, 230075, 230034, 234001, 234010],
  'file-key': [230017],
  'too-large': [234006],
  leak: [230028],
  form: [230054, 230099],
  'reply-target': [230011, 230110, 231003, 230050, 230111, 230019, 230071, 230072],
  config: [
    99991672, 99991662, 99991673, 99991401, 230006, 230027, 234007, 234041, 234042, 99992361, 10003, 10014, 10015,
    20002,
  ],
};
const kindOf = new Map(
  Object.entries(codes).flatMap(([kind, list]) => list.map((code) => [code, kind as FailureKind])),
);

const words: Record<FailureKind, string> = {
  token: '飞书不认应用的令牌',
  rate: '飞书限流',
  'in-flight': '飞书还在处理同一条消息',
  transient: '飞书暂时出错',
  quota: '飞书本月调用次数用完',
  gone: '机器人不在群里，或群已解散',
  silenced: '对方或群设置不允许机器人发言',
  content: '飞书没有收下这条内容',
  leak: '飞书防泄漏审查没有放行',
  form: '飞书没有收下这张卡片',
  'file-key': '飞书不认上传的文件',
  'too-large': '文件超过飞书的30MB',
  'reply-target': '要回复的消息已经不在',
  config: '飞书应用的配置或权限不对，请管理员检查',
};

const secondMs = 1000;
/** An operator may put it right within the hour. */
const configWaitMs = 600 * secondMs;
const quotaWaitMs = 6 * 3600 * secondMs;

type Failed = Extract<ApiAnswer, { kind: 'failed' }>;

export function failureKind({ code, status }: Pick<Failed, 'code' | 'status'>): FailureKind {
  const known = code === null ? undefined : kindOf.get(code);
  if (known) return known;
  if (status === 401) return 'token';
  if (status === 429) return 'rate';
  if (status >= 500) return 'transient';
  // An answer without a code is not the platform's: a proxy, or a wrong address.
  return code === null ? 'config' : 'content';
}

export function isTokenFailure(failed: Pick<Failed, 'code' | 'status'>): boolean {
  return failureKind(failed) === 'token';
}

/** What is written down about a call that did not succeed. */
export function sentOf(answer: Exclude<ApiAnswer, { kind: 'ok' }>): Sent {
  if (answer.kind === 'silent') {
    return { kind: 'retry', afterMs: secondMs, why: '飞书没有应答', arrived: answer.arrived };
  }
  const { code, status, afterMs } = answer;
  const kind = failureKind(answer);
  const why = `${words[kind]}（${code ?? `HTTP ${status}`}）`;
  switch (kind) {
    case 'rate':
      return { kind: 'retry', afterMs: afterMs ?? secondMs, why, arrived: 'no' };
    case 'in-flight':
    case 'transient':
      return { kind: 'retry', afterMs: afterMs ?? secondMs, why, arrived: 'maybe' };
    case 'quota':
      return { kind: 'retry', afterMs: quotaWaitMs, why, arrived: 'no' };
    case 'token':
    case 'config':
      return { kind: 'retry', afterMs: configWaitMs, why, arrived: 'no' };
    case 'gone':
      return { kind: 'refused', why, target: 'gone' };
    case 'silenced':
    case 'content':
    case 'leak':
    case 'form':
    case 'file-key':
    case 'too-large':
    case 'reply-target':
      return { kind: 'refused', why };
  }
}
