import { z } from 'zod';

import { type Finding, fail, ok, skipped, warn } from '../check/check.js';
import type { ApiAnswer } from './api.js';

interface Need {
  what: string;
  /** Any one of them is enough; the first is the one to ask for. */
  scopes: [string, ...string[]];
  /** Nothing works in a group without it. */
  essential: boolean;
}

/** open.feishu.cn 《接收消息》, 《发送消息》, 《获取消息中的资源文件》, 《机器人进群》. */
const needs: Need[] = [
  {
    what: '听群里@机器人的话',
    scopes: ['im:message.group_at_msg:readonly', 'im:message.group_at_msg', 'im:message.group_msg'],
    essential: true,
  },
  { what: '发消息', scopes: ['im:message:send_as_bot', 'im:message'], essential: true },
  { what: '听单聊', scopes: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'], essential: false },
  { what: '收文件', scopes: ['im:message:readonly', 'im:message'], essential: false },
  { what: '知道进群和移出', scopes: ['im:chat.members:bot_access', 'im:chat:readonly', 'im:chat'], essential: false },
];

/** 1 is granted, 2 is not. open.feishu.cn 《查询租户授权状态》, a call that needs no scope itself. */
const granted = z.object({
  data: z.object({ scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })) }),
});
const notInstalled = 212100;

export function scopesFinding(answer: ApiAnswer): Finding {
  if (answer.kind === 'failed' && answer.code === notInstalled) {
    return fail('应用还没有安装到本企业（212100）', '请发布应用版本，由企业管理员审核通过');
  }
  const { data } = granted.safeParse(answer.kind === 'ok' ? answer.json : null);
  if (!data) return skipped('飞书没有告诉应用有哪些权限，没有核对');
  const held = new Set(data.data.scopes.flatMap((one) => (one.grant_status === 1 ? [one.scope_name] : [])));
  const missing = needs.filter(({ scopes }) => !scopes.some((scope) => held.has(scope)));
  if (missing.length === 0) return ok('用到的权限都已开通');
  const list = missing.map(({ what, scopes: [scope] }) => `${what}（${scope}）`).join('、');
  const say = `缺${missing.length}项权限：${list}`;
  const todo = '请在开发者后台“权限管理”里开通，并发布新版本由管理员审核';
  return missing.some(({ essential }) => essential) ? fail(say, todo) : warn(say, todo);
}
