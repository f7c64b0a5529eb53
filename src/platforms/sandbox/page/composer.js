import { withSlash } from './commands.js';
import { commandCompletion } from './completion.js';
import { byId } from './dom.js';

// keyCode 229 is how Safari marks the Enter that ends an input method's composition.
const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** The box people type in: Enter sends, Shift+Enter is a new line. */
export function composer({ commands, mayUse, onSend }) {
  const form = byId('composer');
  const textarea = byId('draft');
  const send = byId('send');
  const notice = byId('notice');
  const completion = commandCompletion({ textarea, commands, mayUse, onAccept: changed });

  function changed() {
    textarea.style.height = 'auto';
    textarea.style.height = `${textarea.scrollHeight + 2}px`;
    send.disabled = textarea.value.trim() === '';
    completion.update();
  }

  /** What is written, which is then no longer there. */
  function take() {
    const text = withSlash(textarea.value, commands).trim();
    textarea.value = '';
    changed();
    warn('');
    return text;
  }

  function submit() {
    if (textarea.value.trim() !== '') onSend(take());
  }

  function warn(text) {
    notice.textContent = text;
    notice.hidden = text === '';
  }

  textarea.addEventListener('input', changed);
  textarea.addEventListener('keydown', (event) => {
    if (isComposing(event)) return;
    if (!event.shiftKey && completion.onKey(event.key)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    textarea.focus();
  });
  textarea.disabled = false;

  return {
    fill(text) {
      textarea.value = text;
      textarea.focus();
      textarea.setSelectionRange(text.length, text.length);
      changed();
    },
    focus: () => textarea.focus(),
    take,
    invite(words) {
      textarea.placeholder = words;
    },
    warn,
  };
}
