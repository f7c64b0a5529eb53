const pointsShown = 4;
const alike = 0.3;

function bigrams(text: string): Set<string> {
  const characters = [...text.replace(/[\s\p{P}]/gu, '')];
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`));
}

/** The points of a task's text that a note does not already speak of, so that a part is not taken for the whole. */
export function otherPoints(points: string[], note: string): string[] {
  const said = bigrams(note);
  const spokenOf = (point: string) => {
    const asked = [...bigrams(point)];
    return asked.filter((pair) => said.has(pair)).length > asked.length * alike;
  };
  return points.filter((point) => !spokenOf(point)).slice(0, pointsShown);
}
