import { z } from 'zod';

import { unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { changeUnit, readUnitChange, unitPreview, unitPreviewText, unitReply } from '../src/chat/unit-reply.js';
import { rights } from '../src/domain/rights.js';

/** 机构改革: a unit gets another name or is merged into another. History keeps what it was called. */
export default defineCommand({
  name: 'unit',
  aliases: ['单位', '机构改革'],
  args: z.object({ unit, words: words.optional() }),
  allow: rights.unit.roles,
  right: 'unit',
  writes: ({ words }) => words !== undefined,
  help: {
    verb: '调整单位',
    summary: '单位改名、并入、加别名，先预览再改',
    usage: '单位 改名|并入|别名 名称',
    examples: [
      '/unit 县工科局 改名 县工业和信息化局',
      '/unit 县水利局 并入 县农业农村局',
      '/unit 县工科局 别名 工信科',
    ],
  },

  preview: async ({ args, ctx }) => unitPreviewText(ctx, readUnitChange(ctx, args.unit, args.words ?? '')),

  async run({ args, ctx, confirmed }) {
    if (args.words === undefined) return unitReply(ctx, args.unit);
    const change = readUnitChange(ctx, args.unit, args.words);
    return confirmed ? changeUnit(ctx, change) : unitPreview(ctx, change);
  },
});
