import { Converter } from 'opencc-js/t2cn';

const convert = Converter({ from: 't', to: 'cn' });

/** Of the characters of a traditional text about a third have another simplified form; of a simplified one hardly any. */
const shareInText = 0.1;
const shareInPassage = 0.2;
const shortestText = 20;
/** One such character may be a rare one in the name of a place: 南磑镇. */
const fewestInPassage = 2;

function changes(text: string): { changed: number; han: number } {
  const folded = [...convert(text)];
  const chars = [...text];
  return {
    changed: chars.filter((char, at) => char !== folded[at]).length,
    han: chars.filter((char) => /\p{Script=Han}/u.test(char)).length,
  };
}

/** Whether a document is written in traditional characters. */
export function isTraditional(text: string): boolean {
  const { changed, han } = changes(text);
  return han >= shortestText && changed >= shareInText * han;
}

/** Whether a passage is, in a document that is not. */
export function isTraditionalPassage(text: string): boolean {
  const { changed, han } = changes(text);
  return changed >= fewestInPassage && changed >= shareInPassage * han;
}

/** Traditional characters to simplified ones: 縣水利局牽頭 → 县水利局牵头. */
export const foldScript = (text: string): string => convert(text);
