import { clockTime, dayKey, longDate, weekday } from './dates.js';
import { byId, h } from './dom.js';

const nearly = 60;
const backMs = 90_000; // less is the difference between two clocks

/** The scrolling list of messages: stays at the end while the reader is there, else counts what came below. */
export function chatLog() {
  const log = byId('log');
  const jump = byId('jump');
  const content = h('div', { class: 'log-content' });
  log.append(content);

  const elements = new Map();
  let view;
  let starters = null;
  let lastAt = null;
  let unread = 0;
  let firstUnread;
  let atEnd = true;

  const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < nearly;

  function toEnd() {
    log.scrollTop = log.scrollHeight;
    atEnd = true;
    showUnread(0);
  }

  /** A message taller than the window is shown from its first line. */
  function reveal(element) {
    const newest = element.querySelector('.message:last-child') ?? element;
    if (newest.offsetHeight > log.clientHeight) {
      atEnd = false;
      newest.scrollIntoView({ block: 'start' });
    } else toEnd();
  }

  function showUnread(count) {
    unread = count;
    jump.hidden = count === 0;
    jump.textContent = `${count}条新消息 ↓`;
  }

  /** Between a message and what comes at `at`: a new day, or that the sandbox's date was moved back. */
  function divide(at, { onlyBack = false } = {}) {
    const last = starters ? starters.previousSibling : content.lastChild;
    if (last?.classList.contains('day')) last.remove();
    const back = lastAt !== null && Date.parse(at) < Date.parse(lastAt) - backMs;
    const day = `${longDate(at)} ${weekday(at)}`;
    const line = h('p', { class: back ? 'day back' : 'day' }, back ? `时间调回 ${day} ${clockTime(at)}` : day);
    if (back || (!onlyBack && (lastAt === null || dayKey(at) !== dayKey(lastAt)))) content.insertBefore(line, starters);
  }

  function place(entry) {
    divide(entry.at);
    lastAt = entry.at;
    const element = view.render(entry);
    elements.set(entry.id, element);
    content.insertBefore(element, starters);
    return element;
  }

  log.addEventListener('scroll', () => {
    atEnd = isAtEnd();
    if (atEnd && unread > 0) showUnread(0);
  });
  jump.addEventListener('click', () => {
    firstUnread.scrollIntoView({ block: 'start' });
    showUnread(0);
    log.focus({ preventScroll: true });
  });
  // The keyboard of a phone and a font that arrives late both change the height.
  const resized = new ResizeObserver(() => {
    if (atEnd) toEnd();
  });
  resized.observe(log);
  resized.observe(content);

  return {
    show(entries, newView, newStarters, now) {
      log.setAttribute('aria-busy', 'true');
      view = newView;
      starters = newStarters;
      lastAt = null;
      elements.clear();
      content.replaceChildren(...(starters ? [starters] : []));
      for (const entry of entries) place(entry);
      if (entries.length > 0) divide(now, { onlyBack: true });
      toEnd();
      log.removeAttribute('aria-busy');
    },
    /** `follow` shows it wherever the reader is. */
    append(entry, { follow = false } = {}) {
      const wasAtEnd = atEnd || follow;
      if (entry.kind === 'said' && starters) {
        starters.remove();
        starters = null;
      }
      const element = place(entry);
      if (wasAtEnd) reveal(element);
      else {
        if (unread === 0) firstUnread = element;
        showUnread(unread + 1);
      }
    },
    timeIs(now) {
      if (lastAt === null) return;
      divide(now, { onlyBack: true });
      if (atEnd) toEnd();
    },
    update(entry) {
      const element = elements.get(entry.id);
      if (!element) return;
      view.update(element, entry);
      if (atEnd) reveal(element);
    },
  };
}
