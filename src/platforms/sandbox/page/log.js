import { dayKey, longDate, weekday } from './dates.js';
import { byId, h } from './dom.js';

const nearly = 60;

/** The scrolling list of messages: stays at the end while the reader is there, else counts what came below. */
export function chatLog() {
  const log = byId('log');
  const jump = byId('jump');
  const content = h('div', { class: 'log-content' });
  log.append(content);

  const elements = new Map();
  let view;
  let starters = null;
  let lastDay;
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

  function place(entry) {
    const day = dayKey(entry.at);
    if (day !== lastDay) {
      content.insertBefore(h('p', { class: 'day' }, `${longDate(entry.at)} ${weekday(entry.at)}`), starters);
      lastDay = day;
    }
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
    show(entries, newView, newStarters) {
      log.setAttribute('aria-busy', 'true');
      view = newView;
      starters = newStarters;
      lastDay = undefined;
      elements.clear();
      content.replaceChildren(...(starters ? [starters] : []));
      for (const entry of entries) place(entry);
      toEnd();
      log.removeAttribute('aria-busy');
    },
    append(entry) {
      const follow = atEnd || entry.kind === 'said';
      if (entry.kind === 'said' && starters) {
        starters.remove();
        starters = null;
      }
      const element = place(entry);
      if (follow) reveal(element);
      else {
        if (unread === 0) firstUnread = element;
        showUnread(unread + 1);
      }
    },
    update(entry) {
      const element = elements.get(entry.id);
      if (!element) return;
      view.update(element, entry);
      if (atEnd) reveal(element);
    },
  };
}
