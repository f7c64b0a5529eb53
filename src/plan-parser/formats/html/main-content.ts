import { type Element, elementsIn, textIn } from './html-tree.js';

/** How much of an element is prose: Chinese characters outside links. */
export type Weights = ReadonlyMap<Element, number>;

const hanIn = (text: string) => text.match(/\p{Script=Han}/gu)?.length ?? 0;

export function weigh(root: Element): Weights {
  const weights = new Map<Element, number>();
  const weightOf = (element: Element, inLink: boolean): number => {
    const link = inLink || element.name === 'a';
    const weight = element.children.reduce((sum, child) => {
      if (typeof child !== 'string') return sum + weightOf(child, link);
      return link ? sum : sum + hanIn(child);
    }, 0);
    weights.set(element, weight);
    return weight;
  };
  weightOf(root, false);
  return weights;
}

/** Where the systems that government sites run on keep the text of an article, by id or class. */
const containers = new Set(
  (
    'zoom ucap-content trs_editor trs_ueditor trs_editor_view trs-editor view pages_content article-content articlecontent article_content ' +
    'article-body article_body articlebody wp_articlecontent v_news_content vsb_content news_content newscontent xxgk_content ' +
    'js_content rich_media_content bt_content zw_content zwcontent content-text mainbody main-txt conten content'
  ).split(' '),
);

const namesOf = ({ attributes }: Element) =>
  `${attributes.id ?? ''} ${attributes.class ?? ''}`.toLowerCase().split(/\s+/).filter(Boolean);

const containerShare = 0.6;
const descentShare = 0.85;
const laysOut = new Set('html body div section article main center form table tbody tr td font span'.split(' '));

/** The element that holds the document: a known container, else the deepest with nearly all the prose of the page. */
export function findMain(root: Element, weights: Weights): Element {
  const whole = weights.get(root) ?? 0;
  const share = (element: Element) => (whole === 0 ? 0 : (weights.get(element) ?? 0) / whole);
  const known = elementsIn(root).filter(
    (element) =>
      (element.name === 'article' || namesOf(element).some((name) => containers.has(name))) &&
      share(element) >= containerShare,
  );
  const container = known.at(-1);
  return container ?? descend(root, weights);
}

/** Words of the notice that come before a plan; a part of the page that holds them belongs to the document. */
const transmits = /[印转]发给你们/;

function descend(root: Element, weights: Weights): Element {
  let main = root;
  for (;;) {
    const least = descentShare * (weights.get(main) ?? 0);
    const isHeavy = (child: Element) => laysOut.has(child.name) && (weights.get(child) ?? 0) >= least;
    const children = main.children.filter((child) => typeof child !== 'string');
    const next = children.find(isHeavy);
    if (!next || least === 0 || children.some((child) => child !== next && transmits.test(textIn(child)))) return main;
    const inside = next.name === 'table' ? layoutCell(next, weights) : next;
    if (!inside) return main;
    main = inside;
  }
}

/** The cell of a table that holds nearly all of it; a table of data has none. */
function layoutCell(table: Element, weights: Weights): Element | undefined {
  const least = descentShare * (weights.get(table) ?? 0);
  return elementsIn(table).find((element) => element.name === 'td' && (weights.get(element) ?? 0) >= least);
}

/** The title of the page: what the site says it is, else its largest heading. */
export function pageTitle(root: Element): string {
  const elements = elementsIn(root);
  const meta = elements.find(
    ({ name, attributes }) => name === 'meta' && attributes.name?.toLowerCase() === 'articletitle',
  );
  const heading = elements.find(({ name }) => name === 'h1');
  const title = elements.find(({ name }) => name === 'title');
  const found =
    meta?.attributes.content ??
    (heading ? textIn(heading) : undefined) ??
    (title ? textIn(title).split(/[_|]| - /)[0] : undefined);
  return (found ?? '').replace(/\s+/g, ' ').trim();
}

/** Parts of a page that are never the document, by the words their id and class are made of. */
const furnished =
  /^(?:nav|navbar|menu|crumbs?|breadcrumbs?|location|dqwz|position|footer|foot|copyright|share|bdsharebuttonbox|bshare|toolbar|tools|print|ewm|qrcode|sidebar|related?|xgxx|search|login|comment|pagination|fontsize|hidden)$/;
const furnitureTags = new Set(['nav', 'footer', 'aside']);
const mostFurniture = 0.3;

/** Navigation, sharing buttons and the like, unless so much of the prose is in it that the name must mislead. */
export function isFurnished(element: Element, weights: Weights, whole: number): boolean {
  const { style } = element.attributes;
  const small = (weights.get(element) ?? 0) < mostFurniture * whole;
  if (style && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) return true;
  if (!small) return false;
  if (furnitureTags.has(element.name)) return true;
  return namesOf(element).some((name) => name.split(/[-_]/).some((word) => furnished.test(word)));
}
