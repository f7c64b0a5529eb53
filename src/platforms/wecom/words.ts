import { inTwins, withoutMarks } from '../full-width.js';

/** People's words in markdown, in which `<@id>` rings. */
export const harmless = (text: string): string => withoutMarks(text, /[*`<|\\]/gu);

/** The plain text messages read only mentions and links in angle brackets. */
export const harmlessPlain = (text: string): string => inTwins(text, /</gu);
