import { RequestError, setClock } from './api.js';
import { clockTime, fromInput, later, longDate, nextMonday, plusDays, shortDate, toInput, weekday } from './dates.js';
import { byId } from './dom.js';

const tickMs = 1_000;

/** The sandbox's date: shows it, lets it run as the server's does, and moves it. */
export function sandboxClock() {
  const panel = byId('clock-panel');
  const toggle = byId('clock-toggle');
  const input = byId('clock-input');
  const outcome = byId('clock-outcome');
  const controls = panel.querySelectorAll('button, input');
  let told;
  let toldAt;
  let start;
  let chosen = false;

  const now = () => later(told, Date.now() - toldAt);

  const steps = {
    previous: () => plusDays(now(), -1),
    next: () => plusDays(now(), 1),
    monday: () => nextMonday(now()),
    start: () => start,
  };

  function show() {
    const iso = now();
    const shown = byId('clock-now');
    const text = `${longDate(iso)} ${weekday(iso)} ${clockTime(iso)}`;
    if (shown.textContent === text) return;
    shown.dateTime = iso;
    shown.textContent = text;
    byId('clock-short').textContent = `${shortDate(iso)} ${weekday(iso)} ${clockTime(iso)}`;
    if (!chosen) input.value = toInput(iso);
  }

  function set(iso) {
    told = iso;
    toldAt = Date.now();
    show();
  }

  function open(isOpen) {
    if (!isOpen && panel.contains(document.activeElement)) toggle.focus();
    panel.classList.toggle('open', isOpen);
    toggle.setAttribute('aria-expanded', String(isOpen));
    outcome.textContent = '';
  }

  async function move(to) {
    for (const control of controls) control.disabled = true;
    outcome.textContent = '正在改日期……';
    outcome.classList.remove('failed');
    try {
      const answer = await setClock(to);
      chosen = false;
      set(answer.now);
      input.value = toInput(answer.now);
      open(false); // on a phone it lies over the messages that the new date brings
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      outcome.textContent = `日期没有改成：${error.message}`;
      outcome.classList.add('failed');
    } finally {
      for (const control of controls) control.disabled = false;
    }
  }

  setInterval(() => told && show(), tickMs);
  input.addEventListener('input', () => {
    chosen = true;
  });
  toggle.addEventListener('click', () => open(!panel.classList.contains('open')));
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') open(false);
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (!byId('clock').contains(target) && panel.classList.contains('open')) open(false);
  });
  for (const button of panel.querySelectorAll('[data-step]')) {
    button.addEventListener('click', () => move(steps[button.dataset.step]()));
  }
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value) move(fromInput(input.value, now()));
  });

  return {
    now,
    set,
    setStart(iso) {
      start = iso;
      byId('clock-start').textContent = `日期从${longDate(iso)}${clockTime(iso)}开始，可以改`;
    },
  };
}
