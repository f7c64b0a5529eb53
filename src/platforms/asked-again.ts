const longest = 30;

/** What somebody has asked for, as they are told to ask elsewhere. */
export function again(asked: string): string {
  const [first = ''] = asked.trim().split('\n');
  const characters = [...first];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}……` : first;
}
