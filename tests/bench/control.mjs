// What a user would write by hand: plain node:http, one lookup of a task by code, nothing stored.
import { createServer } from 'node:http';

import Database from 'better-sqlite3';

const [, , file] = process.argv;
const find = new Database(file, { readonly: true }).prepare('select code, title from tasks where code = ?');

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { text } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const task = find.get(text.split(' ').at(-1));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ replies: [{ kind: 'text', text: `${task.code} ${task.title}` }] }));
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
