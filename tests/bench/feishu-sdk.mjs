// The same command on the official SDK alone: one lookup of a task by code, the reply below the message, nothing stored.
import { createServer } from 'node:http';

import * as lark from '@larksuiteoapi/node-sdk';
import Database from 'better-sqlite3';

const [, , file, domain, appId, appSecret, encryptKey, verificationToken] = process.argv;
const find = new Database(file, { readonly: true }).prepare('select text from tasks where code = ?');
const quiet = { loggerLevel: lark.LoggerLevel.error };
const client = new lark.Client({ appId, appSecret, domain, ...quiet });

async function answer({ message }) {
  const { text } = JSON.parse(message.content);
  const task = find.get(text.split(' ').at(-1));
  await client.im.message.reply({
    path: { message_id: message.message_id },
    data: { msg_type: 'text', content: JSON.stringify({ text: task.text }) },
  });
}

const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken, ...quiet }).register({
  // In the background, since the platform wants its answer within three seconds.
  'im.message.receive_v1': (event) => {
    answer(event).catch((error) => console.error(error));
  },
});
const server = createServer(lark.adaptDefault('/webhooks/feishu', dispatcher));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
