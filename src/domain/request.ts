/** 延期, 职责异议, 不涉及 of a unit, and a leader's 批示. */
export type RequestKind = 'extension' | 'objection' | 'exemption' | 'instruction';

export const requestKindNames: Record<RequestKind, string> = {
  extension: '延期',
  objection: '职责异议',
  exemption: '不涉及',
  instruction: '批示',
};

/** The row of the history with which each is asked. */
export const askedBy = {
  extension: 'extend',
  objection: 'object',
  exemption: 'exempt',
  instruction: 'instruct',
} as const satisfies Record<RequestKind, string>;
