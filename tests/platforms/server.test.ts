import { describe, expect, it } from 'vitest';

import { until } from '../support/until.js';
import { dingtalkSite } from './dingtalk/site.js';
import { feishuSite } from './feishu/site.js';
import { serverContract } from './server/contract.js';
import { Office } from './server/office.js';
import { patience } from './server/site.js';
import { wecomCallbackSite, wecomConnectionSite } from './wecom/site.js';

serverContract('the server on 飞书, by callbacks', () => feishuSite('webhook'));
serverContract('the server on 飞书, over the long connection', () => feishuSite('stream'));
serverContract('the server on 钉钉, by callbacks', () => dingtalkSite('webhook'));
serverContract('the server on 钉钉, over the long connection', () => dingtalkSite('stream'));
serverContract('the server on 企业微信, by callbacks', wecomCallbackSite);
serverContract('the server on 企业微信, over the long connection', wecomConnectionSite);

describe.concurrent('a server that is started while its platform hangs', () => {
  it('hears at once, whatever it owes', { timeout: 3 * patience }, async () => {
    const site = await feishuSite('stream');
    const office = await Office.found(site);
    try {
      await office.open('2023-09-25T10:00:00+08:00');
      const [, code = ''] = /(\/bind \w{8})/.exec(await office.run('admin-code')) ?? [];
      site.fallSilent();
      await site.tell({ who: 'administrator', private: true, text: code });
      await until('shown', () => site.shown().length > 0, patience);
      await office.cut();
      const ended = site.givenUp();
      await office.open({ laterMs: 150_000 });
      await site.tell({ who: 'administrator', private: true, text: '/help' });
      // What is owed is being sent again, and is given up after ten seconds.
      expect(site.givenUp()).toBe(ended);
    } finally {
      await office.close();
      await site.close();
    }
  });
});
