import { loadState } from './api.js';

const firstWait = 1_000;
const longestWait = 15_000;

/**
 * Keeps the page in step with the server: the state first, then every event, and the same again after each break.
 * Events that arrive while the state is under way are held back and follow it, so none is lost between the two.
 */
export function stayConnected({ onState, onMessage, onClock, onOffline }) {
  let wait = firstWait;

  function connect() {
    const source = new EventSource('/sandbox/events');
    let heldBack = [];
    let broken = false;

    function retry() {
      if (broken) return;
      broken = true;
      source.close();
      onOffline();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, longestWait);
    }

    const handle = (apply) => (event) => {
      const deliver = () => apply(JSON.parse(event.data));
      if (heldBack) heldBack.push(deliver);
      else deliver();
    };

    source.addEventListener('message', handle(onMessage));
    source.addEventListener('clock', handle(onClock));
    source.addEventListener('error', retry);
    source.addEventListener('open', async () => {
      const state = await loadState().catch(() => null);
      if (broken) return;
      if (!state) {
        retry();
        return;
      }
      onState(state);
      for (const deliver of heldBack) deliver();
      heldBack = null;
      wait = firstWait;
    });
  }

  connect();
}
