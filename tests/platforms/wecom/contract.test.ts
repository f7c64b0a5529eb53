import { encrypt } from '@wecom/crypto';

import { adapterContract, type Rig, type Said } from '../contract.js';
import { groupChat, wecomRig } from './rig.js';
import { botId, secrets } from './simulator.js';

async function contractRig(): Promise<Rig> {
  const { simulator, adapter, group, person, logged, close } = await wecomRig();
  const event = async ({ text = '/help', colleague, file, button, ...told }: Said) => {
    if (button !== undefined) return simulator.clicked(button, told);
    if (file) {
      const url = simulator.hold(file.content, `attachment; filename="${encodeURIComponent(file.name)}"`);
      return simulator.said({ ...told, more: { msgtype: 'file', text: undefined, file: { url } } });
    }
    return simulator.said({ ...told, text: colleague === undefined ? text : `${text} @${colleague}` });
  };
  const own = encrypt(secrets.botAesKey, '{}', '');
  return {
    adapter,
    account: botId,
    group,
    person,
    speaker: 'wangfang',
    colleague: 'lisi',
    event,
    foreign: async () => simulator.said({ more: { aibotid: 'AIB-other' } }),
    own: async () => null,
    unsupported: async () =>
      simulator.said({
        private: true,
        more: { msgtype: 'location', text: undefined, location: { url: 'https://x.example' } },
      }),
    tampered: async () => {
      const request = simulator.said();
      const { encrypt: content } = JSON.parse(await request.clone().text());
      const body = JSON.stringify({
        encrypt: `${content.slice(0, 40)}${content[40] === 'A' ? 'B' : 'A'}${content.slice(41)}`,
      });
      return new Request(request.url, { method: 'POST', body });
    },
    unsigned: async () =>
      new Request('http://127.0.0.1/webhooks/wecom', { method: 'POST', body: JSON.stringify({ encrypt: own }) }),
    plaintext: async () =>
      simulator.post(
        '/webhooks/wecom',
        '{"msgid":"m1","msgtype":"text","text":{"content":"/help"}}',
        '',
        secrets.botToken,
      ),
    garbage: async () => simulator.bot('这不是JSON'),
    stale: async () => null,
    trouble: (...next) => simulator.trouble(...next),
    uploadTrouble: (...next) => simulator.uploadTrouble(...next),
    forgetUploads: () => simulator.media.clear(),
    shown: () => simulator.shown,
    files: () => simulator.shownFiles,
    tokensAsked: () => simulator.tokensAsked,
    logged,
    secrets: Object.values(secrets),
    close,
  };
}

adapterContract(`企业微信 (${groupChat})`, contractRig);
