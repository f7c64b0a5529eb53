import { h } from './dom.js';

/** Questions to begin with, as this person would put them; what has to be finished goes into the composer. */
export function questionChips({ me, questions, onSend, onFill, onChooseFile }) {
  // Who has a unit asks for its own work, anybody else for the list of one.
  const suits = (command) => (command === 'mine' ? me.unit : command !== 'list' || !me.unit);
  const mayAsk = ({ command }) => me.may.includes(command) && suits(command);
  const chip = (text, press) => h('button', { type: 'button', class: 'chip', onclick: press }, text);
  return [
    ...(me.may.includes('import') ? [chip('导入文件', onChooseFile)] : []),
    ...(me.may.includes('done') ? [chip('报办结', () => onFill('/done '))] : []),
    ...(me.may.includes('progress') ? [chip('报进展', () => onFill('/progress '))] : []),
    ...questions.filter(mayAsk).map(({ text }) => chip(text, () => onSend(text))),
  ];
}
