import { RequestError, setClock } from './api.js';
import { clockTime, fromInput, longDate, nextMonday, plusDays, toInput, weekday } from './dates.js';
import { byId } from './dom.js';

const steps = {
  previous: (now) => plusDays(now, -1),
  next: (now) => plusDays(now, 1),
  monday: nextMonday,
};

/** The sandbox's date: shows it and moves it. */
export function sandboxClock() {
  const panel = byId('clock-panel');
  const toggle = byId('clock-toggle');
  const input = byId('clock-input');
  const outcome = byId('clock-outcome');
  const controls = panel.querySelectorAll('button, input');
  let now;

  function show(iso) {
    now = iso;
    const shown = byId('clock-now');
    shown.dateTime = iso;
    shown.textContent = `${longDate(iso)} ${weekday(iso)} ${clockTime(iso)}`;
    input.value = toInput(iso);
  }

  async function move(to) {
    for (const control of controls) control.disabled = true;
    outcome.textContent = '正在改日期……';
    outcome.classList.remove('failed');
    try {
      const answer = await setClock(to);
      show(answer.now);
      outcome.textContent = `已改到${longDate(answer.now)}（${weekday(answer.now)}）${clockTime(answer.now)}`;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      outcome.textContent = `日期没有改成：${error.message}`;
      outcome.classList.add('failed');
    } finally {
      for (const control of controls) control.disabled = false;
    }
  }

  toggle.addEventListener('click', () => {
    const open = panel.classList.toggle('open');
    toggle.setAttribute('aria-expanded', String(open));
  });
  for (const button of panel.querySelectorAll('[data-step]')) {
    button.addEventListener('click', () => move(steps[button.dataset.step](now)));
  }
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value) move(fromInput(input.value, now));
  });

  return {
    now: () => now,
    show,
    showDefault(iso) {
      byId('clock-default').textContent = `日期从${longDate(iso)}${clockTime(iso)}开始，可以改`;
    },
  };
}
