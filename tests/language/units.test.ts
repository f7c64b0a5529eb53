import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type UnitId, unitId } from '../../src/domain/unit.js';
import { fold } from '../../src/language/fold.js';
import { buildUnitLexicon, findUnits, type UnitNames } from '../../src/language/units.js';

const unit = (name: string, ...aliases: string[]): UnitNames => ({ id: unitId.parse(name), name, aliases });

const roster = [
  unit('县住建局', '县住房和城乡建设局'),
  unit('县能源局'),
  unit('市生态环境局芮城分局', '环保局', '环保'),
  unit('县公安局'),
  unit('县公安局交通管理大队', '交警'),
  unit('运城市大禹渡扬水工程服务中心'),
  unit('各乡镇人民政府', '各乡镇', '各乡（镇）人民政府'),
  unit('县大数据局', 'BigData中心'),
];

/** Each mention as 原文=单位, or 原文?甲|乙 where it could be several. */
function find(typed: string, units = roster): string[] {
  return findUnits(fold(typed), buildUnitLexicon(units)).map((found) =>
    found.kind === 'unit' ? `${found.text}=${found.id}` : `${found.text}?${found.ambiguous.join('|')}`,
  );
}

describe('findUnits', () => {
  it.each([
    ['/due 县住建局', ['县住建局=县住建局']],
    ['住建局牵头哪些水环境任务', ['住建局=县住建局']],
    ['芮城县住建局', ['县住建局=县住建局']],
    ['县住房和城乡建设局', ['县住房和城乡建设局=县住建局']],
    ['能源局下个月有什么要完成', ['能源局=县能源局']],
    ['生态环境局', ['生态环境局=市生态环境局芮城分局']],
    ['市生态环境局', ['市生态环境局=市生态环境局芮城分局']],
    ['环保这块月底能不能完', ['环保=市生态环境局芮城分局']],
    ['县环保局', ['环保局=市生态环境局芮城分局']],
    ['公安局', ['公安局=县公安局']],
    ['交通管理大队', ['交通管理大队=县公安局交通管理大队']],
    ['县公安局交通管理大队', ['县公安局交通管理大队=县公安局交通管理大队']],
    ['交警牵头的是哪项', ['交警=县公安局交通管理大队']],
    ['大禹渡扬水工程服务中心', ['大禹渡扬水工程服务中心=运城市大禹渡扬水工程服务中心']],
    ['各乡（镇）人民政府', ['各乡(镇)人民政府=各乡镇人民政府']],
    ['bigdata中心', ['bigdata中心=县大数据局']],
    ['住建局、能源局和公安局', ['住建局=县住建局', '能源局=县能源局', '公安局=县公安局']],
    ['县住建局县能源局', ['县住建局=县住建局', '县能源局=县能源局']],
    ['省能源局', []],
    ['运城市住建局', []],
    ['早上好', []],
  ])('%s', (typed, units) => {
    expect(find(typed)).toEqual(units);
  });

  it('asks which one where a part fits two', () => {
    const two = [...roster, unit('市住建局')];
    expect(find('住建局', two)).toEqual(['住建局?县住建局|市住建局']);
    expect(find('县住建局和市住建局', two)).toEqual(['县住建局=县住建局', '市住建局=市住建局']);
    expect(find('运城市住建局', two)).toEqual(['市住建局=市住建局']);
  });

  it('lets an alias decide what a part leaves open', () => {
    expect(find('住建局', [unit('县住建局', '住建局'), unit('市住建局')])).toEqual(['住建局=县住建局']);
  });

  it('finds nothing in an empty roster', () => {
    expect(find('县住建局', [])).toEqual([]);
  });
});

describe('any text', () => {
  const lexicon = buildUnitLexicon(roster);

  it('gives mentions in order, each of them the words that stand there', () => {
    const piece = fc.constantFrom(
      ...'县市住建能源局公安交通管理大队生态环境分芮城环保',
      '各乡镇',
      'BigData',
      ' ',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (words) => {
        const text = words.join('');
        let last = 0;
        for (const { start, end, text: found } of findUnits(text, lexicon)) {
          expect(last <= start && start < end && text.slice(start, end) === found).toBe(true);
          last = end;
        }
      }),
    );
  });

  it('reads a long text with a large roster', () => {
    const large = Array.from({ length: 300 }, (_, i) => unit(`县第${i}综合服务中心`, `服务${i}`));
    const text = '县第299综合服务中心、服务12；'.repeat(5000);
    const found: (UnitId | null)[] = findUnits(text, buildUnitLexicon(large)).map((m) =>
      m.kind === 'unit' ? m.id : null,
    );
    expect([found.length, new Set(found).size]).toEqual([10_000, 2]);
  });
});
