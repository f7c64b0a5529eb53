import { z } from 'zod';

import { taskCodes, unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { readRecorded } from '../src/chat/read-recorded.js';
import { previewRecord, recordReply, type ToRecord } from '../src/chat/record-reply.js';
import { rights } from '../src/domain/rights.js';

const args = z.object({ unit, tasks: taskCodes.optional(), note: words.optional() });

/** A supervisor enters what a unit said by phone or on paper; the unit's liaison is told. */
export default defineCommand({
  name: 'record',
  aliases: ['代录'],
  args,
  allow: rights.record.roles,
  right: 'record',
  writes: true,
  asks: { what: '报来的情况' },
  help: {
    summary: '代录单位电话、纸质报来的情况，写“办结”记办结，写“困难”记困难，其余记进展',
    usage: '单位 编号… [办结、困难] 电话、纸质 情况',
    examples: [
      '/record 县水利局 水-1 电话 边界线方案已报县政府',
      '/record 县水利局 水-3 办结 纸质 保护区划分方案已批复',
      '/record 县水利局 水-1 无变化',
    ],
  },

  preview: ({ args, ctx }) => previewRecord(ctx, toRecord(args)),

  run: ({ args, ctx }) => recordReply(ctx, toRecord(args)),
});

function toRecord({ unit, tasks = [], note }: z.infer<typeof args>): ToRecord {
  return { unit, codes: tasks, recorded: readRecorded(note) };
}
