/** Made with @wecom/crypto 1.0.1, checked with @wecom/aibot-node-sdk 1.0.7, OpenSSL and Python; the keys are invented. */
export const keys = { token: 'JiceTestToken2026', aesKey: 'usOiWAi9gE56KNT4RCcfUkZ4BXlm5nd5pzImpuUtAd4' };

export interface Vector {
  receiveId: string;
  random: string;
  timestamp: string;
  nonce: string;
  text: string;
  encrypted: string;
  signature: string;
}

export const vectors = {
  /** The check of an address; padding of 25 bytes, which Node's own unpadding refuses. */
  echo: {
    receiveId: '',
    random: 'rand-A-000000001',
    timestamp: '1767600000',
    nonce: '1372623149',
    text: '8271935046172839405',
    encrypted: 'HWMut29/YtjEsLWzzPPKSG1tfSy5yHdc307PbSmCuLvYvozQOGCzfgkA2zpjCmjl3JT6lTScFko5SqyEtEy2Kg==',
    signature: '4d8fc3c59b536c5a9c5c89513ee797b2501ca745',
  },
  groupMessage: {
    receiveId: '',
    random: 'rand-B-000000002',
    timestamp: '1767600005',
    nonce: '880142217',
    text: '{"msgid":"MSG0001","aibotid":"AIB-demo","chatid":"wrDemoChat01","chattype":"group","from":{"userid":"wangfang"},"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC-demo","msgtype":"text","text":{"content":"@报表助手 催报"}}',
    encrypted:
      'VIidWJ6ZWnc2dwZ9wvhxxvJsXtzCBJ1Rr/bzDHMdC1CZje7j7wHIFegc7bPmhpcwoDNAWApB5rzR5zGzdkh2VC+G+CQ8IiRkU6JKB8lg+mvjmmOBEiyEQEmKqgJdPBMreDeZFzhkMCZ3x46QfKpvj0K4Q+BfJFCGhq4hBpHyUtqtSxfNuEgilEYxz3dV4Ul7N9djwTolCPe2IQ+wJJlNS02LuYfjuJ1L0/UATzt+eCJX8gEtez02b8Akb2tIsWAR2Yast5nsdEOPGcS1ylo+s2BymwFxQjfSZicLuovBgZ6Wba96qBRx4YObYNClBHCgtk7DPEZ6LAsCaEtxnEymWMOs+4spaztp+JC9yP7x4lfEyY+pGAkLMJ4U92nQ5CXw',
    signature: '8d0158182d445e3a21c81785435015c990bc32d3',
  },
  reply: {
    receiveId: '',
    random: 'rand-C-000000003',
    timestamp: '1767600005',
    nonce: '880142217',
    text: '{"msgtype":"stream","stream":{"id":"s-20260105-01","finish":false,"content":"正在统计……"}}',
    encrypted:
      'HkR03vj28rfipLIq+gkjhX3RhaL5+3+i2tRnw5OhuxEKCCaeqln+IiZOkZ59iCEm9IZfnkHV+0rgC5GVGwLnFFUGAKCj3OuvDF0cjejzv9TLV0Zng0PSSM2tgSXY0j1dQsZ+nEGBYyiNaKeThhFL96WJ1GNJc3QpJNvM7iz0+Yw=',
    signature: '5355ca15a269d0ed54c61db50b36f64b36fb19f0',
  },
  appMessage: {
    receiveId: 'wwdemo0123456789',
    random: 'rand-D-000000004',
    timestamp: '1767600010',
    nonce: '594004321',
    text: '<xml><ToUserName><![CDATA[wwdemo0123456789]]></ToUserName><FromUserName><![CDATA[wangfang]]></FromUserName><CreateTime>1767600010</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[催报]]></Content><MsgId>7000000000000000001</MsgId><AgentID>1000002</AgentID></xml>',
    encrypted:
      'B5eE6qkFuNfngglCPTvucKu47npI/J+svZP+fJnbVfHLKbP0UsjDqsaEBmDbfllKqKOhHS6tsEWVDXmnek+JqbEjAB9mmfEtgQ4FoWIPZn+TIiErqy4Ps89nl+Y5ureygFmWZCYvPGZOwSMpem7fFB6Ib2K7zlkNt2DAG+/j5ECxWaRPhDofKtpWuwYoDMmrNCgTSDlnttc8/4dl6hcC1c1znKWuAX8QDg0ogYZ2CuD8I1iNkALa/BQzx6jk7w6jXPmrRF/4yViE6PftepE01T/NF8V8tLslXrvi7qsxl5OaP6DxQFiyRoDHTYraXNdNlwYTPl0rYXDPHW6h/VkRrGLpyXxZFwWEg/AwBAfVHRXS1clN9F9qRUZ1pW4Xr3+aUzQgT7UoW/ZHm24tBPyAwpyRUKcADoYM9JNBLm4Urx0=',
    signature: '9a658cf296b186b59876731da09abb259406460c',
  },
  /** The message fills its last block, so a whole block of padding follows; `+` in the text that is encrypted. */
  aligned: {
    receiveId: '',
    random: 'rand-E-000000005',
    timestamp: '1767600020',
    nonce: '100',
    text: 'ABCDEFGHIJKL',
    encrypted: 'GGpA80UPROGCkBy0uGhkY0SZKm2jPde+dIMmU/DfK8GtwGRY7l/XrPwCB+6EW9p2S5+v7Dn+x5wRC8W5px4UeA==',
    signature: '74cc86b1762d496718797b89e3b35d726b54df16',
  },
} satisfies Record<string, Vector>;

export const file = {
  plain: '6e616d652c636f756e740ae5bca0e4b8892c330a',
  encrypted: '37faa9b3f09fa9cf68ff85d158fb71e4f3a209e974688c62125130061fe83511',
};
