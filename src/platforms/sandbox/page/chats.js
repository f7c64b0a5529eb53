import { byId, h, showCount } from './dom.js';
import { paintAvatar } from './people.js';

const firstLine = (text) => text?.split('\n', 1)[0] ?? '';

function lastWords(entry) {
  if (!entry) return '';
  const [reply] = entry.kind === 'posted' ? [entry.reply] : entry.replies.slice(-1);
  if (reply) return `督办助手：${firstLine(reply.text)}`;
  const [file] = entry.files;
  const said = file && entry.text === '' ? `[文件] ${file.name}` : firstLine(entry.text);
  return `${entry.user}：${said}`;
}

/** The two chats of a person, group and one to one, with what was said last and how much is unread. */
export function chatSwitch({ onSwitch }) {
  const buttons = [...byId('chats').querySelectorAll('button')];
  for (const button of buttons) {
    button.addEventListener('click', () => onSwitch(button.dataset.chat === 'private'));
  }
  return {
    show({ me, isPrivate, lastIn, unreadIn }) {
      for (const button of buttons) {
        const chat = button.dataset.chat === 'private' ? me.name : null;
        button.setAttribute('aria-current', String((chat !== null) === isPrivate));
        button.querySelector('.chat-last').textContent = lastWords(lastIn(chat));
        showCount(button.querySelector('.badge'), unreadIn(chat));
      }
    },
  };
}

export function showSpeaker(me, may) {
  paintAvatar(byId('who-avatar'), me);
  byId('who-name').textContent = me.name;
  byId('who-may').textContent = may;
}

/** Says that the bot wrote one to one to people other than the one who looks. */
export function showElsewhere(names, { onOne, onSeveral }) {
  const notice = byId('elsewhere');
  notice.hidden = names.length === 0;
  if (names.length === 0) return;
  const [first] = names;
  const several = names.length > 1;
  notice.replaceChildren(
    `督办助手给${first}${several ? `等${names.length}人` : ''}发了单聊`,
    h(
      'button',
      { type: 'button', onclick: () => (several ? onSeveral() : onOne(first)) },
      several ? '选一个看' : '去看',
    ),
  );
}
