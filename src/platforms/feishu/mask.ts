/** Phone numbers and addresses that a tenant's leak check stops: enough is left to know which is meant. */
export function maskedContacts(text: string): string {
  return text
    .replace(/(?<![\w-])(1[3-9]\d)\d{4}(\d{4})(?![\w-])/gu, '$1****$2')
    .replace(/(?<![\w-])(0\d{2,3}-?\d{2})\d{3,4}(\d{2})(?![\w-])/gu, '$1****$2')
    .replace(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/gu, '***@$1');
}
