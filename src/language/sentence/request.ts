/** What a sentence asks for, as it is typed after the name of a command. */
export interface Request {
  command: string;
  codes: readonly string[];
  range: string | null;
  unit: string | null;
  plan: string | null;
  role: string | null;
  status: string | null;
  /** A fixed word of the command, or the words that are looked for. */
  words: string;
}

export const noRequest: Omit<Request, 'command'> = {
  codes: [],
  range: null,
  unit: null,
  plan: null,
  role: null,
  status: null,
  words: '',
};

/** 县住建局 水计划 牵头: what stands after the slash form's name, so that both are read by the same reader. */
export function typedRest({ codes, range, unit, plan, role, status, words }: Request): string {
  const named = plan === null ? null : `${plan}计划`;
  return [...codes, range, unit, named, role, status, words].filter(Boolean).join(' ');
}

export function typedLine(request: Request): string {
  return `/${request.command} ${typedRest(request)}`.trimEnd();
}
