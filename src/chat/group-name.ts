import type { Context } from '../services/context.js';

/** Where something is said to all: here, or, asked for one to one, in a group. */
export const groupName = ({ chat }: Context) => (chat.private ? '工作群' : '本群');
