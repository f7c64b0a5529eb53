const longestTitle = 40;

/** Cuts an item into its title and the text after it. Where none is set off, the first clause names the item. */
export function splitTitle(paragraph: string): { title: string; body: string } {
  const stop = paragraph.indexOf('。');
  if (stop !== -1 && stop <= longestTitle && !paragraph.slice(0, stop).includes('，')) {
    return { title: paragraph.slice(0, stop).trim(), body: paragraph.slice(stop + 1).trim() };
  }
  const space = paragraph.search(/\s/);
  if (space !== -1 && space <= longestTitle) {
    return { title: paragraph.slice(0, space), body: paragraph.slice(space).trim() };
  }
  if (paragraph.length <= longestTitle && !/[，；（(]/.test(paragraph)) return { title: paragraph, body: '' };
  const clause = /^[^，；。（(：]+/.exec(paragraph)?.[0] ?? paragraph;
  return { title: clause.slice(0, longestTitle).trim(), body: paragraph };
}
