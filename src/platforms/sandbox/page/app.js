import { RequestError, sendMessage } from './api.js';
import { sandboxClock } from './clock.js';
import { composer } from './composer.js';
import { stayConnected } from './connection.js';
import { Conversation } from './conversation.js';
import { inOffsetOf } from './dates.js';
import { byId, closable, h, showCount } from './dom.js';
import { helpDialog } from './help.js';
import { chatLog } from './log.js';
import { messageView } from './messages.js';
import { paintAvatar, peopleDialog, whatMay } from './people.js';
import { recall, remember } from './storage.js';

const clock = sandboxClock();
const log = chatLog();
let page;

stayConnected({
  onState(state) {
    byId('offline').hidden = true;
    clock.show(state.now);
    clock.showDefault(state.default);
    if (page) page.take(state.messages);
    else page = openPage(state);
  },
  onMessage: (message) => page.take([message]),
  onClock: ({ now }) => clock.show(now),
  onOffline() {
    byId('offline').textContent = '连不上服务器，正在自动重连。没发出的消息，连上后点“重发”。';
    byId('offline').hidden = false;
  },
});

function openPage({ workspace, group, people, commands, messages }) {
  const ledger = `${workspace}/${group.id}`;
  const speakerKey = `duban.sandbox.speaker.${ledger}`;
  const conversation = new Conversation(ledger);
  const unread = new Map();

  const personNamed = (name) => people.find((person) => person.name === name) ?? { name, unit: null, roles: [] };
  const speaker = recall(speakerKey);
  let me =
    people.find(({ name }) => name === speaker?.name) ?? people.find(({ roles }) => roles.length === 0) ?? people[0];
  let isPrivate = speaker?.isPrivate ?? false;

  const currentChat = () => (isPrivate ? me.name : null);

  const draft = composer({ commands, onSend: say });
  const choosePerson = peopleDialog({
    people,
    unreadOf: (name) => unread.get(name) ?? 0,
    onChoose: (person) => speakAs(person, isPrivate),
  });
  const help = helpDialog({ commands, onExample: draft.fill });
  const confirmClear = closable(byId('clear'));

  function say(text) {
    const entry = conversation.say(currentChat(), me.name, text, clock.now());
    log.append(entry);
    deliver(entry);
  }

  /** The same id is sent again after a failure, so the server can tell a repeat from a second message. */
  async function deliver({ id, user, text, chat }) {
    let outcome;
    try {
      const { replies } = await sendMessage({ id, user, text, private: chat !== null });
      outcome = { status: 'sent', replies };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      outcome = { status: 'failed', error: error.message, again: error.again };
    }
    const entry = conversation.change(id, outcome);
    if (entry) log.update(entry);
  }

  function resend({ id }) {
    const entry = conversation.change(id, { status: 'sending' });
    log.update(entry);
    deliver(entry);
  }

  function speakAs(person, privately) {
    me = person;
    isPrivate = privately;
    remember(speakerKey, { name: me.name, isPrivate });
    show();
  }

  function show() {
    const chat = currentChat();
    unread.delete(chat);
    showSpeaker();
    showChat();
    const entries = conversation.inChat(chat);
    const view = messageView({ me, personNamed, onButton: say, onResend: resend });
    log.show(entries, view, entries.some(({ kind }) => kind === 'said') ? null : starters());
    showUnread();
  }

  function showSpeaker() {
    paintAvatar(byId('who-avatar'), me);
    byId('who-name').textContent = me.name;
    byId('who-may').textContent = whatMay(me);
  }

  function showChat() {
    byId('chat-title').textContent = isPrivate ? '督办助手' : group.name;
    byId('chat-subtitle').textContent = isPrivate
      ? '单聊，群里看不到'
      : `${workspace} · ${people.length}人，督办助手在群里`;
    draft.invite(isPrivate ? '发给督办助手，输入 / 看命令' : '发到群里，输入 / 看命令');
    for (const button of chatButtons) {
      button.setAttribute('aria-current', String((button.dataset.chat === 'private') === isPrivate));
    }
  }

  const firstToTry = ['who', 'due', 'mine', 'task', 'status', 'help'];

  function starters() {
    const examples = firstToTry.flatMap((name) => commands.find((command) => command.name === name)?.examples[0] ?? []);
    return h(
      'section',
      { class: 'starters', 'aria-label': '试一试' },
      h('p', {}, isPrivate ? '这里只有你和督办助手，适合报送。' : '在群里问督办助手，大家都看得到。', '点一条试试：'),
      h(
        'div',
        { class: 'chips' },
        ...examples.map((text) => h('button', { type: 'button', class: 'chip', onclick: () => say(text) }, text)),
      ),
      h('p', {}, '督办助手只按固定规则回答，不用大模型；台账存在本单位服务器。'),
    );
  }

  const keep = (posted) => conversation.take(posted.map((each) => ({ ...each, at: inOffsetOf(clock.now(), each.at) })));

  function take(posted) {
    for (const entry of keep(posted)) {
      if (entry.chat === currentChat()) log.append(entry);
      else unread.set(entry.chat, (unread.get(entry.chat) ?? 0) + 1);
    }
    showUnread();
  }

  function showUnread() {
    for (const button of chatButtons) {
      const chat = button.dataset.chat === 'private' ? me.name : null;
      showCount(button.querySelector('.badge'), unread.get(chat) ?? 0);
    }
    const others = [...unread.keys()].filter((chat) => chat !== null && chat !== me.name);
    const notice = byId('elsewhere');
    notice.hidden = others.length === 0;
    if (others.length === 0) return;
    const [first] = others;
    notice.replaceChildren(
      `督办助手给${first}${others.length > 1 ? `等${others.length}人` : ''}发了单聊`,
      h(
        'button',
        {
          type: 'button',
          onclick: () => (others.length > 1 ? choosePerson.open(me.name) : speakAs(personNamed(first), true)),
        },
        others.length > 1 ? '选一个看' : '去看',
      ),
    );
  }

  const chatButtons = [...byId('chats').querySelectorAll('button')];
  for (const button of chatButtons) {
    button.addEventListener('click', () => speakAs(me, button.dataset.chat === 'private'));
  }
  byId('open-people').addEventListener('click', () => choosePerson.open(me.name));
  byId('open-help').addEventListener('click', help.open);
  byId('open-clear').addEventListener('click', () => confirmClear.showModal());
  byId('clear-confirm').addEventListener('click', () => {
    conversation.clear();
    unread.clear();
    confirmClear.close();
    show();
  });
  for (const id of ['open-people', 'open-help', 'open-clear']) byId(id).disabled = false;
  document.title = `${group.name} · 督办演示沙箱`;

  keep(messages); // posted before this page opened: shown, and not counted as unread
  show();
  return { take };
}
