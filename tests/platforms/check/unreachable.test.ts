import { describe, expect, it } from 'vitest';

import { unreachable } from '../../../src/platforms/check/unreachable.js';
import { HttpFailure } from '../../../src/platforms/http.js';

const coded = (code: string) => Object.assign(new Error('no'), { code });
const host = { host: 'api.example.gov.cn', variable: 'WECOM_API_URL', proxy: null };
const ca = { variable: 'WECOM_CA_FILE', isSet: false };

describe('why a host is not reached', () => {
  it.each([
    ['ENOTFOUND', /域名解析不出来（ENOTFOUND）/, /核对 WECOM_API_URL 的地址，检查本机的 DNS/],
    ['EAI_AGAIN', /域名解析不出来/, /DNS/],
    ['ECONNREFUSED', /拒绝连接/, /防火墙和端口/],
    ['UND_ERR_CONNECT_TIMEOUT', /没有应答，等到超时/, /放行本机到 api\.example\.gov\.cn 的出站连接/],
    ['EHOSTUNREACH', /网络不通/, /路由/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /本机不认 .* 的证书/, /用 WECOM_CA_FILE 指定/],
    ['CERT_HAS_EXPIRED', /证书已过期或还没生效/, /先核对本机时间/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /证书不是发给 api\.example\.gov\.cn 的/, /证书上的域名/],
    ['EPROTO', /建立不了加密连接/, /https/],
    ['UND_ERR_SOCKET', /中途断开/, /防火墙和网关/],
    ['EWHATEVER', /连不上 .*（EWHATEVER）/, /检查网络/],
  ])('%s', (code, say, todo) => {
    const found = unreachable(new HttpFailure('no', 'no answer', { cause: coded(code) }), { ...host, ca });
    expect(found).toEqual({ state: 'fail', say: expect.stringMatching(say), todo: expect.stringMatching(todo) });
  });

  it('takes a call that ran out of time for silence', () => {
    const { reason } = AbortSignal.abort(new DOMException('timed out', 'TimeoutError'));
    const found = unreachable(new HttpFailure('maybe', 'no answer', { cause: reason }), { ...host, ca });
    expect(found.say).toBe('api.example.gov.cn 没有应答，等到超时');
  });

  it('says that the file of certificates is another’s when one is set', () => {
    const found = unreachable(coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), { ...host, ca: { ...ca, isSet: true } });
    expect(found.todo).toBe('请核对 WECOM_CA_FILE 的文件，里面应是签发该证书的根证书');
  });

  it('says that the platform too would not trust the bot’s own address', () => {
    expect(unreachable(coded('DEPTH_ZERO_SELF_SIGNED_CERT'), { ...host, ca: null }).todo).toContain('平台同样会不认');
  });

  it('names the proxy that is set and not used, where the way is not open', () => {
    const behind = { ...host, ca, proxy: 'https_proxy' };
    expect(unreachable(coded('ENOTFOUND'), behind).todo).toContain('本机设了代理（https_proxy）');
    expect(unreachable(coded('CERT_HAS_EXPIRED'), behind).todo).not.toContain('代理');
  });
});
