/** C0 controls other than line feed and tab. */
const controls = /[^\P{Cc}\n\t\x7f-\x9f]/gu;

/** Text that both databases keep as it is: lone surrogates become U+FFFD, control characters go. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(controls, '');
}
