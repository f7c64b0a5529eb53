/** `message` is for people; `again` says whether sending the same thing once more can help. */
export class RequestError extends Error {
  constructor(message, again) {
    super(message);
    this.again = again;
  }
}

async function request(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
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

export const loadState = () => request('/sandbox/state');

export const sendMessage = (message) => request('/sandbox/messages', message);

export const setClock = (now) => request('/sandbox/clock', { now });
