import type { List, ListLevel } from '../lists/list-counters.js';
import { type Attributes, readXml, type XmlHandler } from '../xml.js';
import type { Zip } from '../zip.js';
import { isOn } from './styles.js';

interface Level extends ListLevel {
  /** The paragraph style that carries this level. */
  style: string | null;
}

interface Definition {
  levels: Level[];
  /** The name of the list style that this definition is, or that it stands for. */
  is: string | null;
  standsFor: string | null;
}

interface Use {
  definition: string;
  starts: Map<number, number>;
  levels: Map<number, Level>;
}

export interface Numbering {
  list(id: string): List | null;
  /** The level of a list that a style stands for, where the style names only the list. */
  levelOfStyle(list: string, style: string): number | null;
}

const newLevel = (): Level => ({ start: 1, format: 'decimal', text: '', restart: null, legal: false, style: null });

/** Lists by the id that paragraphs name (w:numId): the levels of their definition with their own changes. */
export async function readNumbering(zip: Zip, part: string | undefined): Promise<Numbering> {
  const reader = new NumberingReader();
  if (part !== undefined) await readXml(zip, part, reader);
  return reader.numbering();
}

class NumberingReader implements XmlHandler {
  readonly #definitions = new Map<string, Definition>();
  readonly #uses = new Map<string, Use>();
  #definition: Definition | null = null;
  #use: Use | null = null;
  #level: Level | null = null;
  #levelAt = 0;

  open(name: string, attributes: Attributes): void {
    const value = attributes['w:val'] ?? '';
    switch (name) {
      case 'w:abstractNum':
        this.#definition = { levels: [], is: null, standsFor: null };
        this.#definitions.set(attributes['w:abstractNumId'] ?? '', this.#definition);
        return;
      case 'w:num':
        this.#use = { definition: '', starts: new Map(), levels: new Map() };
        this.#uses.set(attributes['w:numId'] ?? '', this.#use);
        return;
      case 'w:abstractNumId':
        if (this.#use) this.#use.definition = value;
        return;
      case 'w:styleLink':
        if (this.#definition) this.#definition.is = value;
        return;
      case 'w:numStyleLink':
        if (this.#definition) this.#definition.standsFor = value;
        return;
      case 'w:lvlOverride':
        this.#levelAt = Number(attributes['w:ilvl']);
        return;
      case 'w:startOverride':
        this.#use?.starts.set(this.#levelAt, Number(value));
        return;
      case 'w:lvl':
        this.#openLevel(Number(attributes['w:ilvl']));
        return;
      default:
        if (this.#level) this.#readLevel(this.#level, name, value, attributes);
    }
  }

  close(name: string): void {
    if (name === 'w:lvl') this.#level = null;
    else if (name === 'w:abstractNum') this.#definition = null;
    else if (name === 'w:num') this.#use = null;
  }

  #openLevel(at: number): void {
    if (!Number.isInteger(at) || at < 0 || at > 8) return;
    this.#level = newLevel();
    if (this.#definition) this.#definition.levels[at] = this.#level;
    else this.#use?.levels.set(at, this.#level);
  }

  #readLevel(level: Level, name: string, value: string, attributes: Attributes): void {
    if (name === 'w:start') level.start = Number(value) || 0;
    // Formats that Word 2010 added stand in mc:AlternateContent, the old one as the fallback that comes last.
    else if (name === 'w:numFmt') level.format = value === 'custom' ? 'decimal' : value;
    else if (name === 'w:lvlText') level.text = value;
    else if (name === 'w:lvlRestart') level.restart = Number(value);
    else if (name === 'w:isLgl') level.legal = isOn(attributes['w:val']);
    else if (name === 'w:pStyle') level.style = value;
  }

  #levelsOf(definition: Definition | undefined): Level[] {
    if (definition?.standsFor == null) return definition?.levels ?? [];
    const linked = [...this.#definitions.values()].find((other) => other.is === definition.standsFor);
    return linked?.levels ?? [];
  }

  numbering(): Numbering {
    const lists = new Map<string, Omit<List, 'levels'> & { levels: Level[] }>();
    for (const [id, use] of this.#uses) {
      const levels = [...this.#levelsOf(this.#definitions.get(use.definition))];
      for (const [at, level] of use.levels) levels[at] = level;
      lists.set(id, { id, family: use.definition, levels, starts: use.starts });
    }
    return {
      list: (id) => lists.get(id) ?? null,
      levelOfStyle(id, style) {
        const at = lists.get(id)?.levels.findIndex((level) => level?.style === style) ?? -1;
        return at === -1 ? null : at;
      },
    };
  }
}
