// What people ask for most often comes first; a command that is not named here follows.
const byUse = 'due who task mine done progress list search status history undo digest join help'.split(' ');

const rank = ({ name }) => (byUse.includes(name) ? byUse.indexOf(name) : byUse.length);

export const inOrderOfUse = (commands) =>
  commands.toSorted((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));

export const wordsOf = ({ name, aliases }) => [name, ...aliases];

/** The command that a text begins with and the words after it, or null. A Latin name ends where a letter no longer follows. */
export function commandAtStart(text, commands) {
  const typed = text.replace(/^[/／]\s*/u, '');
  const lower = typed.toLowerCase();
  const found = commands
    .flatMap((command) => wordsOf(command).map((word) => ({ command, word })))
    .filter(({ word }) => lower.startsWith(word) && !(/^[a-z]/.test(word) && /^[a-z-]/.test(lower.slice(word.length))))
    .sort((one, other) => other.word.length - one.word.length)[0];
  return found ? { command: found.command, rest: typed.slice(found.word.length).trim() } : null;
}

/** Chinese input methods write 、 where the slash key is. */
export function withSlash(text, commands) {
  return text.replace(/^([ \t]*)、(?=[^\s、])/gmu, (mark, space, at) => {
    const line = text.slice(at + mark.length).split('\n', 1)[0];
    return commandAtStart(line, commands) ? `${space}/` : mark;
  });
}
