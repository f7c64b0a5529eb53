import { type Finding, fail } from './check.js';

/** A host that is connected to, and by which variables of the environment that is set. */
export interface Host {
  /** With its port where that is not the usual one. */
  host: string;
  /** `null` where the platform itself names the host. */
  variable: string | null;
  /** Names the file of certificates; `null` where none is taken. */
  ca: { variable: string; isSet: boolean } | null;
  /** The variable that names a proxy, which the bot does not use. */
  proxy: string | null;
}

type Trouble = 'name' | 'refused' | 'silent' | 'route' | 'untrusted' | 'expired' | 'other-name' | 'no-tls' | 'cut';

const codes: Record<Trouble, RegExp> = {
  name: /^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/,
  refused: /^ECONNREFUSED$/,
  silent: /^(?:ETIMEDOUT|TimeoutError|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/,
  route: /^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/,
  untrusted: /^(?:UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA)/,
  expired: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/,
  'other-name': /^ERR_TLS_CERT_ALTNAME_INVALID$/,
  'no-tls': /^(?:EPROTO|ERR_SSL|ERR_TLS)/,
  cut: /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|HPE_)/,
};

/** Why no connection came about, or none that holds, and what to do about it. */
export function unreachable(error: unknown, { host, variable, ca, proxy }: Host): Finding {
  const code = codeOf(error);
  const address = variable === null ? '' : `核对 ${variable} 的地址，`;
  const direct = proxy === null ? '' : `；本机设了代理（${proxy}），督办不经代理，要能直连`;
  switch (troubleOf(code)) {
    case 'name':
      return fail(`${host} 的域名解析不出来（${code}）`, `请${address}检查本机的 DNS${direct}`);
    case 'refused':
      return fail(`${host} 拒绝连接（${code}）`, `请${address}检查防火墙和端口${direct}`);
    case 'silent':
      return fail(`${host} 没有应答，等到超时`, `请${address}在防火墙放行本机到 ${host} 的出站连接${direct}`);
    case 'route':
      return fail(`到 ${host} 的网络不通（${code}）`, `请检查本机的网络和路由${direct}`);
    case 'untrusted':
      return fail(`本机不认 ${host} 的证书（${code}）`, trust(ca));
    case 'expired':
      return fail(`${host} 的证书已过期或还没生效（${code}）`, '请先核对本机时间；时间没错就请对方更换证书');
    case 'other-name':
      return fail(`证书不是发给 ${host} 的（${code}）`, `请${address}用证书上的域名`);
    case 'no-tls':
      return fail(`和 ${host} 建立不了加密连接（${code}）`, `请${address}确认端口是 https 的，中间没有设备拦截`);
    case 'cut':
      return fail(`和 ${host} 的连接被中途断开（${code}）`, `请检查防火墙和网关是否拦截${direct}`);
    case null:
      return fail(`连不上 ${host}（${code}）`, `请${address}检查网络${direct}`);
  }
}

function trust(ca: Host['ca']): string {
  if (ca === null) return '请换公认机构签发的证书，并带上中间证书；平台同样会不认';
  return ca.isSet
    ? `请核对 ${ca.variable} 的文件，里面应是签发该证书的根证书`
    : `私有部署请把根证书存成 PEM 文件，用 ${ca.variable} 指定；公有云请检查是否有设备拦截`;
}

const troubleOf = (code: string): Trouble | null =>
  (Object.keys(codes) as Trouble[]).find((trouble) => codes[trouble].test(code)) ?? null;

/** The code of the error that lies deepest, or its name where it has none. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '原因不明';
  if (error.cause instanceof Error) return codeOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
