const phone = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g;
const identityNumber =
  /(?<![\dA-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g;

/** A note as it is kept: word for word, but without identity numbers and with phone numbers masked. */
export function keepNote(note: string): string {
  return note.replace(identityNumber, '〔身份证号未保存〕').replace(phone, '$1****$2');
}
