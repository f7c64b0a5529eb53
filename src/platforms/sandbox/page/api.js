/** `message` is for people; `again` says whether sending the same thing once more can help. */
export class RequestError extends Error {
  constructor(message, again) {
    super(message);
    this.again = again;
  }
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new RequestError('连不上服务器', true);
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  throw new RequestError(answer?.error ?? `服务器没有正常回答（${response.status}）`, response.status >= 500);
}

const post = (path, body) =>
  request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

const seenBy = (person) => (person === null ? '' : `?as=${encodeURIComponent(person)}`);

export const loadState = (person) => request(`/sandbox/state${seenBy(person)}`);

export const openEvents = (person) => new EventSource(`/sandbox/events${seenBy(person)}`);

export const sendMessage = (message) => post('/sandbox/messages', message);

export function sendFiles({ id, user, text, files, private: isPrivate }) {
  const form = new FormData();
  form.set('id', id);
  form.set('user', user);
  form.set('text', text);
  form.set('private', String(isPrivate));
  for (const file of files) form.append('file', file, file.name);
  return request('/sandbox/files', { method: 'POST', body: form });
}

export const setClock = (now) => post('/sandbox/clock', { now });
