import { dingtalkSite } from './dingtalk/site.js';
import { feishuSite } from './feishu/site.js';
import { serverContract } from './server/contract.js';
import { wecomCallbackSite, wecomConnectionSite } from './wecom/site.js';

serverContract('the server on 飞书, by callbacks', () => feishuSite('webhook'));
serverContract('the server on 飞书, over the long connection', () => feishuSite('stream'));
serverContract('the server on 钉钉, by callbacks', () => dingtalkSite('webhook'));
serverContract('the server on 钉钉, over the long connection', () => dingtalkSite('stream'));
serverContract('the server on 企业微信, by callbacks', wecomCallbackSite);
serverContract('the server on 企业微信, over the long connection', wecomConnectionSite);
