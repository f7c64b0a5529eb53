/** Storage can be full or forbidden; the page then works and merely forgets. */
function write(storage, key, value) {
  try {
    globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {}
}

function read(storage, key) {
  try {
    return JSON.parse(globalThis[storage].getItem(key));
  } catch {
    return null;
  }
}

/** For every tab of this browser. */
export const remember = (key, value) => write('localStorage', key, value);
export const recall = (key) => read('localStorage', key);

/** For this tab only. */
export const rememberHere = (key, value) => write('sessionStorage', key, value);
export const recallHere = (key) => read('sessionStorage', key);
