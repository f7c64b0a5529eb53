/** People outside the organisation, and everybody until the app is published, have no 员工号 (userId). */
export const isStaffId = (userId: string): boolean => /^[\w.@-]{1,64}$/.test(userId);

/**
 * Who is known by the organisation is known by the 员工号, which another organisation may give to somebody else. Others get a
 * name that no account can have: a 员工号 holds no space.
 */
export function senderOf(
  { senderStaffId, senderCorpId, senderId }: Record<'senderStaffId' | 'senderCorpId' | 'senderId', string | null>,
  corpId: string,
): { sender: string; known: boolean } {
  const isOurs = senderCorpId === null || senderCorpId === '' || senderCorpId === corpId;
  return isOurs && senderStaffId !== null && isStaffId(senderStaffId)
    ? { sender: senderStaffId, known: true }
    : { sender: `外部 ${senderId ?? ''}`.trim(), known: false };
}
