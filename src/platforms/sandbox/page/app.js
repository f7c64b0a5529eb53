import { RequestError, sendFiles, sendMessage } from './api.js';
import { chatSwitch, showElsewhere, showSpeaker } from './chats.js';
import { sandboxClock } from './clock.js';
import { inOrderOfUse } from './commands.js';
import { composer } from './composer.js';
import { stayConnected } from './connection.js';
import { Conversation } from './conversation.js';
import { inOffsetOf } from './dates.js';
import { byId, closable, h } from './dom.js';
import { fileChooser } from './files.js';
import { helpDialog } from './help.js';
import { linker } from './links.js';
import { chatLog } from './log.js';
import { messageView } from './messages.js';
import { peopleList, whatMay } from './people.js';
import { questionChips } from './questions.js';
import { recall, recallHere, remember, rememberHere } from './storage.js';

const speakerKey = 'duban.sandbox.speaker';
const isWide = matchMedia('(min-width: 900px)');
const hasMouse = matchMedia('(pointer: fine)');

const clock = sandboxClock();
const log = chatLog();
const speaker = recallHere(speakerKey) ?? recall(speakerKey);
let page;

const connection = stayConnected(speaker?.name ?? null, {
  state(state) {
    byId('offline').hidden = true;
    clock.setStart(state.default);
    clock.set(state.now);
    if (page) page.refresh(state);
    else page = openPage(state);
  },
  message: (message) => page.hear([message]),
  said: (message) => page.hear([message]),
  waiting: ({ to }) => page.isWaiting(to),
  clock({ now }) {
    clock.set(now);
    log.timeIs(now);
  },
  offline() {
    byId('offline').textContent = '连不上服务器，正在自动重连。没发出的消息，连上后点“重发”。';
    byId('offline').hidden = false;
  },
});

function openPage(state) {
  const { workspace, group } = state;
  const commands = inOrderOfUse(state.commands);
  const conversation = new Conversation(`${workspace}/${group.id}`);
  const unread = new Map();
  let { people, prefixes, questions } = state;

  const personNamed = (name) =>
    people.find((person) => person.name === name) ?? { name, unit: null, roles: [], may: [] };
  let me =
    people.find(({ name }) => name === speaker?.name) ?? people.find(({ roles }) => roles.length === 0) ?? people[0];
  let isPrivate = speaker?.isPrivate ?? false;
  let loadedFor = speaker?.name ?? null;

  const currentChat = () => (isPrivate ? me.name : null);
  const mayText = (person) => whatMay(person, people, commands);

  const draft = composer({ commands, mayUse: ({ name }) => me.may.includes(name), onSend: say });
  const files = fileChooser({ onFiles: (chosen) => say(draft.take(), chosen), onRefused: draft.warn });
  const help = helpDialog({ commands, onExample: draft.fill });
  const confirmClear = closable(byId('clear'));
  const choosing = closable(byId('people'));
  const chats = chatSwitch({ onSwitch: (privately) => speakAs(me, privately) });
  const [members, candidates] = ['members', 'people'].map((id) =>
    peopleList({
      search: byId(`${id}-search`),
      list: byId(`${id}-list`),
      unreadOf: (name) => unread.get(name) ?? 0,
      mayText,
      onChoose(person) {
        choosing.close();
        members.clearSearch();
        speakAs(person, isPrivate);
        if (hasMouse.matches) draft.focus();
      },
    }),
  );

  function say(text, files = []) {
    const shown = files.map(({ name, size }) => ({ name, size }));
    const entry = conversation.say({ chat: currentChat(), user: me.name, text, files: shown, at: clock.now() });
    log.append(entry, { follow: true });
    showUnread();
    deliver(entry, files);
  }

  /** The same id is sent again after a failure, so the server can tell a repeat from a second message. */
  async function deliver({ id, user, text, chat }, files) {
    let outcome;
    try {
      const message = { id, user, text, private: chat !== null };
      const { replies } = await (files.length > 0 ? sendFiles({ ...message, files }) : sendMessage(message));
      outcome = { status: 'sent', replies };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      outcome = { status: 'failed', error: error.message, again: error.again, resend: files };
    }
    if (conversation.statusOf(id) === 'sent') return; // heard of it by the events before
    const entry = conversation.change(id, outcome);
    if (entry) log.update(entry);
    showUnread();
  }

  function resend({ id, resend: files = [] }) {
    const entry = conversation.change(id, { status: 'sending' });
    log.update(entry);
    deliver(entry, files);
  }

  function speakAs(person, privately) {
    me = person;
    isPrivate = privately;
    rememberHere(speakerKey, { name: me.name, isPrivate });
    remember(speakerKey, { name: me.name, isPrivate });
    draft.warn('');
    show();
    connection.lookAs(me.name);
  }

  function show() {
    const chat = currentChat();
    unread.delete(chat);
    members.show(people, me.name);
    showSpeaker(me, mayText(me));
    byId('chat-title').textContent = isPrivate ? '督办助手' : group.name;
    byId('chat-subtitle').textContent = isPrivate
      ? '单聊，群里看不到'
      : `${workspace} · ${people.length}人，督办助手在群里`;
    draft.invite(isPrivate ? '发给督办助手，输入 / 看命令' : '发到群里，输入 / 看命令');
    for (const place of document.querySelectorAll('[data-questions]')) place.replaceChildren(...chips());
    const entries = conversation.inChat(chat);
    const link = linker({ prefixes, commands, onSend: sayFromLink, onFill: draft.fill });
    const view = messageView({ me, personNamed, link, onButton: say, onResend: resend });
    const isNew = !entries.some(({ kind }) => kind === 'said');
    log.show(entries, view, isNew ? starters() : null, clock.now());
    showUnread();
  }

  function sayFromLink(text, alone) {
    if (alone && !isPrivate) speakAs(me, true);
    say(text);
  }

  const chips = () =>
    questionChips({ me, questions, onSend: say, onFill: draft.fill, onChooseFile: () => files.choose() });

  function starters() {
    return h(
      'section',
      { class: 'starters', 'aria-label': '试一试' },
      h('p', {}, isPrivate ? '这里只有你和督办助手，适合报送。' : '在群里问督办助手，大家都看得到。'),
      h('div', { class: 'chips' }, ...chips()),
      h('p', {}, '督办助手只按固定规则回答，不用大模型；台账存在本单位服务器。'),
    );
  }

  const keep = (messages) =>
    conversation.take(messages.map((message) => ({ ...message, at: inOffsetOf(clock.now(), message.at) })));

  function hear(messages) {
    const { added, changed } = keep(messages);
    for (const entry of changed) if (entry.chat === currentChat()) log.update(entry);
    for (const entry of added) {
      if (entry.chat === currentChat()) log.append(entry);
      else count(entry.chat);
    }
    showUnread();
  }

  const count = (chat) => unread.set(chat, (unread.get(chat) ?? 0) + 1);

  /** Who may do what can have changed; after a change of person their own chat comes with it. */
  function refresh(now) {
    ({ people, prefixes, questions } = now);
    me = personNamed(me.name);
    if (me.name === loadedFor) {
      hear(now.messages);
      members.show(people, me.name);
      return;
    }
    loadedFor = me.name;
    keep(now.messages);
    show();
  }

  function showUnread() {
    const unreadIn = (chat) => unread.get(chat) ?? 0;
    chats.show({ me, isPrivate, lastIn: (chat) => conversation.lastIn(chat), unreadIn });
    const others = [...unread.keys()].filter((chat) => chat !== null && chat !== me.name);
    showElsewhere(others, { onOne: (name) => speakAs(personNamed(name), true), onSeveral: choosePerson });
  }

  function choosePerson() {
    if (isWide.matches) {
      members.clearSearch();
      byId('members-search').focus();
      return;
    }
    candidates.show(people, me.name);
    candidates.clearSearch();
    choosing.showModal();
  }

  byId('open-people').addEventListener('click', choosePerson);
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

  keep(state.messages); // said before this page opened: shown, and not counted as unread
  conversation.takeUnsent();
  show();
  connection.lookAs(me.name);
  return {
    hear,
    refresh,
    isWaiting(name) {
      count(name);
      members.show(people, me.name);
      showUnread();
    },
  };
}
