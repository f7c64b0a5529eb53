import { describe, expect, it } from 'vitest';

import { readGroupWebhook, signedUrl } from '../../../src/platforms/dingtalk/addresses.js';
import { cardSign, judge, robotSign } from '../../../src/platforms/dingtalk/sign.js';

const appSecret = 'demoAppSecret-0123456789-abcdefXYZ';
const webhookSecret = 'SECdemo0000111122223333444455556666777788889999aaaabbbbccccddddeeee';
const at = 1767225600000;

describe('the signature of what comes in', () => {
  it.each([
    ['1767225600000', '7/L5Msz71kCOQCt63qXzdeRW1HYqLKRI1+2293srz7k='],
    ['1767225600001', '+sexvBTe8BoVvcmSEyoOmmZU7HCTLKdX7BNbtjpsMsQ='],
  ])('at %s', (timestamp, sign) => {
    expect(robotSign(timestamp, appSecret)).toBe(sign);
  });

  const judged = (skew: number, sign = robotSign(String(at), appSecret), timestamp: string | null = String(at)) =>
    judge({ timestamp, sign }, (one) => robotSign(one, appSecret), new Date(at + skew));

  it.each([0, 3_600_000, -3_600_000])('holds %i ms later', (skew) => {
    expect(judged(skew)).toBe('genuine');
  });
  it.each([3_600_001, -3_600_001])('is stale %i ms later', (skew) => {
    expect(judged(skew)).toBe('stale');
  });
  it.each(['', 'x', robotSign('1767225600001', appSecret), robotSign(String(at), 'another')])(
    '%j is forged',
    (sign) => {
      expect(judged(0, sign)).toBe('forged');
    },
  );
  it.each([null, '', 'abc', '1e12', ' 1767225600000', '-1', '9'.repeat(40)])(
    'with the time %j is forged',
    (timestamp) => {
      expect(judged(0, robotSign(String(timestamp), appSecret), timestamp)).toBe('forged');
    },
  );
});

describe('the signature for the robot of a group', () => {
  it.each([
    [1767225600000, 'xu7IVF0O5dqj6sQUZvINA7Ih%2FCJe7LWFUGUCTMWlX1Y%3D'],
    [1767225600001, '3hWYme%2F9FUgjhnOzRKx9nHCVgpAE3TmJ3d%2FV%2BGg7sAM%3D'],
  ])('at %i stands encoded once in the address', (now, query) => {
    const webhook = readGroupWebhook(
      `https://oapi.dingtalk.com/robot/send?access_token=t1&secret=${webhookSecret}`,
      'https://oapi.dingtalk.com',
    );
    if (!webhook) throw new Error('not read');
    expect(signedUrl(webhook, new Date(now))).toBe(
      `https://oapi.dingtalk.com/robot/send?access_token=t1&timestamp=${now}&sign=${query}`,
    );
  });

  it('is left out where there is no secret', () => {
    const webhook = readGroupWebhook(
      'https://oapi.dingtalk.com/robot/send?access_token=t1',
      'https://oapi.dingtalk.com/',
    );
    expect(webhook && signedUrl(webhook, new Date(at))).toBe('https://oapi.dingtalk.com/robot/send?access_token=t1');
  });

  it.each([
    'https://evil.example/robot/send?access_token=t1',
    'https://oapi.dingtalk.com.evil.example/robot/send?access_token=t1',
    'http://oapi.dingtalk.com/robot/send?access_token=t1',
    'https://oapi.dingtalk.com/robot/sendBySession?access_token=t1',
    'https://oapi.dingtalk.com/robot/send',
    'https://a:b@oapi.dingtalk.com/robot/send?access_token=t1',
    'nonsense',
  ])('is not made for %s', (address) => {
    expect(readGroupWebhook(address, 'https://oapi.dingtalk.com')).toBeNull();
  });
});

it('the signature of a click is over the time alone', () => {
  expect(cardSign('1767225600000', 'cardApiSecret-demo')).toBe('e8vUmLCH2ViPSS+5z6RSAxu9bc2dae4ZCrr/v+BrI00=');
});
