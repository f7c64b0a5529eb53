import { loadState, openEvents } from './api.js';

const firstWait = 1_000;
const longestWait = 15_000;

/**
 * Keeps the page in step with the server: the state first, then every event, and the same again after each break.
 * Events that arrive while the state is under way are held back and follow it, so none is lost between the two.
 * `on` holds what to do: state, message, said, waiting, clock, offline. `person` is who looks, or null.
 */
export function stayConnected(person, on) {
  let wait = firstWait;
  let leave = () => {};

  function connect() {
    const source = openEvents(person);
    let heldBack = [];
    let left = false;
    let retrying;

    leave = () => {
      left = true;
      source.close();
      clearTimeout(retrying);
    };

    function retry() {
      if (left) return;
      leave();
      on.offline();
      retrying = setTimeout(connect, wait);
      wait = Math.min(wait * 2, longestWait);
    }

    for (const event of ['message', 'said', 'waiting', 'clock']) {
      source.addEventListener(event, ({ data }) => {
        const deliver = () => on[event](JSON.parse(data));
        if (heldBack) heldBack.push(deliver);
        else deliver();
      });
    }
    source.addEventListener('error', retry);
    source.addEventListener('open', async () => {
      const state = await loadState(person).catch(() => null);
      if (left) return;
      if (!state) {
        retry();
        return;
      }
      on.state(state);
      for (const deliver of heldBack) deliver();
      heldBack = null;
      wait = firstWait;
    });
  }

  connect();

  return {
    lookAs(other) {
      if (other === person) return;
      person = other;
      leave();
      connect();
    },
  };
}
